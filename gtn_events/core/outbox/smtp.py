"""The way out through a mail server."""

import smtplib
import ssl
from contextlib import ExitStack

from flask import current_app
from flask_mail import Connection, Message

from .transport import NotHandedOver, PerhapsHandedOver, Transport

TIMEOUT = 30  # seconds for each step of a conversation


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
