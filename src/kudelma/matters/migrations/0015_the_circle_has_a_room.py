"""Spots, ties and moves have a room of their own, and bear its name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0014_leads_until")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("Move"),
                migrations.DeleteModel("Tie"),
                migrations.DeleteModel("Spot"),
            ]
        )
    ]
