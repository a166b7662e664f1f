"""What the team alone reads of an order; what stands on record stays what participants read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("missions", "0003_boards_have_left")]

    operations = [
        migrations.AddField(
            "order", "internal_notes", models.TextField(blank=True, default=""), preserve_default=False
        )
    ]
