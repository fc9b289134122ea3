"""Whether it has been agreed when people look at how it goes stands on the meeting."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_seals_have_names")]

    operations = [migrations.AddField("Meeting", "goes_on", models.BooleanField(default=False, editable=False))]
