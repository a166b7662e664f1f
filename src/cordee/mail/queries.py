"""Reading messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from cordee.mail.models import Message
from cordee.mail.states import MessageState

SECRET_PURPOSES = ("login_code", "password_reset_key")
"""Messages that open an account: nobody but their addressee may read them, not even the office."""


def messages(*, search: str = "", state: str = "", with_secrets: bool = False) -> QuerySet[Message]:
    """Return messages, newest first, whose recipient or subject contains `search`.

    Those that open an account are left out, but in the demonstration.
    """
    found = Message.objects.order_by("-pk")
    if not with_secrets:
        found = found.exclude(purpose__in=SECRET_PURPOSES)
    if state:
        found = found.filter(state=state)
    if search:
        found = found.filter(
            Q(to_email__icontains=search) | Q(to_name__icontains=search) | Q(subject__icontains=search)
        )
    return found


def message(message_id: int, *, with_secrets: bool = False) -> Message | None:
    return messages(with_secrets=with_secrets).filter(pk=message_id).first()


def of_session(session_id: int) -> QuerySet[Message]:
    """Return what was sent about a session, newest first."""
    found = Message.objects.filter(session_id=session_id).defer("text", "html", "calendar")
    return found.order_by("-pk")


@dataclass(frozen=True, slots=True)
class Fate:
    """How many messages of one purpose are in one state."""

    purpose: str
    state: str
    count: int


def fates_of_session(session_id: int) -> list[Fate]:
    """Return what became of the messages about a session, counted, in one query."""
    rows = Message.objects.filter(session_id=session_id).values_list("purpose", "state")
    return [Fate(*row) for row in rows.annotate(n=Count("pk")).order_by("purpose", "state")]


@dataclass(frozen=True, slots=True)
class Known:
    """A message that exists already, as far as deciding what must exist needs it."""

    key: str
    purpose: str
    subject_ref: str
    to_email: str
    state: MessageState
    session_id: int | None

    @property
    def left(self) -> bool:
        """Tell whether the addressee has it, or is about to."""
        return self.state in {MessageState.SENT, MessageState.SENDING}

    @property
    def waits(self) -> bool:
        """Tell whether it can still be taken back."""
        return self.state in {MessageState.QUEUED, MessageState.FAILED}


def of_subjects(subject_refs: list[str]) -> list[Known]:
    """Return the messages about these things, oldest first, in one query."""
    rows = Message.objects.filter(subject_ref__in=subject_refs).order_by("pk")
    found = rows.values_list("key", "purpose", "subject_ref", "to_email", "state", "session_id")
    return [
        Known(key, purpose, ref, email, MessageState(state), session_id)
        for key, purpose, ref, email, state, session_id in found
    ]


def calendars(keys: Iterable[str]) -> dict[str, str]:
    """Return the calendar files of these messages as they were written, by key, in one query."""
    return dict(Message.objects.filter(key__in=set(keys)).values_list("key", "calendar"))


def any_left_since(moment: datetime, subject_refs: Iterable[str]) -> bool:
    """Tell whether a message about one of these things has left (or is leaving) since a moment, in UTC."""
    about = Message.objects.filter(subject_ref__in=set(subject_refs))
    return about.filter(Q(state=MessageState.SENDING) | Q(sent_at__gte=moment)).exists()


def failed_count() -> int:
    return messages(state=MessageState.FAILED).count()
