"""What the environment says, read once and typed. Nothing else in the house reads `os.environ`."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cordee.kernel import zones
from cordee.kernel.periods import is_time_zone


class BadEnvironment(ValueError):
    """A variable is set to something Cordée cannot use; the message says which and what it should be."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything an operator can set, with its default."""

    home: Path
    database_url: str
    secret_key: str
    debug: bool
    demo: bool
    host: str
    port: int
    base_url: str
    allowed_hosts: tuple[str, ...]
    smtp_url: str
    mail_from: str
    s3_bucket: str
    s3_endpoint: str
    seal_key: Path
    """The key that seals files; made at its first use."""
    time_stamps: str
    """The address of an authority that stamps sealed files (RFC 3161); empty for none."""
    platform: str
    """The approved platform that takes invoices: a folder, or the address of its flow service; empty for none."""
    platform_token_url: str
    """Where a client of that service gets its token (OAuth 2)."""
    platform_client: str
    platform_secret: str
    fonts: tuple[Path, ...]
    behind_https: bool
    proxies: int
    time_zone: str
    """Where the organisation lives: its days and months, and the zone of sessions without another."""


def read(values: Mapping[str, str] = os.environ) -> Environment:
    """Return the typed environment. Raises BadEnvironment with a sentence for the operator."""
    home = Path(values.get("CORDEE_HOME", "var")).expanduser().absolute()
    port = _port(values.get("PORT", "8000"))
    base_url = values.get("CORDEE_URL", f"http://localhost:{port}").rstrip("/")
    host = urlsplit(base_url).hostname or "localhost"
    fonts = [Path(name) for name in values.get("CORDEE_FONTS", "").split(os.pathsep) if name]
    return Environment(
        home=home,
        database_url=values.get("DATABASE_URL", ""),
        secret_key=values.get("CORDEE_SECRET_KEY", "") or _kept_secret(home),
        debug=values.get("CORDEE_DEBUG", "") == "1",
        demo=values.get("CORDEE_DEMO", "") == "1",
        host=values.get("CORDEE_HOST", "") or "127.0.0.1",
        port=port,
        base_url=base_url,
        allowed_hosts=tuple({host, "localhost", "127.0.0.1", *values.get("CORDEE_HOSTS", "").split()}),
        smtp_url=values.get("SMTP_URL", ""),
        mail_from=values.get("MAIL_FROM", "Cordée <cordee@localhost>"),
        s3_bucket=values.get("S3_BUCKET", ""),
        s3_endpoint=values.get("S3_ENDPOINT", ""),
        seal_key=Path(values.get("CORDEE_SEAL_KEY", "") or home / "seal.key"),
        time_stamps=values.get("CORDEE_TIME_STAMPS", ""),
        platform=values.get("CORDEE_PLATFORM", ""),
        platform_token_url=values.get("CORDEE_PLATFORM_TOKEN_URL", ""),
        platform_client=values.get("CORDEE_PLATFORM_CLIENT", ""),
        platform_secret=values.get("CORDEE_PLATFORM_SECRET", ""),
        fonts=tuple(folder for folder in fonts if folder.is_dir()),
        behind_https=base_url.startswith("https:"),
        proxies=_proxies(values.get("CORDEE_PROXIES", "1" if base_url.startswith("https:") else "0")),
        time_zone=_time_zone(values.get("CORDEE_TIME_ZONE", "") or zones.DEFAULT),
    )


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:  # noqa: PLR2004 - the highest TCP port
        raise BadEnvironment(f"PORT is {text!r}; it should be a number from 1 to 65535.")
    return int(text)


def _proxies(text: str) -> int:
    if not text.isdigit():
        raise BadEnvironment(
            f"CORDEE_PROXIES is {text!r}; it should be how many proxies stand in front: 0, 1, 2…"
        )
    return int(text)


def _time_zone(name: str) -> str:
    if not is_time_zone(name):
        raise BadEnvironment(
            f"CORDEE_TIME_ZONE is {name!r}; it should be a name of the IANA list, such as Indian/Reunion."
        )
    return name


def _kept_secret(home: Path) -> str:
    """Make a secret on the first start and keep it beside the data, readable by the owner alone."""
    path = home / "secret_key"
    if not path.exists():
        open_to = os.umask(0o077)  # the folders above it, too, when they are made here
        try:
            home.mkdir(parents=True, exist_ok=True)
            path.touch()
            path.write_text(secrets.token_urlsafe(64))
        finally:
            os.umask(open_to)
    return path.read_text()


def database(environment: Environment) -> dict[str, Any]:
    """Return Django's settings for the database: SQLite tuned for several writers, or PostgreSQL with a pool."""
    if not environment.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.home / "cordee.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # Without these, two writers at once get "database is locked" by the hundred.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    # No mmap: it wins no time here, and its pages count as memory of each process.
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000;"
                    "PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    url = urlsplit(environment.database_url)
    if url.scheme not in {"postgres", "postgresql"}:
        raise BadEnvironment("DATABASE_URL should begin with postgresql:// (or be empty, for SQLite).")
    query = parse_qs(url.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.get("host", [unquote(url.hostname or "")])[0],
        "PORT": query.get("port", [str(url.port or "")])[0],
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8},
            # Plans are kept by the connection: planning cost more than running for the pages of a mission.
            "server_side_binding": True,
            "prepare_threshold": 3,
            # Compiling what a sum over many rows does (JIT) took five seconds, the sum itself 50 ms.
            # Pages ask for some rows of many, from memory or a disk without a head that moves: an index costs less than
            # PostgreSQL believes by itself, and helpers cost more to start than they win.
            "options": "-c jit=off -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0",
        },
    }


def files(environment: Environment) -> dict[str, Any]:
    """Return where deposited files are kept: in the home, or in a bucket of Amazon S3 or of a server like it.

    Credentials and region come by the variables of Amazon's own tools, which the driver reads by itself.
    """
    if not environment.s3_bucket:
        return {
            "BACKEND": "cordee.config.folder.Folder",
            "OPTIONS": {"location": environment.home / "files"},
        }
    options: dict[str, Any] = {"bucket_name": environment.s3_bucket}
    if environment.s3_endpoint:
        if urlsplit(environment.s3_endpoint).scheme not in {"http", "https"}:
            raise BadEnvironment("S3_ENDPOINT should read https://s3.example.org (or be empty, for Amazon).")
        # The bucket in the path: a server of one's own seldom answers to a host name for each bucket.
        options |= {"endpoint_url": environment.s3_endpoint, "addressing_style": "path"}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def mailers(environment: Environment) -> dict[str, Any]:
    """Return the SMTP settings from `smtp://user:password@host:port` or `smtps://…`; nothing when it is not set."""
    if not environment.smtp_url:
        return {}
    url = urlsplit(environment.smtp_url)
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise BadEnvironment(
            "SMTP_URL should read smtp://user:password@host:port (smtps:// for TLS from the start)."
        )
    implicit_tls = url.scheme == "smtps"
    options = {
        "host": url.hostname,
        "port": url.port or (465 if implicit_tls else 587),
        "username": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "use_ssl": implicit_tls,
        "use_tls": not implicit_tls and parse_qs(url.query).get("tls", ["1"])[0] == "1",
        "timeout": 20,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
