"""`kudelma doctor`: a line for each thing, well or ill, and an exit code that tells whether all are well."""

import sqlite3
from collections import namedtuple
from dataclasses import replace
from io import StringIO

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.core.management import call_command
from django.db import connections
from django.db.utils import ConnectionHandler
from tests.postgres import free_port

from journeys.server import Post
from kudelma.core import keys
from kudelma.settings import SQLITE
from kudelma.trust import vault
from kudelma.trust.management.commands import doctor

LINES = ["settings", "master key", "content database", "keys database", "mail server", "time zone data", "free disk"]


@pytest.fixture
def databases(monkeypatch, tmp_path):
    """databases(alias, **options): two database files of this test's own; a second call changes how one is opened."""
    told = {
        alias: {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / f"{alias}.sqlite3", "OPTIONS": dict(SQLITE)}
        for alias in ("default", "keys")
    }
    handlers = []

    def use(alias="default", name=None, **options):
        told[alias]["OPTIONS"] |= options
        told[alias]["NAME"] = name or told[alias]["NAME"]
        handlers.append(ConnectionHandler(told))
        monkeypatch.setattr(doctor, "connections", handlers[-1])
        return told[alias]["NAME"]

    yield use
    for handler in handlers:
        handler.close_all()


@pytest.fixture
def mail_server(settings):
    """mail_server(**values): a mail server on this machine, and a configuration that names it."""
    running = []

    def start(**values):
        server = Controller(
            Post(), hostname="127.0.0.1", port=free_port(), auth_require_tls=False,
            authenticator=lambda server, session, envelope, mechanism, data: AuthResult(
                success=(data.login, data.password) == (b"kudelma", b"right"), handled=False
            ),
        )  # fmt: skip
        server.start()
        running.append(server)
        settings.CONFIGURATION = replace(settings.CONFIGURATION, smtp_host="127.0.0.1", smtp_port=server.port, **values)
        return server.port

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def well(region, databases, mail_server):
    """An installation with which nothing is wrong."""
    databases()
    mail_server()


def examined():
    """({name of a line: (ok or ILL, what is told)}, exit code)."""
    told, code = StringIO(), 0
    try:
        call_command("doctor", stdout=told)
    except SystemExit as end:
        code = end.code
    lines = {}
    for line in told.getvalue().splitlines():
        name, _, what = line[6:].partition(": ")
        lines[name] = (line[:6].strip(), what)
    assert list(lines) == LINES
    return lines, code


def ill():
    """The lines that are ill: the others are well, and the exit code says that not all are."""
    lines, code = examined()
    wrong = {name: what for name, (how, what) in lines.items() if how == "ILL"}
    assert {how for how, _ in lines.values()} <= {"ok", "ILL"}
    assert code == bool(wrong)
    return wrong


def test_when_all_is_well_each_line_says_so_and_the_exit_code_is_nought(well, settings, tmp_path):
    lines, code = examined()

    configuration = settings.CONFIGURATION
    disk = lines.pop("free disk")
    assert lines == {
        "settings": ("ok", "https://testserver, for real"),
        "master key": ("ok", f"{configuration.master_key_file}, mode 0600, opens the region keys"),
        "content database": ("ok", "sqlite, writable, commits reach the disk"),
        "keys database": ("ok", "sqlite, writable, commits reach the disk"),
        "mail server": ("ok", f"127.0.0.1:{configuration.smtp_port} answers"),
        "time zone data": ("ok", "Europe/Helsinki"),
    }
    assert disk[0] == "ok"
    assert disk[1].endswith(f"MB free at {configuration.data}")
    assert code == 0


def test_two_things_that_are_ill_are_both_told(well, settings, monkeypatch):
    settings.CONFIGURATION = replace(settings.CONFIGURATION, smtp_port=free_port())
    monkeypatch.setattr(doctor.settings, "TIME_ZONE", "Europe/Atlantis")

    assert list(ill()) == ["mail server", "time zone data"]


# ---------------------------------------------------------------- keys


def test_another_master_key_is_ill(well, settings, monkeypatch):
    monkeypatch.setattr(vault, "_cipher", lambda purpose: vault.AESGCM(keys.new_key()))

    assert ill() == {
        "master key": f"{settings.CONFIGURATION.master_key_file} is not the master key of this keys database."
    }


