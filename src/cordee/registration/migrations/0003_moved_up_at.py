"""Who was let in after waiting gets one mail. Who was let in before this had theirs: nothing is to be filled in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0002_people_share_addresses")]

    operations = [
        migrations.AddField("registration", "moved_up_at", models.DateTimeField(blank=True, null=True)),
    ]
