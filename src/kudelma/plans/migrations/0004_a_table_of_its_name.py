"""The rows of plans stand in a table of their name, since no seal is bound to it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_seals_have_names")]

    operations = [migrations.AlterModelTable("PlanRow", None)]
