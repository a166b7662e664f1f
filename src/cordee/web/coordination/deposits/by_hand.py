"""A page that could not be read: which session it may be of, and who signed, ticked beside the picture."""

from collections.abc import Mapping
from dataclasses import dataclass

from cordee.deposits.models import DepositedPage
from cordee.deposits.rules import BoxMark
from cordee.enrolment import queries as enrolment
from cordee.kernel.actor import Actor
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.states import COUNTED
from cordee.web.components.formatting import span, zone
from cordee.web.coordination.deposits.compare import when

MOST_CANDIDATES = 30
WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Tick:
    """One person on one half-day."""

    name: str
    label: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Signer:
    """One person with a tick for each half-day."""

    name: str
    ticks: list[Tick]


class Ticks:
    """The form on which somebody ticks who signed; `typed` is what was sent with it."""

    def __init__(self, session: Session, typed: Mapping[str, str] | None) -> None:
        self._session = session
        self.half_days = list(planning.half_days(session.pk))
        self._people = enrolment.enrolments(session.pk)
        self._staff = [a for a in planning.assignments(session.pk) if a.status in COUNTED]
        self._typed = typed

    @property
    def whole(self) -> bool:
        """Tell whether everybody on the list is on this page: who is not ticked was absent."""
        return self._typed is None or WHOLE in self._typed

    def columns(self) -> list[str]:
        return [when(h, self._session) for h in self.half_days]

    def signers(self) -> list[Signer]:
        """Return everybody on the list."""
        return [self._signer("e", e.pk, e.participant.full_name) for e in self._people]

    def staff(self) -> list[Signer]:
        """Return those who run the session."""
        return [self._signer("a", a.pk, a.facilitator.full_name) for a in self._staff]

    def people(self) -> dict[tuple[int, int], BoxMark]:
        """Return what the form says of those on the list, by (enrolment, half-day)."""
        return {
            (e.pk, h.pk): BoxMark(signed=ticked)
            for e in self._people
            for h in self.half_days
            if (ticked := self._is_ticked("e", e.pk, h.pk)) or self.whole
        }

    def facilitators(self) -> list[tuple[int, int]]:
        """Return the (assignment, half-day) that are ticked."""
        return [(a.pk, h.pk) for a in self._staff for h in self.half_days if self._is_ticked("a", a.pk, h.pk)]

    def _signer(self, kind: str, pk: int, name: str) -> Signer:
        ticks = [
            Tick(_input(kind, pk, h.pk), when(h, self._session), self._is_ticked(kind, pk, h.pk))
            for h in self.half_days
        ]
        return Signer(name, ticks)

    def _is_ticked(self, kind: str, pk: int, half_day_id: int) -> bool:
        return self._typed is not None and _input(kind, pk, half_day_id) in self._typed


def _input(kind: str, pk: int, half_day_id: int) -> str:
    return f"{kind}-{pk}-{half_day_id}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A session that a page may be of."""

    ref: str
    title: str
    when: str


def candidates(page: DepositedPage, actor: Actor) -> list[Candidate]:
    """Return the sessions that a page may be of, the latest first: of the mission it was given on, or one’s own."""
    mission = page.file.deposit.mission
    if mission is not None:
        found = sorted(planning.sessions_of(mission.pk), key=lambda s: s.starts_at, reverse=True)
    elif actor.facilitator_id is not None:
        found = list(planning.sessions_of_own(actor.facilitator_id, "")[:MOST_CANDIDATES])
    else:
        found = []
    return [_candidate(session) for session in found[:MOST_CANDIDATES]]


def _candidate(session: Session) -> Candidate:
    text, elsewhere = span(session.starts, session.ends), zone(session.time_zone)
    return Candidate(session.ref, session.title, f"{text} ({elsewhere})" if elsewhere else text)
