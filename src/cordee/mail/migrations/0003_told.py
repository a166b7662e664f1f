"""A message remembers what it tells of when and where."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_until_stopped_copies")]

    operations = [migrations.AddField("message", "told", models.JSONField(blank=True, default=dict))]
