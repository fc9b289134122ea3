"""Until when those who lead see a matter stands on the matter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0013_tables_of_their_names")]

    operations = [
        migrations.AddField("Matter", "leads_until", models.DateTimeField(db_index=True, editable=False, null=True))
    ]
