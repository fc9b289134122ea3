"""A seat and a message name their space, whatever it is a space of."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0003_seals_have_names")]

    operations = [
        migrations.AlterField(
            "Seat",
            "role",
            models.CharField(
                choices=[
                    ("worker", "worker"),
                    ("consultant", "network consultant"),
                    ("coordinator", "network coordinator"),
                    ("steering", "steering group"),
                    ("administrator", "administrator"),
                    ("participant", "participant"),
                    ("guest", "guest"),
                    ("public", "the public page"),
                    ("clock", "the clock"),
                ],
                max_length=13,
            ),
        ),
        migrations.RemoveConstraint("Seat", "seat_is_of_one_kind"),
        migrations.RenameField("Seat", "matter", "space"),
        migrations.AddConstraint(
            "Seat",
            models.CheckConstraint(
                name="seat_is_of_one_kind",
                condition=Q(
                    role__in=["worker", "consultant", "coordinator", "steering", "administrator"],
                    account__isnull=False,
                    space__isnull=True,
                )
                | Q(role="participant", account__isnull=True, space__isnull=False)
                | Q(role="guest", account__isnull=True, space__isnull=False, ends_on__isnull=False)
                | Q(role__in=["public", "clock"], account__isnull=True, space__isnull=True),
            ),
        ),
        migrations.RenameField("Message", "matter", "space"),
    ]
