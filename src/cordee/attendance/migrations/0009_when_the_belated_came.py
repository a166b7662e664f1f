from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0008_delivery_confirmations"),
    ]

    operations = [
        migrations.AddField(
            model_name="belatedsignature",
            name="came_at",
            field=models.DateTimeField(null=True),
        ),
    ]
