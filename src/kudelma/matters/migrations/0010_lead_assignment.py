"""Who was asked to lead is a lead assignment. Its table keeps its name: nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0009_lead_change_notice"), ("meetings", "0003_invitations")]

    operations = [
        migrations.AlterModelTable("Pairing", "matters_pairing"),
        migrations.RenameModel("Pairing", "LeadAssignment"),
    ]
