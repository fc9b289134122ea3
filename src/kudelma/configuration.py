"""What an installation may set, read from KUDELMA_* variables or one TOML file.

Knows nothing of Django. A dangerous or missing setting raises `Misconfigured` with the one
sentence that the command then prints. The table in docs/settings.md is this file's `TABLE`.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MASTER_KEY_BYTES = 32


class Misconfigured(Exception):
    """A setting is wrong; `str()` is one clear sentence."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    what: str


TABLE = [
    Setting("KUDELMA_DATA", "kudelma-data", "Folder for database files, keys, the letterbox and prepared files."),
    Setting("KUDELMA_DEMO", "", "1: made-up region, buttons instead of passwords, letterbox instead of mail."),
    Setting("KUDELMA_HOST", "127.0.0.1", "Address the server listens on."),
    Setting("KUDELMA_PORT", "8000", "Port the server listens on."),
    Setting("KUDELMA_BASE_URL", "", "Address people type, e.g. https://kudelma.example.org. Needed outside the demo."),
    Setting("KUDELMA_PROCESSES", "2", "Server processes; each has an event loop and two page threads."),
    Setting("KUDELMA_DATABASE_URL", "", "Content. Default: content.sqlite3 in KUDELMA_DATA. PostgreSQL: postgres://…"),
    Setting("KUDELMA_KEYS_URL", "", "Keys. Default: keys/keys.sqlite3 in KUDELMA_DATA. Must differ from the content."),
    Setting("KUDELMA_MASTER_KEY_FILE", "", "Default: keys/master.key in KUDELMA_DATA. Mode 0600. Back it up apart."),
    Setting("KUDELMA_SMTP_HOST", "", "Mail server. Needed outside the demo."),
    Setting("KUDELMA_SMTP_PORT", "25", "Port of the mail server."),
    Setting("KUDELMA_SMTP_USER", "", "Name for the mail server, if it asks for one."),
    Setting("KUDELMA_SMTP_PASSWORD", "", "Password for the mail server."),
    Setting(
        "KUDELMA_SMTP_TLS", "starttls", "starttls, tls or none. none is accepted for a server on this machine only."
    ),
    Setting("KUDELMA_MAIL_FROM", "", "Sender of every message. Needed outside the demo."),
    Setting(
        "KUDELMA_MAIL_REPLY",
        "",
        "Mailbox that receives answers to calendar entries, see below. Default: KUDELMA_MAIL_FROM.",
    ),
    Setting(
        "KUDELMA_SMS_COMMAND",
        "",
        "Command that sends one text message: number as last argument, text on standard input.",
    ),
    Setting("KUDELMA_IDENTITY_ISSUER", "", "OpenID Connect issuer for strong identification of participants."),
    Setting("KUDELMA_IDENTITY_CLIENT", "", "Client id at that issuer."),
    Setting("KUDELMA_IDENTITY_SECRET", "", "Client secret at that issuer."),
    Setting(
        "KUDELMA_PROXY_HEADER", "", "Header in which the proxy in front tells the visitor's address, e.g. X-Real-IP."
    ),
    Setting("KUDELMA_SETTINGS", "", "A TOML file with any of the names above, in lower case and without kudelma_."),
]


@dataclass(frozen=True)
class Configuration:
    """Every setting, checked. Paths are absolute; empty text means *not set*."""

    data: Path
    demo: bool
    host: str
    port: int
    base_url: str
    processes: int
    database_url: str
    keys_url: str
    master_key_file: Path
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_tls: str
    mail_from: str
    mail_reply: str
    sms_command: str
    identity_issuer: str
    identity_client: str
    identity_secret: str
    proxy_header: str

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def prepared(self) -> Path:
        """Files made at start from the package: joined style sheets, compiled catalogues."""
        return self.data / "prepared"

    @property
    def letterbox(self) -> Path:
        return self.data / "letterbox"


def read(environ: Mapping[str, str]) -> Configuration:
    """The configuration that `environ` and its settings file give together.

    Raises Misconfigured for anything that is missing, unknown, malformed or dangerous.
    """
    values = _values(environ)
    demo = _one_of("KUDELMA_DEMO", values["KUDELMA_DEMO"], {"": False, "0": False, "1": True})
    data = Path(values["KUDELMA_DATA"]).expanduser().resolve()
    port = _port("KUDELMA_PORT", values["KUDELMA_PORT"])
    smtp_host = values["KUDELMA_SMTP_HOST"]
    mail_from = values["KUDELMA_MAIL_FROM"] or ("kudelma@esimerkkila.invalid" if demo else "")
    configuration = Configuration(
        data=data,
        demo=demo,
        host=values["KUDELMA_HOST"],
        port=port,
        base_url=_base_url(values["KUDELMA_BASE_URL"], demo=demo, host=values["KUDELMA_HOST"], port=port),
        processes=_whole("KUDELMA_PROCESSES", values["KUDELMA_PROCESSES"], 1, 64),
        database_url=values["KUDELMA_DATABASE_URL"] or f"sqlite:///{data}/content.sqlite3",
        keys_url=values["KUDELMA_KEYS_URL"] or f"sqlite:///{data}/keys/keys.sqlite3",
        master_key_file=Path(values["KUDELMA_MASTER_KEY_FILE"] or data / "keys" / "master.key").resolve(),
        smtp_host=smtp_host,
        smtp_port=_port("KUDELMA_SMTP_PORT", values["KUDELMA_SMTP_PORT"]),
        smtp_user=values["KUDELMA_SMTP_USER"],
        smtp_password=values["KUDELMA_SMTP_PASSWORD"],
        smtp_tls=_smtp_tls(values["KUDELMA_SMTP_TLS"], smtp_host),
        mail_from=mail_from,
        mail_reply=values["KUDELMA_MAIL_REPLY"] or mail_from,
        sms_command=values["KUDELMA_SMS_COMMAND"],
        identity_issuer=values["KUDELMA_IDENTITY_ISSUER"],
        identity_client=values["KUDELMA_IDENTITY_CLIENT"],
        identity_secret=values["KUDELMA_IDENTITY_SECRET"],
        proxy_header=values["KUDELMA_PROXY_HEADER"],
    )
    _refuse_dangers(configuration)
    return configuration


