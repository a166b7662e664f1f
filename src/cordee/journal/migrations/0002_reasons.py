"""Reasons leave the payloads of facts for rows of their own, which can be erased.

The only time that entries are changed (docs/decisions/0018): what stood in them should never have.
"""

from itertools import batched
from typing import Any

from django.db import migrations, models

OLD_NAMES = {
    "SessionPlanned": "regularised_because",
    "SessionChanged": "regularised_because",
    "SessionCancelled": "reason",
    "MissionReopened": "reason",
    "FeeRequestReturned": "reason",
    "ExtraRequestAllowed": "reason",
}


def take_out(apps: Any, _editor: object) -> None:
    entries = apps.get_model("journal", "Entry").objects
    reason = apps.get_model("journal", "Reason").objects
    for some in batched(entries.filter(fact__in=OLD_NAMES).order_by("pk").iterator(), 500):
        for entry in some:
            text = entry.payload.pop(OLD_NAMES[entry.fact], "")
            entry.payload["reason_id"] = reason.create(text=text).pk if text else None
        entries.bulk_update(some, ["payload"])


def put_back(apps: Any, _editor: object) -> None:
    entries = apps.get_model("journal", "Entry").objects
    texts = dict(apps.get_model("journal", "Reason").objects.values_list("pk", "text"))
    for some in batched(entries.filter(fact__in=OLD_NAMES).order_by("pk").iterator(), 500):
        for entry in some:
            entry.payload[OLD_NAMES[entry.fact]] = texts.get(entry.payload.pop("reason_id", None), "")
        entries.bulk_update(some, ["payload"])


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True)),
            ],
        ),
        migrations.RunPython(take_out, put_back),
    ]
