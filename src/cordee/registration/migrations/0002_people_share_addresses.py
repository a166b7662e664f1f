"""Several people may register with one address: a registration is known by address and name."""

from itertools import batched
from typing import Any

from django.db import migrations, models

from cordee.kernel.names import name_key


def write_keys(apps: Any, schema_editor: Any) -> None:
    """Write the names of those who registered so far as they are compared from now on."""
    registrations = apps.get_model("registration", "Registration").objects.order_by("pk")
    for some in batched(registrations.iterator(chunk_size=1_000), 1_000):
        for registration in some:
            registration.name_key = name_key(registration.first_name, registration.last_name)
        type(some[0]).objects.bulk_update(some, ["name_key"])


class Migration(migrations.Migration):
    dependencies = [("registration", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="name_key",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="registration", name="one_registration_per_address"),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                fields=["invitation", "email", "name_key"], name="one_registration_per_address_and_name"
            ),
        ),
    ]
