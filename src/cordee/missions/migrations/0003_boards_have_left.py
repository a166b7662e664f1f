"""The boards stand in a table of the room that computes them (`closure`)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("missions", "0002_list_order")]

    operations = [
        migrations.RemoveIndex(model_name="mission", name="missions_late_first"),
        migrations.RemoveIndex(model_name="mission", name="missions_due"),
        migrations.RemoveIndex(model_name="mission", name="missions_by_coordinator"),
        migrations.AddIndex(
            model_name="mission",
            index=models.Index(fields=["coordinator", "status"], name="missions_by_coordinator"),
        ),
        *(
            migrations.RemoveField(model_name="mission", name=name)
            for name in ("due_on", "first_day", "last_day", "next_step")
        ),
        *(
            migrations.RemoveField(model_name="mission", name=name)
            for name in ("ordered", "planned", "held", "proven", "requested")
        ),
    ]