def test_a_keys_database_without_tables_is_ill(well):
    with connections["keys"].cursor() as cursor:
        cursor.execute("ALTER TABLE trust_regionkey RENAME TO elsewhere")

    assert ill() == {"master key": "the keys database has no tables yet: run `kudelma migrate`"}


# ---------------------------------------------------------------- databases


@pytest.mark.parametrize(("alias", "line"), [("default", "content database"), ("keys", "keys database")])
@pytest.mark.parametrize(
    ("pragmas", "told"),
    [
        ("synchronous=FULL; PRAGMA foreign_keys=ON;", "journal_mode is delete, not wal"),
        ("journal_mode=WAL; PRAGMA synchronous=NORMAL;", "synchronous is 1, not 2"),
        ("journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF;", "foreign_keys is 0, not 1"),
    ],
)
def test_a_database_that_may_lose_what_it_has_acknowledged_is_ill(well, databases, alias, line, pragmas, told):
    databases(alias, init_command=f"PRAGMA {pragmas}")

    assert ill() == {line: f"PRAGMA {told}: acknowledged writes could be lost"}


def test_a_database_that_cannot_be_written_is_ill(well, databases):
    assert ill() == {}
    file = databases()

    databases(name=f"file:{file}?mode=ro", init_command="PRAGMA synchronous=FULL;")

    assert ill() == {"content database": "does not answer or cannot be written (OperationalError)"}


def test_a_database_that_is_not_there_is_ill(well, databases, tmp_path):
    databases(name=tmp_path / "no such folder" / "content.sqlite3")

    assert ill() == {"content database": "does not answer or cannot be written (OperationalError)"}


def test_a_database_that_somebody_else_holds_is_ill(well, databases):
    other = sqlite3.connect(databases("keys", timeout=0.05), isolation_level=None)
    assert ill() == {}
    other.execute("BEGIN IMMEDIATE")

    try:
        assert ill() == {"keys database": "does not answer or cannot be written (OperationalError)"}
    finally:
        other.close()


# ---------------------------------------------------------------- mail


def test_a_mail_server_that_is_not_there_is_ill(well, settings):
    port = free_port()
    settings.CONFIGURATION = replace(settings.CONFIGURATION, smtp_port=port)

    assert ill() == {"mail server": f"127.0.0.1:{port} does not answer as it should (ConnectionRefusedError)"}


@pytest.mark.parametrize("password", ["right", "wrong"])
def test_the_password_for_the_mail_server_is_tried(well, mail_server, password):
    port = mail_server(smtp_user="kudelma", smtp_password=password)

    told = "does not answer as it should (SMTPAuthenticationError)"
    assert ill() == ({} if password == "right" else {"mail server": f"127.0.0.1:{port} {told}"})


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_mail_server_that_does_not_speak_as_secretly_as_is_set_is_ill(well, mail_server, tls):
    mail_server(smtp_tls=tls)

    assert list(ill()) == ["mail server"]


def test_the_demo_needs_no_mail_server(well, settings):
    settings.CONFIGURATION = replace(settings.CONFIGURATION, smtp_port=free_port())
    assert list(ill()) == ["mail server"]

    settings.DEMO = True

    assert examined()[0]["mail server"] == ("ok", "letterbox of the demo")
    assert examined()[0]["settings"] == ("ok", "https://testserver, demo")


# ---------------------------------------------------------------- this machine


def test_a_time_zone_that_the_machine_does_not_know_is_ill(well, monkeypatch):
    monkeypatch.setattr(doctor.settings, "TIME_ZONE", "Europe/Atlantis")

    assert ill() == {"time zone data": "Europe/Atlantis is unknown here: install tzdata"}


@pytest.mark.parametrize(("megabytes", "is_ill"), [(500, False), (499, True)])
def test_a_disk_that_is_nearly_full_is_ill(well, settings, monkeypatch, megabytes, is_ill):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: usage(0, 0, megabytes * 2**20))

    told = f"499 MB free at {settings.CONFIGURATION.data}: 500 MB are wanted"
    assert ill() == ({"free disk": told} if is_ill else {})


def test_a_folder_that_is_gone_is_ill(well, settings, tmp_path):
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=tmp_path / "gone")

    assert ill() == {"free disk": f"{tmp_path / 'gone'} cannot be written"}