def make_master_key(configuration: Configuration) -> None:
    """Write a new random master key, unless there is one or keys already wait for an older one."""
    file = configuration.master_key_file
    if file.exists():
        return
    if _holds_data(configuration.keys_url):
        raise Misconfigured(
            f"There are keys in use but no master key at {file}: put the master key back from its backup."
        )
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # O_EXCL: of two that start at once only one makes the key, and the other does not write over it.
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_hex(MASTER_KEY_BYTES) + "\n")
        out.flush()
        # On the disk before anything is sealed with it: a key that a power cut takes leaves everything noise.
        os.fsync(out.fileno())


def master_key(configuration: Configuration) -> bytes:
    """The 32 bytes from which every other key is derived or with which it is wrapped."""
    file = configuration.master_key_file
    if not file.exists():
        raise Misconfigured(f"There is no master key at {file}: run `kudelma migrate` once, or put the key back.")
    if file.stat().st_mode & 0o077:
        raise Misconfigured(f"Others than the owner can read {file}: set its mode to 0600.")
    try:
        key = bytes.fromhex(file.read_text().strip())
    except ValueError:
        key = b""
    # Zeros, or one word over and over, have the right length too.
    if len(key) != MASTER_KEY_BYTES or len(set(key)) < 8:
        raise Misconfigured(f"{file} does not hold a random key of {MASTER_KEY_BYTES} bytes in hexadecimal.")
    return key


def _values(environ: Mapping[str, str]) -> dict[str, str]:
    known = {setting.name: setting.default for setting in TABLE}
    # A misspelt name would leave the default in force, and nobody would notice.
    unknown = sorted(name for name in environ if name.startswith("KUDELMA_") and name not in known)
    if unknown:
        raise Misconfigured(f"{unknown[0]} is not a setting.")
    given = {name: environ[name] for name in known if name in environ}
    return known | _from_file(given.get("KUDELMA_SETTINGS", ""), known) | given


def _from_file(path: str, known: dict[str, str]) -> dict[str, str]:
    if not path:
        return {}
    try:
        read_values: dict[str, Any] = tomllib.loads(Path(path).read_text())
    except OSError:
        raise Misconfigured(f"The settings file {path} cannot be read.") from None
    except tomllib.TOMLDecodeError as wrong:
        raise Misconfigured(f"The settings file {path} is not TOML: {wrong}.") from None
    values = {f"KUDELMA_{name.upper()}": str(value) for name, value in read_values.items()}
    for name in values:
        if name not in known:
            raise Misconfigured(f"{name} in {path} is not a setting.")
    return values


def _refuse_dangers(configuration: Configuration) -> None:
    # One database has one backup: a key that was destroyed would come back together with what it opens.
    if configuration.database_url == configuration.keys_url:
        raise Misconfigured("KUDELMA_KEYS_URL must be another database than KUDELMA_DATABASE_URL.")
    if configuration.demo:
        if configuration.secure:
            raise Misconfigured("KUDELMA_DEMO=1 lets anyone in by a button: it is refused on an https address.")
        return
    for name, value in [
        ("KUDELMA_SMTP_HOST", configuration.smtp_host),
        ("KUDELMA_MAIL_FROM", configuration.mail_from),
    ]:
        if not value:
            raise Misconfigured(f"{name} is missing.")
    identity = [configuration.identity_issuer, configuration.identity_client, configuration.identity_secret]
    if any(identity) and not all(identity):
        raise Misconfigured("KUDELMA_IDENTITY_ISSUER, _CLIENT and _SECRET go together: one of them is missing.")


def _base_url(value: str, *, demo: bool, host: str, port: int) -> str:
    if not value:
        if not demo:
            raise Misconfigured("KUDELMA_BASE_URL is missing.")
        return f"http://{host}:{port}"
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Misconfigured("KUDELMA_BASE_URL must be an address like https://kudelma.example.org.")
    if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise Misconfigured("KUDELMA_BASE_URL must begin with https://, except on this machine itself.")
    return f"{parts.scheme}://{parts.netloc}"


def _smtp_tls(value: str, host: str) -> str:
    if value not in {"starttls", "tls", "none"}:
        raise Misconfigured("KUDELMA_SMTP_TLS must be starttls, tls or none.")
    if value == "none" and host not in {"", "127.0.0.1", "localhost", "::1"}:
        raise Misconfigured("KUDELMA_SMTP_TLS=none is accepted for a mail server on this machine only.")
    return value


def _port(name: str, value: str) -> int:
    return _whole(name, value, 1, 65535)


def _whole(name: str, value: str, low: int, high: int) -> int:
    # `isdigit` also takes «²» and other digits that `int` does not read.
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise Misconfigured(f"{name} must be a whole number from {low} to {high}.")
    return int(value)


def _one_of(name: str, value: str, meanings: dict[str, bool]) -> bool:
    if value not in meanings:
        raise Misconfigured(f"{name} must be one of: {', '.join(repr(key) for key in meanings)}.")
    return meanings[value]


def _holds_data(url: str) -> bool:
    """Whether a database file of that address exists. A server is asked later, by `migrate` itself."""
    return url.startswith("sqlite:///") and Path(url.removeprefix("sqlite:///")).exists()
