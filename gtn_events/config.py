"""Typed settings from the environment; the defaults are the embedded mode."""

import base64
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class ConfigError(Exception):
    """A setting is missing or cannot be read; the text names it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting of the system; docs/operations.md explains each one.

    Sizes are bytes, times are seconds, paths are absolute.
    """

    instance_dir: Path
    secret_key: str = field(repr=False)
    sealing_keys: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    signing_certificate: Path | None = None
    signing_password: str = field(default="", repr=False)
    database_url: str = field(repr=False)
    jobs_url: str = field(repr=False)
    base_url: str = "http://127.0.0.1:8000"
    development: bool = False
    demo: bool = False
    site_name: str = "APEC SMEs Green Technology Network"
    contact_email: str = "organiser@gtn.example"
    mail_url: str = field(default="file:", repr=False)
    mail_from: str = "GTN Events <no-reply@gtn.example>"
    session_days: int = 14
    max_request_bytes: int = 32 * 1024 * 1024
    trusted_proxies: int = 0
    log_format: str = "text"

    @property
    def upload_dir(self) -> Path:
        """Where uploads are stored, outside everything the web server serves."""
        return self.instance_dir / "uploads"

    @property
    def shows_mail(self) -> bool:
        """True in a demonstration whose mail stays on this machine: everybody may read it."""
        return self.demo and self.mail_url.startswith(("file:", "memory:"))

    @property
    def secure(self) -> bool:
        """True when people reach the site by HTTPS."""
        return self.base_url.startswith("https://")

    def flask_config(self) -> dict[str, Any]:
        """Return the same settings under the names Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": self._engine_options(),
            "MAX_CONTENT_LENGTH": self.max_request_bytes,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "SESSION_COOKIE_NAME": "gtn",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.secure,
            "PERMANENT_SESSION_LIFETIME": self.session_days * 86400,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": self.secure,
            "BABEL_DEFAULT_LOCALE": "en",
            "BABEL_DEFAULT_TIMEZONE": "UTC",
            "MAIL_DEFAULT_SENDER": self.mail_from,
            "SETTINGS": self,
        }

    def _engine_options(self) -> dict[str, Any]:
        if self.database_url.startswith("sqlite"):
            return {"connect_args": {"timeout": 20, "check_same_thread": False}}
        return {"pool_size": 5, "max_overflow": 10}


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from ``GTN_*`` variables.

    Raises:
        ConfigError: a value cannot be read; the text names the variable.
    """
    instance = Path(environ.get("GTN_INSTANCE_DIR", "instance")).resolve()
    database = environ.get("GTN_DATABASE_URL") or f"sqlite:///{instance / 'gtn.sqlite3'}"
    return Settings(
        instance_dir=instance,
        secret_key=environ.get("GTN_SECRET_KEY") or _kept_secret(instance),
        sealing_keys=_sealing_keys(environ),
        signing_certificate=_file(environ, "GTN_SIGNING_CERTIFICATE"),
        signing_password=environ.get("GTN_SIGNING_PASSWORD", ""),
        database_url=_with_driver(database),
        jobs_url=environ.get("GTN_JOBS_URL") or f"sqlite:///{instance / 'jobs.sqlite3'}",
        base_url=environ.get("GTN_BASE_URL", Settings.base_url).rstrip("/"),
        development=_flag(environ, "GTN_DEVELOPMENT"),
        demo=_flag(environ, "GTN_DEMO"),
        site_name=environ.get("GTN_SITE_NAME", Settings.site_name),
        contact_email=environ.get("GTN_CONTACT_EMAIL", Settings.contact_email),
        mail_url=environ.get("GTN_MAIL_URL", Settings.mail_url),
        mail_from=environ.get("GTN_MAIL_FROM", Settings.mail_from),
        session_days=_number(environ, "GTN_SESSION_DAYS", Settings.session_days),
        max_request_bytes=_number(environ, "GTN_MAX_REQUEST_BYTES", Settings.max_request_bytes),
        trusted_proxies=_number(environ, "GTN_TRUSTED_PROXIES", Settings.trusted_proxies),
        log_format=environ.get("GTN_LOG_FORMAT", Settings.log_format),
    )


def _with_driver(url: str) -> str:
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _kept_secret(instance: Path) -> str:
    """Return the secret kept in the instance folder, made on first use, readable by the owner only."""
    path = instance / "secret.key"
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        instance.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_urlsafe(48)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret


def _sealing_keys(environ: Mapping[str, str]) -> tuple[tuple[str, bytes], ...]:
    """Read ``name:base64,name:base64``; the texts of the errors hold nothing of a key."""
    found: dict[str, bytes] = {}
    for number, part in enumerate(filter(None, environ.get("GTN_SEALING_KEYS", "").split(",")), start=1):
        name, _, text = part.strip().partition(":")
        try:
            key = base64.b64decode(text, altchars=b"-_", validate=True)
        except ValueError:
            key = b""
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,40}", name) or len(key) != 32 or name in found:
            raise ConfigError(
                f"GTN_SEALING_KEYS: key {number} cannot be read; write name:key, each name once, as "
                "“gtn-events sealing-key NAME” prints it."
            )
        found[name] = key
    return tuple(found.items())


def _file(environ: Mapping[str, str], name: str) -> Path | None:
    """Return a file that has to be there when it is named."""
    value = environ.get(name, "").strip()
    if not value:
        return None
    path = Path(value).resolve()
    if not path.is_file():
        raise ConfigError(f"{name}: there is no file {path}.")
    return path


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value in {"", "0", "no", "false", "off"}:
        return False
    if value in {"1", "yes", "true", "on"}:
        return True
    raise ConfigError(f"{name} is {value!r}; write 1 or 0.")


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name)
    if value is None or not value.strip():
        return default
    try:
        return int(value)
    except ValueError:
        raise ConfigError(f"{name} is {value!r}; write a whole number.") from None
