"""Several people may have one address: a person is known by address and name."""

from itertools import batched
from typing import Any

from django.db import migrations, models

from cordee.kernel.names import name_key


def write_keys(apps: Any, schema_editor: Any) -> None:
    """Write the names of those known so far as they are compared from now on."""
    people = apps.get_model("enrolment", "Participant").objects.order_by("pk")
    for some in batched(people.iterator(chunk_size=1_000), 1_000):
        for person in some:
            person.name_key = name_key(person.first_name, person.last_name)
        type(some[0]).objects.bulk_update(some, ["name_key"])


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0002_lists_and_groups")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="name_key",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="participant", name="one_participant_per_address"),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                fields=["client", "email", "name_key"],
                condition=~models.Q(email=""),
                name="one_participant_per_address_and_name",
            ),
        ),
    ]
