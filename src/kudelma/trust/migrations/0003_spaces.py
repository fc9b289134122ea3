"""A key, a line of the record, a pin and the day of emptying name their space, whatever it is a space of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trust", "0002_held_identities")]

    operations = [
        migrations.RenameModel("MatterKey", "SpaceKey"),
        migrations.RenameField("SpaceKey", "matter", "space"),
        migrations.AlterModelOptions("SpaceKey", {"ordering": ["space"]}),
        migrations.RemoveConstraint("Entry", "one_entry_a_sitting"),
        migrations.RemoveIndex("Entry", "entries_of_a_matter"),
        migrations.RenameField("Entry", "matter", "space"),
        migrations.AddIndex("Entry", models.Index(fields=["space", "what", "at"], name="entries_of_a_space")),
        migrations.AddConstraint(
            "Entry",
            models.UniqueConstraint(fields=["sitting_on", "space", "seat", "what", "door"], name="one_entry_a_sitting"),
        ),
        migrations.RemoveIndex("Pin", "pins_that_are_held"),
        migrations.RenameField("Pin", "matter", "space"),
        migrations.AddIndex(
            "Pin",
            models.Index(
                fields=["space"],
                condition=models.Q(pinned_at__isnull=True, turned_away_at__isnull=True),
                name="pins_that_are_held",
            ),
        ),
        migrations.RenameField("Retention", "matter", "space"),
        migrations.AlterModelOptions("Retention", {"ordering": ["empties_on", "space"]}),
    ]
