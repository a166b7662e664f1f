"""Reading messages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from cordee.kernel import clock
from cordee.mail.models import Message
from cordee.mail.states import COPY, WAITING, About, MessageState
from cordee.prepared import prepared

SECRET_PURPOSES = (
    *("login_code", "password_reset_key", "mandate_code", "account_confirm"),
    *("complaint_received", "confidential_news", "complaint_told", "complaint_said_more", "complaint_late"),
    *("complaint_answered", "complaint_decided", "survey_reminder"),
    *("improvement_asked", "improvement_late", "improvement_left", "risk_due"),
)
"""Messages that open an account, sign or confirm something, tell of a complaint that may be confidential or of what
came of one, or tell who has not answered a survey: nobody but their addressee may read them, not even the office.
"""


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


def about(
    *, mission_id: int | None = None, session_id: int | None = None, purpose: str = "", state: str = ""
) -> QuerySet[Message]:
    """Return the messages about a mission or about one session, newest first, without what they say."""
    found = messages(state=state).defer("text", "html", "calendar")
    found = (
        found.filter(session_id=session_id) if session_id is not None else found.filter(mission_id=mission_id)
    )
    return found.filter(purpose=purpose) if purpose else found


@dataclass(frozen=True, slots=True)
class Fate:
    """How many messages of one purpose are in one state; of those that wait for their time, `later` tells how many
    there are and `at` (UTC) when the first leaves.
    """

    purpose: str
    state: str
    count: int
    later: int = 0
    at: datetime | None = None


def fates(*, mission_id: int | None = None, session_id: int | None = None) -> list[Fate]:
    """Return what became of the messages about a mission or a session, counted, in one query."""
    if session_id is not None:
        return [Fate(*row) for row in _of_session(session_id, clock.now())]
    return [Fate(*row) for row in _of_mission(mission_id or 0, clock.now())]


type _Counts = QuerySet[Message, tuple[str, str, int, int, datetime | None]]


@prepared
def _of_session(session_id: int, now: datetime) -> _Counts:
    return _counted(messages().filter(session_id=session_id), now)


@prepared
def _of_mission(mission_id: int, now: datetime) -> _Counts:
    return _counted(messages().filter(mission_id=mission_id), now)


def _counted(found: QuerySet[Message], now: datetime) -> _Counts:
    return (
        found.values_list("purpose", "state")
        .annotate(
            n=Count("pk"),
            later=Count("pk", filter=Q(state=MessageState.QUEUED, due_at__gt=now)),
            at=Min("due_at", filter=Q(state=MessageState.QUEUED, due_at__gt=now)),
        )
        .order_by("purpose", "state")
    )


@dataclass(frozen=True, slots=True)
class Known:
    """A message that exists already, as far as deciding what must exist needs it."""

    key: str
    purpose: str
    about: About
    to_email: str
    state: MessageState
    session_id: int | None
    version: int
    told: Mapping[str, Any]

    @property
    def left(self) -> bool:
        """Tell whether the addressee has it, or is about to."""
        return self.state in {MessageState.SENT, MessageState.SENDING}

    @property
    def waits(self) -> bool:
        """Tell whether it can still be taken back."""
        return self.state in WAITING


def of(kind: str, ids: Iterable[int]) -> list[Known]:
    """Return the messages about these things of one kind, oldest first, in one query."""
    return _known(Message.objects.filter(about_kind=kind, about_id__in=set(ids)))


def waiting_of(mission_id: int, purposes: Iterable[str]) -> list[Known]:
    """Return what has not left about a mission for these purposes, oldest first; copies sent by hand apart."""
    found = Message.objects.filter(mission_id=mission_id, purpose__in=set(purposes), state__in=WAITING)
    return _known(found.exclude(about_kind=COPY))


_ABOUT = ("about_kind", "about_id", "occasion", "about_day")


def _known(found: QuerySet[Message]) -> list[Known]:
    rows = found.order_by("pk").values_list(
        "key", "purpose", "to_email", "state", "session_id", "version", "told", *_ABOUT
    )
    return [
        Known(key, purpose, About(*about), email, MessageState(state), session_id, version, told)
        for key, purpose, email, state, session_id, version, told, *about in rows
    ]


def written_about(things: Iterable[About]) -> set[tuple[About, str]]:
    """Return, of these things, with what purposes something exists about them: what was taken back does not count,
    what somebody stopped does.
    """
    wanted = set(things)
    found = Message.objects.filter(
        about_kind__in={about.kind for about in wanted}, about_id__in={about.id for about in wanted}
    )
    found = found.exclude(state=MessageState.CANCELLED, stopped_at=None)
    rows = found.order_by().values_list("purpose", *_ABOUT).distinct()
    written = {(About(*about), purpose) for purpose, *about in rows}
    return {(about, purpose) for about, purpose in written if about in wanted}


def waiting_for(purposes: Iterable[str]) -> set[tuple[int, int | None]]:
    """Return the missions and sessions about which something with these purposes has not left."""
    found = Message.objects.filter(state__in=WAITING, purpose__in=set(purposes)).exclude(mission_id=None)
    return {
        (mission, session) for mission, session in found.values_list("mission_id", "session_id") if mission
    }


def calendars(keys: Iterable[str]) -> dict[str, str]:
    """Return the calendar files of these messages as they were written, by key, in one query."""
    return dict(Message.objects.filter(key__in=set(keys)).values_list("key", "calendar"))


def any_left_since(moment: datetime, kind: str, ids: Iterable[int]) -> bool:
    """Tell whether a message about one of these things has left (or is leaving) since a moment, in UTC."""
    about = Message.objects.filter(about_kind=kind, about_id__in=set(ids))
    return about.filter(Q(state=MessageState.SENDING) | Q(sent_at__gte=moment)).exists()


@dataclass(frozen=True, slots=True)
class Leaving:
    """When (UTC) a message about a session left, or is to leave."""

    session_id: int
    left: bool
    at: datetime


def leaving(session_ids: Iterable[int], purposes: Iterable[str]) -> list[Leaving]:
    """Return what left, or waits to, about these sessions for these purposes, in one query."""
    found = Message.objects.filter(session_id__in=set(session_ids), purpose__in=set(purposes))
    found = found.exclude(state__in=(MessageState.CANCELLED, MessageState.FAILED)).order_by()
    now = clock.now()
    return [
        Leaving(
            about, state != MessageState.QUEUED, sent_at or (now if state == MessageState.SENDING else due_at)
        )
        for about, state, sent_at, due_at in found.values_list("session_id", "state", "sent_at", "due_at")
        if about is not None
    ]


def left_about(kind: str, purpose: str) -> Exists:
    """Return the condition that a message of this purpose left about a row, for a query over rows of this kind."""
    return Exists(
        Message.objects.filter(
            about_kind=kind, about_id=OuterRef("pk"), purpose=purpose, state=MessageState.SENT
        )
    )


def failed_count() -> int:
    """Return how many messages failed and were not sent again since."""
    return messages(state=MessageState.FAILED).filter(copies=0).count()
