"""A row of the plan is a plan row. Its table keeps its name: nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_the_house")]

    operations = [
        migrations.AlterModelTable("Row", "plans_row"),
        migrations.RenameModel("Row", "PlanRow"),
    ]
