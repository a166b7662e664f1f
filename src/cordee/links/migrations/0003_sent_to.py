"""A link remembers to what address it was sent; those given before learn it in `notifications`."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("links", "0002_lost_links")]

    operations = [
        migrations.AddField(
            "personallink", "sent_to", models.CharField(blank=True, default="", max_length=32)
        ),
        migrations.AlterField("personallink", "sent_to", models.CharField(blank=True, max_length=32)),
    ]
