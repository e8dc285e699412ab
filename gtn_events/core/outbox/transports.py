"""Choosing the way out: a mail server, a folder of .eml files, or a list for tests."""

import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from flask import Flask, current_app
from flask_mail import Mail, Message

from gtn_events.config import ConfigError, Settings

from .smtp import SmtpTransport
from .transport import NotHandedOver, Transport

MAILBOX = "gtn-mailbox"


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
