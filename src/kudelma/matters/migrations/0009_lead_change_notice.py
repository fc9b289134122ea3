"""Whom the people are to be told of is called so. Its table keeps its name: nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0008_needs_have_a_language")]

    operations = [
        migrations.AlterModelTable("ToTell", "matters_totell"),
        migrations.RenameModel("ToTell", "LeadChangeNotice"),
        migrations.AlterField(
            "LeadChangeNotice",
            "matter",
            models.ForeignKey(
                editable=False,
                on_delete=models.PROTECT,
                related_name="lead_change_notices",
                to="matters.matter",
            ),
        ),
        migrations.AlterField(
            "LeadChangeNotice",
            "pairing",
            models.OneToOneField(
                editable=False,
                on_delete=models.PROTECT,
                related_name="lead_change_notice",
                to="matters.pairing",
            ),
        ),
    ]
