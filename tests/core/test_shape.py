"""The migrations make the tables of the models, the keys stand apart, and the server refuses an older shape."""

import subprocess
import sys

import pytest
from django.core.management import call_command

from journeys import installations

LOOK = """
import django
django.setup()
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
print(*sorted(connections["keys"].introspection.table_names()))
MigrationRecorder(connections["keys"]).record_unapplied("trust", "0001_rooms")
"""
THEN_THE_OTHER = """
MigrationRecorder(connections["keys"]).record_applied("trust", "0001_rooms")
MigrationRecorder(connections["default"]).record_unapplied("trust", "0001_rooms")
"""
FROM_BEFORE = """
import django
django.setup()
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder(connections["default"]).record_applied("regions", "0001_the_house")
"""


@pytest.fixture
def run():
    """Runs Python beside the two databases of an installation, as `kudelma migrate` has made them."""
    with installations.house() as house:

        def run_python(*words):
            return subprocess.run(
                [sys.executable, *words], env=house.environment() | {"DJANGO_SETTINGS_MODULE": "kudelma.settings"},
                capture_output=True, text=True, check=False, timeout=300,
            )  # fmt: skip

        yield run_python


def test_no_table_is_otherwise_than_its_model(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrate_makes_both_databases_and_serve_refuses_one_that_is_older(run):
    looked = run("-c", LOOK)
    assert (looked.stdout.split(), looked.stderr) == (["django_migrations", "trust_regionkey", "trust_spacekey"], "")
    assert_refused(run("-m", "kudelma", "serve"), "keys")
    assert run("-c", LOOK + THEN_THE_OTHER).returncode == 0
    assert_refused(run("-m", "kudelma", "serve"), "content")


def assert_refused(ended, name):
    assert ended.returncode != 0
    assert ended.stderr.endswith(f"The {name} database is older than this version: run `kudelma migrate`.\n")


def test_migrate_refuses_in_one_sentence_what_another_version_wrote(run):
    assert run("-m", "kudelma", "migrate").returncode == 0
    run("-c", FROM_BEFORE)
    ended = run("-m", "kudelma", "migrate")

    assert ended.returncode != 0
    assert (ended.stdout, ended.stderr.count("\n")) == ("", 1)
    assert ended.stderr.startswith("CommandError: Another version wrote this content")
    assert "KUDELMA_DATA" in ended.stderr
