"""Moves are operations of the ledger. What could be taken back before is not carried over: undoing begins anew."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("circle", "0001_from_the_matters"), ("live", "0003_one_ledger")]

    operations = [migrations.DeleteModel("Move")]
