"""Sessions without a zone of their own take place in that of the organisation."""

from typing import ClassVar

from django.db import migrations, models

import cordee.kernel.zones


class Migration(migrations.Migration):
    dependencies: ClassVar = [("planning", "0001_initial")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="session",
            name="time_zone",
            field=models.CharField(default=cordee.kernel.zones.home, max_length=50),
        ),
    ]
