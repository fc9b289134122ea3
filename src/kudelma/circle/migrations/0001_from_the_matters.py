"""Spots, ties and moves come from the room of the matters; their tables bear the new names."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import kudelma.core.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0015_the_circle_has_a_room"),
        ("people", "0004_spaces"),
        ("regions", "0004_seals_have_names"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Spot",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[("day", "a day or a moment"), ("place", "a place"), ("thing", "a thing")],
                                max_length=5,
                            ),
                        ),
                        ("name", kudelma.core.sealed.SealedText(blank=True, max_length=40, seal="circle.spot.name")),
                        ("note", kudelma.core.sealed.SealedText(blank=True, max_length=80, seal="circle.spot.note")),
                        ("x", models.PositiveSmallIntegerField(null=True)),
                        ("y", models.PositiveSmallIntegerField(null=True)),
                        ("removed_at", models.DateTimeField(editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "matter",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="spots",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "member",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="spot",
                                to="matters.member",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "matters_spot",
                        "ordering": ["matter", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Move",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField(editable=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("placed", "Placed"),
                                    ("moved", "Moved"),
                                    ("named", "Named"),
                                    ("tied", "Tied"),
                                    ("untied", "Untied"),
                                    ("removed", "Removed"),
                                ],
                                editable=False,
                                max_length=7,
                            ),
                        ),
                        ("x_before", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("y_before", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("x_after", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("y_after", models.PositiveSmallIntegerField(editable=False, null=True)),
                        (
                            "name_before",
                            kudelma.core.sealed.SealedText(blank=True, max_length=40, seal="circle.move.name_before"),
                        ),
                        (
                            "note_before",
                            kudelma.core.sealed.SealedText(blank=True, max_length=80, seal="circle.move.note_before"),
                        ),
                        (
                            "name_after",
                            kudelma.core.sealed.SealedText(blank=True, max_length=40, seal="circle.move.name_after"),
                        ),
                        (
                            "note_after",
                            kudelma.core.sealed.SealedText(blank=True, max_length=80, seal="circle.move.note_after"),
                        ),
                        ("at", models.DateTimeField(editable=False)),
                        ("undone_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.seat",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moves",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="circle.spot",
                            ),
                        ),
                        (
                            "spot",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="circle.spot",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "matters_move",
                        "ordering": ["matter", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="Tie",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.seat",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ties",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "one",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="circle.spot",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="circle.spot",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.region",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "matters_tie",
                        "ordering": ["one", "other"],
                    },
                ),
                migrations.AddConstraint(
                    model_name="spot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("x__isnull", True), ("y__isnull", True)),
                            models.Q(("x__isnull", False), ("y__isnull", False)),
                            _connector="OR",
                        ),
                        name="spot_x_with_y",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="spot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), ("member", models.F("id")), ("removed_at", None)),
                            models.Q(("kind__in", ["day", "place", "thing"]), ("member", None), ("x__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_spot_is_a_members_or_a_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="spot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("x", None), models.Q(("x__lte", 1000), ("y__lte", 1000)), _connector="OR"),
                        name="a_spot_is_in_the_room",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="move",
                    constraint=models.UniqueConstraint(fields=("matter", "number"), name="one_number_a_move"),
                ),
                migrations.AddConstraint(
                    model_name="move",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("x_before__isnull", True), ("y_before__isnull", True)),
                            models.Q(("x_before__isnull", False), ("y_before__isnull", False)),
                            _connector="OR",
                        ),
                        name="move_x_before_with_y_before",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="move",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("x_after__isnull", True), ("y_after__isnull", True)),
                            models.Q(("x_after__isnull", False), ("y_after__isnull", False)),
                            _connector="OR",
                        ),
                        name="move_x_after_with_y_after",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="move",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["tied", "untied"]), ("other__isnull", False)),
                            models.Q(models.Q(("kind__in", ["tied", "untied"]), _negated=True), ("other", None)),
                            _connector="OR",
                        ),
                        name="a_move_of_a_tie_has_two_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=models.UniqueConstraint(fields=("one", "other"), name="one_tie_between_two"),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="a_tie_has_two_ends"
                    ),
                ),
            ]
        ),
        migrations.AlterModelTable("Spot", None),
        migrations.AlterModelTable("Tie", None),
        migrations.AlterModelTable("Move", None),
    ]
