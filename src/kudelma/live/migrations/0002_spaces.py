"""An operation names its space, whatever it is a space of."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("live", "0001_the_house")]

    operations = [migrations.RenameField("Operation", "matter", "space")]
