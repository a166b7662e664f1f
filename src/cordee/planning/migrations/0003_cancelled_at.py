"""A cancelled session keeps when it was: as long as nobody was told since, it can be taken back."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import migrations, models


LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def fill(apps: Any, schema_editor: Any) -> None:
    """Take the moment from the journal; without an entry, one since which whatever left counts."""
    entries = apps.get_model("journal", "Entry").objects.filter(fact="SessionCancelled")
    for session in apps.get_model("planning", "Session").objects.filter(status="cancelled"):
        entry = entries.filter(subject=f"session_id:{session.pk}").order_by("-pk").first()
        session.cancelled_at = entry.at if entry else LONG_AGO
        session.save(update_fields=["cancelled_at"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("planning", "0002_zone_of_the_organisation"),
        ("journal", "0002_reasons"),
    ]

    operations: ClassVar = [
        migrations.AddField("session", "cancelled_at", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "session",
            models.CheckConstraint(
                condition=models.Q(("cancelled_at__isnull", True), ("status", "planned"))
                | models.Q(("cancelled_at__isnull", False), ("status", "cancelled")),
                name="cancelled_session_has_its_time",
            ),
        ),
    ]
