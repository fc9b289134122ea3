"""A matter may meet again: each meeting is a round of it, in the version of its method in which it meets."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    # Nobody's meetings are here yet: what was written before seals had names is refused.
    dependencies = [("meetings", "0005_goes_on"), ("methods", "0002_a_chair_may_lead")]

    operations = [
        migrations.AlterModelOptions("Meeting", {"ordering": ["matter", "round"]}),
        migrations.AddField(
            "Meeting", "round", models.PositiveSmallIntegerField(default=1, editable=False), preserve_default=False
        ),
        migrations.AddField(
            "Meeting",
            "method",
            models.ForeignKey(
                default=None,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="methods.method",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "Meeting", models.UniqueConstraint(fields=["matter", "round"], name="one_meeting_a_round")
        ),
    ]
