"""The server does not begin on a database that is older than its code, and the keys hold only keys."""

import pytest
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from kudelma.configuration import Misconfigured
from kudelma.core.management.commands.serve import refuse_old_shape

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize("alias", ["default", "keys"])
def test_an_old_shape_is_refused(alias):
    refuse_old_shape(alias)

    MigrationRecorder(connections[alias]).record_unapplied("trust", "0002_held_identities")

    with pytest.raises(Misconfigured, match="run `kudelma migrate`"):
        refuse_old_shape(alias)


def test_the_keys_hold_only_keys():
    tables = set(connections["keys"].introspection.table_names()) - {"sqlite_sequence"}

    assert tables == {"django_migrations", "trust_regionkey", "trust_matterkey"}
