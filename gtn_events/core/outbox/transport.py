"""What every way out has in common."""

from abc import ABC, abstractmethod

from flask_mail import Message


class NotHandedOver(Exception):
    """The mail certainly did not leave; it may be tried again."""


class PerhapsHandedOver(Exception):
    """The connection broke while the mail was being handed over: nobody knows."""


class Transport(ABC):
    """One way out. ``open`` before the first mail, ``close`` after the last."""

    @abstractmethod
    def open(self) -> None:
        """Get ready; raise ``NotHandedOver`` when the other side cannot be reached."""

    @abstractmethod
    def send(self, message: Message) -> None:
        """Hand one message over, or raise one of the two errors of this module."""

    @abstractmethod
    def close(self) -> None:
        """Say good-bye; never raises."""
