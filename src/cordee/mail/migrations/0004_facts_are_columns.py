"""What is to be known of a message stands in columns, and is not read back out of its key any more."""

from datetime import date
from typing import Any, ClassVar

from django.db import migrations, models

AT_ONCE = 1000
OF_A_DAY = ("reminder", "placement", "lists", "unanswered-of")
OCCASION_IN_KEY = ("staffing", "staffing-off", "list_invitation", "registration", "registration-off")
VERSION_IN_KEY = ("staffing", "joining")
"""How the keys begin whose fourth part is the version told: `staffing:7:1:3`, `joining:812:ab12cd34:3:0`."""
COLUMNS = ("about_kind", "about_id", "about_day", "occasion", "version")


def fill(apps: Any, schema_editor: Any) -> None:
    """Read, for the last time, what keys say."""
    for messages in _some(apps):
        for message in messages:
            message.about_kind, message.about_id, message.occasion, message.about_day = _about(
                message.subject_ref
            )
            parts = message.key.split(":")
            if parts[0] in OCCASION_IN_KEY and len(parts) > 2:  # noqa: PLR2004 - what, whom, and which time
                message.occasion = _number(parts[2])
            if parts[0] in VERSION_IN_KEY and len(parts) > 3:  # noqa: PLR2004 - and which version
                message.version = _number(parts[3])
        _save(apps, messages, COLUMNS)


def _about(ref: str) -> tuple[str, int, int, date | None]:
    """Return the kind, the number, the occasion and the day in what a message was filed under."""
    kind, *rest = ref.replace("unanswered:of:", "unanswered-of:").split(":")
    if not rest or not rest[0].isdecimal():
        return ref, 0, 0, None
    if kind in OF_A_DAY and len(rest) > 1:
        return kind, int(rest[0]), 0, date.fromisoformat(rest[1])
    return kind, int(rest[0]), _number(rest[1]) if len(rest) > 1 else 0, None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def empty(apps: Any, schema_editor: Any) -> None:
    """File messages under one text again."""
    for messages in _some(apps):
        for message in messages:
            message.subject_ref = _ref(message)
        _save(apps, messages, ("subject_ref",))


def _ref(message: Any) -> str:
    if not message.about_id:
        return str(message.about_kind)
    ref = f"{message.about_kind}:{message.about_id}".replace("unanswered-of:", "unanswered:of:")
    if message.about_day:
        return f"{ref}:{message.about_day.isoformat()}"
    return f"{ref}:{message.occasion}" if message.about_kind == "unanswered" else ref


def _some(apps: Any) -> Any:
    """Give all messages, a thousand at a time, without what they say."""
    messages = apps.get_model("mail", "Message").objects.order_by("pk")
    messages = messages.defer("subject", "text", "html", "calendar", "told", "error")
    last = 0
    while some := list(messages.filter(pk__gt=last)[:AT_ONCE]):
        yield some
        last = some[-1].pk


def _save(apps: Any, messages: Any, columns: Any) -> None:
    apps.get_model("mail", "Message").objects.bulk_update(messages, columns, batch_size=100)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mail", "0003_told")]

    operations: ClassVar = [
        migrations.AddField(
            "message", "about_kind", models.CharField(default="", max_length=80), preserve_default=False
        ),
        migrations.AddField("message", "about_id", models.BigIntegerField(default=0)),
        migrations.AddField("message", "occasion", models.BigIntegerField(default=0)),
        migrations.AddField("message", "about_day", models.DateField(null=True)),
        migrations.AddField("message", "version", models.PositiveIntegerField(default=0)),
        # So that the way back can add it to rows.
        migrations.AlterField("message", "subject_ref", models.CharField(default="", max_length=80)),
        migrations.RunPython(fill, empty, elidable=True),
        migrations.RemoveIndex("message", "mail_by_subject"),
        migrations.RemoveField("message", "subject_ref"),
        migrations.AddIndex("message", models.Index(fields=["about_kind", "about_id"], name="mail_by_thing")),
    ]
