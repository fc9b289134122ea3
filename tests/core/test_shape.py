"""The migrations make the tables of the models, the keys stand apart, and the server refuses an older shape."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command

LOOK = """
import django
django.setup()
from django.db import connections
print(*sorted(connections["keys"].introspection.table_names()))
"""
CHANGE = """
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder(connections["{alias}"]).record_{change}("trust", "0002_held_identities")
"""


@pytest.fixture
def run(tmp_path):
    """Runs Python beside empty databases of this test's own."""

    def run_python(*words):
        home = {"KUDELMA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kudelma.settings"}
        return subprocess.run(
            [sys.executable, *words], env=os.environ | home, capture_output=True, text=True, check=False, timeout=300
        )

    return run_python


def test_no_table_is_otherwise_than_its_model(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrate_makes_both_databases_and_serve_refuses_one_that_is_older(run):
    assert run("-m", "kudelma", "migrate").returncode == 0
    assert run("-c", LOOK).stdout.split() == ["django_migrations", "trust_matterkey", "trust_regionkey"]
    for alias, name in (("keys", "keys"), ("default", "content")):
        assert run("-c", LOOK + CHANGE.format(alias=alias, change="unapplied")).returncode == 0
        refused = run("-m", "kudelma", "serve")
        assert refused.returncode != 0
        assert refused.stderr.endswith(f"The {name} database is older than this version: run `kudelma migrate`.\n")
        assert run("-c", LOOK + CHANGE.format(alias=alias, change="applied")).returncode == 0
