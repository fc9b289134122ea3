"""One ledger: how an operation was sent, what it takes back, and what undoing needs; each target has a counter."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import kudelma.core.sealed

FROM_THE_OPERATIONS = """
INSERT INTO live_counter (target, space, number)
SELECT target, space, MAX(number) FROM live_operation GROUP BY target, space
"""


class Migration(migrations.Migration):
    dependencies = [("live", "0002_spaces")]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("target", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("space", models.UUIDField(db_index=True, editable=False)),
                ("number", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={"ordering": ["target"]},
        ),
        # Boards that go on across this update count on from where they are.
        migrations.RunSQL(FROM_THE_OPERATIONS, migrations.RunSQL.noop),
        migrations.AddField("Operation", "device", models.UUIDField(editable=False, null=True)),
        migrations.AddField("Operation", "device_number", models.PositiveIntegerField(editable=False, null=True)),
        migrations.AddField(
            "Operation", "protocol", models.PositiveSmallIntegerField(default=1, editable=False)
        ),
        migrations.AddField("Operation", "about", models.UUIDField(editable=False, null=True)),
        migrations.AddField("Operation", "also", models.UUIDField(editable=False, null=True)),
        migrations.AddField("Operation", "base", models.PositiveIntegerField(editable=False, null=True)),
        migrations.AddField(
            "Operation",
            "payload",
            kudelma.core.sealed.SealedText("live.operation.payload", blank=True, max_length=2000),
        ),
        migrations.AddField(
            "Operation",
            "undoes",
            models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+",
                to="live.operation",
            ),
        ),
        migrations.AddField("Operation", "gone", models.BooleanField(default=False, editable=False)),
        migrations.AddConstraint(
            "Operation",
            models.UniqueConstraint(fields=("device", "device_number"), name="one_operation_a_device_number"),
        ),
        migrations.AddConstraint(
            "Operation",
            models.CheckConstraint(
                condition=Q(device__isnull=True, device_number__isnull=True)
                | Q(device__isnull=False, device_number__isnull=False),
                name="operation_device_with_device_number",
            ),
        ),
        migrations.AddConstraint(
            "Operation",
            models.CheckConstraint(
                condition=Q(gone=False) | Q(about=None, also=None, base=None, payload=b""),
                name="a_hole_tells_nothing",
            ),
        ),
    ]  # fmt: skip
