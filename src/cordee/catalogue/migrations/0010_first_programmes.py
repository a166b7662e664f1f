"""The programme that each service has is the first version of it."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.models import Q
from django.utils import timezone


def fill(apps: Any, schema_editor: Any) -> None:
    """Write the first version, by nobody."""
    database = schema_editor.connection.alias
    services = apps.get_model("catalogue", "ServiceType").objects.using(database)
    versions = apps.get_model("catalogue", "ProgrammeVersion")
    written = services.filter(~Q(programme="") | Q(programme_file__isnull=False), programmes=None)
    versions.objects.using(database).bulk_create(
        versions(
            service_type=service,
            number=1,
            text=service.programme,
            file_id=service.programme_file_id,
            made_at=timezone.now(),
        )
        for service in written.order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalogue", "0009_programme_versions")]
    operations: ClassVar = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
