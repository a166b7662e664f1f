"""Which messages wait: made, renewed and taken back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cordee.jobs import registry
from cordee.kernel import clock
from cordee.mail.models import Message
from cordee.mail.states import MACHINE, About, MessageState

_CONTENT = (
    "purpose",
    "to_email",
    "to_name",
    "reply_to",
    "subject",
    "text",
    "html",
    "calendar",
    "language",
    "version",
    "told",
    "session_id",
    "until",
)

_WRITTEN_AT = re.compile(r"^DTSTAMP:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A message that must exist."""

    key: str
    purpose: str
    about: About
    to_email: str
    to_name: str = ""
    subject: str
    text: str
    html: str = ""
    calendar: str = ""
    reply_to: str = ""
    language: str = "fr"
    mission_id: int | None = None
    session_id: int | None = None
    version: int = 0
    """Which version of when and where it tells (`Session.schedule_version`)."""
    told: Mapping[str, Any] = field(default_factory=dict)
    """When and where, as it tells them (to be kept as JSON)."""
    due_at: datetime | None = None
    """When it may leave (UTC); at once when nothing is said."""
    keeps_time: bool = False
    """Wanted again with the same content, it leaves when it was to leave."""
    until: datetime | None = None
    """From this moment on (UTC) it would say nothing any more: if it has not left, it never does."""


def reconcile(wanted: Iterable[Wanted], *, obsolete: Iterable[str] = ()) -> bool:
    """Make the wanted messages exist, once each, and cancel those of `obsolete` (keys) that have not left.

    A wanted message that is still queued takes the new content, and so does one that failed when its content
    has changed since (an address was corrected); one that left, or that somebody stopped, is left alone.
    Return whether all is as wanted: not when a message left while this was decided.
    """
    wanted = list(wanted)
    keys = [w.key for w in wanted]
    known = {m.key: m for m in Message.objects.filter(key__in=keys)}
    now = clock.now()
    new = [_message(w, now) for w in wanted if w.key not in known]
    Message.objects.bulk_create(new, ignore_conflicts=True)
    renewed = [_renew(known[w.key], w) for w in wanted if w.key in known]
    obsolete = list(obsolete)
    cancelled = cancel(obsolete)
    if wanted:
        registry.start("mail.send_due")
    return all(renewed) and cancelled == len(obsolete)


def _message(wanted: Wanted, now: datetime) -> Message:
    about = wanted.about
    return Message(
        key=wanted.key,
        about_kind=about.kind,
        about_id=about.id,
        about_day=about.day,
        occasion=about.occasion,
        mission_id=wanted.mission_id,
        queued_at=now,
        due_at=wanted.due_at or now,
        **{name: getattr(wanted, name) for name in _CONTENT},
    )


def _renew(message: Message, wanted: Wanted) -> bool:
    if message.stopped_at is not None:
        return True
    content = {name: getattr(wanted, name) for name in _CONTENT}
    changed = any(_lasting(getattr(message, name)) != _lasting(value) for name, value in content.items())
    waits = message.state in {MessageState.QUEUED, MessageState.CANCELLED}
    if waits or (message.state == MessageState.FAILED and changed):
        found = Message.objects.filter(pk=message.pk, state=message.state, stopped_at=None)
        due_at = wanted.due_at or clock.now()
        if wanted.keeps_time and message.state == MessageState.QUEUED and not changed:
            due_at = min(due_at, message.due_at)
        return MACHINE.move_all(found, "renew", due_at=due_at, attempts=0, error="", **content) == 1
    return message.state == MessageState.FAILED or not changed


def _lasting(value: Any) -> Any:
    """Return content without the moment at which a calendar file was written: that alone is no change."""
    return _WRITTEN_AT.sub("", value) if isinstance(value, str) else value


def cancel(keys: list[str]) -> int:
    """Cancel the messages with these keys that have not left. Return how many."""
    return MACHINE.move_all(Message.objects.filter(key__in=keys), "cancel") if keys else 0


def take_back(purposes: Iterable[str]) -> None:
    """Cancel what has not left of these purposes: they were switched off."""
    MACHINE.move_all(Message.objects.filter(purpose__in=set(purposes)), "cancel")


def take_back_of_session(session_id: int, *, but: Iterable[str]) -> None:
    """Cancel what has not left about a session, except what is for one of these purposes."""
    found = Message.objects.filter(session_id=session_id).exclude(purpose__in=set(but))
    MACHINE.move_all(found, "cancel")
