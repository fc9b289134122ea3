"""Boards, voices, turns and lines come from the room of the meetings; their tables bear the new names."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import kudelma.core.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0014_leads_until"),
        ("meetings", "0007_the_board_has_a_room"),
        ("methods", "0002_a_chair_may_lead"),
        ("people", "0004_spaces"),
        ("regions", "0004_seals_have_names"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Board",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "asked",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="methods.question",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="boards",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "meeting",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="board",
                                to="meetings.meeting",
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
                        "db_table": "meetings_board",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Voice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField(editable=False)),
                        (
                            "board",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="voices",
                                to="board.board",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voices",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="voices",
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
                        "db_table": "meetings_voice",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Turn",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "board",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="turns",
                                to="board.board",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turns",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="methods.question",
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
                            "voice",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="turns",
                                to="board.voice",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "meetings_turn",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Line",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveIntegerField(editable=False)),
                        ("text", kudelma.core.sealed.SealedText(blank=True, max_length=600, seal="board.line.text")),
                        ("nodded", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "board",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="board.board",
                            ),
                        ),
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
                                related_name="lines",
                                to="matters.matter",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="methods.question",
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
                            "voice",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="board.voice",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "meetings_line",
                        "ordering": ["voice", "question", "position", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="board",
                    name="voice",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="board.voice",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="voice",
                    constraint=models.UniqueConstraint(fields=("board", "member"), name="one_voice_a_member"),
                ),
                migrations.AddConstraint(
                    model_name="turn",
                    constraint=models.UniqueConstraint(fields=("voice", "question"), name="asked_once_of_each"),
                ),
            ]
        ),
        migrations.AlterModelTable("Board", None),
        migrations.AlterModelTable("Voice", None),
        migrations.AlterModelTable("Turn", None),
        migrations.AlterModelTable("Line", None),
    ]
