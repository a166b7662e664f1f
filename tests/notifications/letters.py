"""Reading what the house wrote."""

from typing import Any

from icalendar import Calendar

from cordee.mail.models import Message

OF_THE_CAST = ("invitation", "coordinator_named")
"""What was written before the story begins."""


def letters(
    to: str = "", *, but: tuple[str, ...] = ("invitation", "coordinator_named")
) -> list[tuple[str, str]]:
    """Return what was written to somebody: purpose and state, oldest first, but for these purposes."""
    found = Message.objects.exclude(purpose__in=but).order_by("pk")
    if to:
        found = found.filter(to_email=to)
    return [(m.purpose, m.state) for m in found]


def last(to: str) -> Message:
    """Return the last message to somebody."""
    return Message.objects.filter(to_email=to).order_by("-pk")[0]


def events(message: Message) -> list[Any]:
    """Return the events of a message's calendar file."""
    return list(Calendar.from_ical(message.calendar).walk("VEVENT"))
