"""What was answered to an order is an order reply. Its table keeps its name: nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0010_lead_assignment")]

    operations = [
        migrations.AlterModelTable("Reply", "matters_reply"),
        migrations.RenameModel("Reply", "OrderReply"),
    ]
