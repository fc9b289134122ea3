"""Boards, voices, turns and lines have a room of their own, and bear its name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_rounds")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("Board", "voice"),
                migrations.DeleteModel("Line"),
                migrations.DeleteModel("Turn"),
                migrations.DeleteModel("Voice"),
                migrations.DeleteModel("Board"),
            ]
        )
    ]
