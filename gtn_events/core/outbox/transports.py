"""The ways out: a mail server, a folder of .eml files, or a list for tests."""

import secrets
import smtplib
import ssl
from abc import ABC, abstractmethod
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from flask import Flask, current_app
from flask_mail import Connection, Mail, Message

from gtn_events.config import ConfigError, Settings

TIMEOUT = 30
MAILBOX = "gtn-mailbox"


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


class LocalTransport(Transport):
    """A way out on this machine; there is nothing to open."""

    def open(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class MemoryTransport(LocalTransport):
    """Keeps messages in a list; for tests."""

    def __init__(self, box: list[Message]) -> None:
        self.box = box

    def send(self, message: Message) -> None:
        self.box.append(message)


class FolderTransport(LocalTransport):
    """Writes each message as an .eml file that any mail program opens; for trying out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: Message) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = f"{int(message.date or 0)}-{message.msgId[1:13]}-{secrets.token_hex(3)}"
            unfinished = self.folder / f".{name}.part"
            unfinished.write_bytes(message.as_bytes())
            unfinished.replace(self.folder / f"{name}.eml")
        except OSError as error:
            raise NotHandedOver(f"The mail folder cannot be written: {error}") from error


class _TimedConnection(Connection):
    """Flask-Mail's connection with a time limit and checked certificates, which it lacks."""

    def configure_host(self) -> smtplib.SMTP | smtplib.SMTP_SSL:
        context = ssl.create_default_context()
        if self.mail.use_ssl:
            host: smtplib.SMTP = smtplib.SMTP_SSL(self.mail.server, self.mail.port, timeout=TIMEOUT, context=context)
        else:
            host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=TIMEOUT)
        with ExitStack() as stack:
            stack.callback(host.close)
            if self.mail.use_tls:
                host.starttls(context=context)
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
            stack.pop_all()
        return host


class SmtpTransport(Transport):
    """Hands messages to a mail server; one connection for a batch, opened anew after an error."""

    def __init__(self) -> None:
        self.connection: _TimedConnection | None = None

    def open(self) -> None:
        if self.connection is not None and self._answers():
            return
        connection = _TimedConnection(current_app.extensions["mail"])
        try:
            self.connection = connection.__enter__()
        except (OSError, smtplib.SMTPException) as error:
            raise NotHandedOver(f"The mail server cannot be reached: {error}") from error

    def send(self, message: Message) -> None:
        assert self.connection is not None
        try:
            self.connection.send(message)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
            self.close()
            raise NotHandedOver(f"The mail server refused: {_answer(error)}") from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise PerhapsHandedOver(f"The connection broke while sending: {error}") from error

    def _answers(self) -> bool:
        """Ask before the next mail: a server that hung up in between must not make it uncertain."""
        assert self.connection is not None
        assert self.connection.host is not None
        try:
            return self.connection.host.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def close(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None and connection.host is not None:
            connection.host.close()


def _answer(error: smtplib.SMTPException) -> str:
    """Return what the server said, without the address: it also goes into the log."""
    code: int | None = None
    text: bytes | str = str(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, error.smtp_error
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {words}" if code else words


def mailbox() -> list[Message]:
    """Return what the ``memory:`` transport has taken so far."""
    box: list[Message] = current_app.extensions[MAILBOX]
    return box


def new_transport() -> Transport:
    """Return the configured way out; each worker thread uses one of its own."""
    settings: Settings = current_app.config["SETTINGS"]
    scheme = urlsplit(settings.mail_url).scheme
    if scheme == "memory":
        return MemoryTransport(mailbox())
    if scheme == "file":
        path = urlsplit(settings.mail_url).path
        return FolderTransport(Path(path) if path else settings.instance_dir / "mail")
    return SmtpTransport()


def init_app(app: Flask) -> None:
    """Set Flask-Mail up from ``GTN_MAIL_URL``.

    Raises:
        ConfigError: the address is none of ``file:``, ``memory:``, ``smtp://``.
    """
    settings: Settings = app.config["SETTINGS"]
    app.extensions[MAILBOX] = []
    url = urlsplit(settings.mail_url)
    if url.scheme not in {"file", "memory", "smtp", "smtps"}:
        raise ConfigError("GTN_MAIL_URL must start with file:, memory: or smtp://.")
    tls = "ssl" if url.scheme == "smtps" else parse_qs(url.query).get("tls", [""])[0]
    if tls not in {"", "ssl", "starttls"}:
        raise ConfigError("GTN_MAIL_URL: tls is starttls or ssl.")
    app.config.update(
        MAIL_SERVER=url.hostname or "localhost",
        MAIL_PORT=url.port or {"ssl": 465, "starttls": 587}.get(tls, 25),
        MAIL_USE_TLS=tls == "starttls",
        MAIL_USE_SSL=tls == "ssl",
        MAIL_USERNAME=unquote(url.username) if url.username else None,
        MAIL_PASSWORD=unquote(url.password) if url.password else None,
        MAIL_SUPPRESS_SEND=False,
    )
    Mail(app)
