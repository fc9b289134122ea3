"""Replies, lead assignments and notices stand in tables of their names, since no seal is bound to them."""

from django.db import migrations, models


def both_or_neither(name: str, first: str, second: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | models.Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
    )


class Migration(migrations.Migration):
    dependencies = [("matters", "0012_seals_have_names")]

    operations = [
        migrations.AlterModelTable("OrderReply", None),
        migrations.AlterModelTable("LeadAssignment", None),
        migrations.AlterModelTable("LeadChangeNotice", None),
        migrations.RemoveConstraint("LeadAssignment", "pairing_ended_at_with_ended_by"),
        migrations.AddConstraint(
            "LeadAssignment", both_or_neither("leadassignment_ended_at_with_ended_by", "ended_at", "ended_by")
        ),
        migrations.RemoveConstraint("LeadChangeNotice", "totell_told_at_with_told_by"),
        migrations.AddConstraint(
            "LeadChangeNotice", both_or_neither("leadchangenotice_told_at_with_told_by", "told_at", "told_by")
        ),
    ]
