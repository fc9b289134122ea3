"""How many operations a board has had stands in the ledger."""

from django.db import migrations


class Migration(migrations.Migration):
    # The ledger has taken over the numbers first.
    dependencies = [("board", "0001_from_the_meetings"), ("live", "0003_one_ledger")]

    operations = [migrations.RemoveField("Board", "number")]
