"""`kudelma doctor`: one line for each thing an installation stands on; exit code 1 when one is not well."""

import os
import shutil
import smtplib
import sys
import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections

from kudelma.configuration import Misconfigured
from kudelma.trust.vault import check_master_key

FREE_MEGABYTES = 500
# 2 is FULL. With NORMAL, which is often advised, a power cut may take along what has been acknowledged.
WANTED = {
    "sqlite": {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": "2", "PRAGMA foreign_keys": "1"},
    "postgresql": {"SHOW fsync": "on", "SHOW synchronous_commit": "on", "SHOW full_page_writes": "on"},
}


class NotWell(Exception):
    """What is wrong, in one sentence."""


class Command(BaseCommand):
    help = "Check settings, keys, databases, mail, time zone data and disk."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        checks: list[tuple[str, Callable[[], str]]] = [
            ("settings", _settings),
            ("master key", _master_key),
            ("content database", lambda: _database("default")),
            ("keys database", lambda: _database("keys")),
            ("mail server", _mail),
            ("time zone data", _time_zone),
            ("free disk", _disk),
        ]
        ill = 0
        for name, check in checks:
            try:
                line = f"ok    {name}: {check()}"
            except NotWell as wrong:
                ill += 1
                line = f"ILL   {name}: {wrong}"
            self.stdout.write(line)
        if ill:
            sys.exit(1)


def _settings() -> str:
    return f"{settings.BASE_URL}, {'demo' if settings.DEMO else 'for real'}"


def _master_key() -> str:
    try:
        check_master_key("keys")
    except DatabaseError:
        raise NotWell("the keys database has no tables yet: run `kudelma migrate`") from None
    except Misconfigured as wrong:
        raise NotWell(str(wrong)) from None
    return f"{settings.CONFIGURATION.master_key_file}, mode 0600, opens the region keys"


def _database(alias: str) -> str:
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            for question, wanted in WANTED[connection.vendor].items():
                cursor.execute(question)
                answer = str(cursor.fetchone()[0])
                if answer != wanted:
                    raise NotWell(f"{question} is {answer}, not {wanted}: acknowledged writes could be lost")
            if connection.vendor == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")  # alone it succeeds on a file that can only be read
                cursor.execute("CREATE TABLE doctor (x integer)")
                cursor.execute("ROLLBACK")
            else:
                cursor.execute("CREATE TEMPORARY TABLE doctor (x integer)")
                cursor.execute("DROP TABLE doctor")
    except DatabaseError as error:
        raise NotWell(f"does not answer or cannot be written ({type(error).__name__})") from None
    return f"{connection.vendor}, writable, commits reach the disk"


def _mail() -> str:
    if settings.DEMO:
        return "letterbox of the demo"
    configuration = settings.CONFIGURATION
    kind = smtplib.SMTP_SSL if configuration.smtp_tls == "tls" else smtplib.SMTP
    try:
        with kind(configuration.smtp_host, configuration.smtp_port, timeout=10) as server:
            server.ehlo()
            if configuration.smtp_tls == "starttls":
                server.starttls()
            if configuration.smtp_user:
                server.login(configuration.smtp_user, configuration.smtp_password)
    except (OSError, smtplib.SMTPException) as error:
        where = f"{configuration.smtp_host}:{configuration.smtp_port}"
        raise NotWell(f"{where} does not answer as it should ({type(error).__name__})") from None
    return f"{configuration.smtp_host}:{configuration.smtp_port} answers"


def _time_zone() -> str:
    try:
        zoneinfo.ZoneInfo(settings.TIME_ZONE)
    except zoneinfo.ZoneInfoNotFoundError:
        raise NotWell(f"{settings.TIME_ZONE} is unknown here: install tzdata") from None
    return settings.TIME_ZONE


def _disk() -> str:
    folder = settings.CONFIGURATION.data
    if not os.access(folder, os.W_OK):
        raise NotWell(f"{folder} cannot be written")
    free = shutil.disk_usage(folder).free // 2**20
    if free < FREE_MEGABYTES:
        raise NotWell(f"{free} MB free at {folder}: {FREE_MEGABYTES} MB are wanted")
    return f"{free} MB free at {folder}"
