"""When and where a session was to be before each change is kept: who was never written to reads old and new."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("planning", "0003_cancelled_at")]

    operations: ClassVar = [
        migrations.AddField("assignment", "knows_version", models.PositiveSmallIntegerField(default=0)),
        migrations.CreateModel(
            name="EarlierSchedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("half_days", models.JSONField()),
                ("time_zone", models.CharField(max_length=50)),
                ("mode", models.CharField(max_length=10)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("video_link", models.URLField(blank=True, max_length=500)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_schedules",
                        to="planning.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "version"), name="one_earlier_schedule_per_version"
                    )
                ]
            },
        ),
    ]
