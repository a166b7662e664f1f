"""When presence may be recorded, and when a half-day may be signed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import dist
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.attendance.models import HalfDayRecord, Presence, Signature
from cordee.attendance.states import (
    HERE,
    LARGEST_COORDINATE,
    MOST_POINTS,
    MOST_STROKES,
    SHORTEST_INK,
    SIGN_BEFORE,
)
from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.bounds import PRESENT
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.rules import can_run
from cordee.organisation.rules import fits
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.queries import is_on_session


def may_record(session: Session, actor: Actor) -> Iterator[Blocker]:
    """Presence is recorded by those who run the session, the coordinator or operations."""
    own = actor.facilitator_id
    if not (can_run(session.mission, actor) or (own is not None and is_on_session(session.pk, own))):
        yield Blocker(
            "not_on_session",
            _("Only those who run this session can record presence."),
            _("Ask its facilitator or the coordinator."),
        )


def has_begun(half_day: HalfDay) -> Iterator[Blocker]:
    """Nobody is present before the half-day has begun."""
    if half_day.starts_at > clock.now():
        yield Blocker(
            "not_started",
            _("This half-day has not begun yet."),
            _("Presence can be recorded from its start."),
            Turn.TIME,
        )


def nobody_recorded_since(record: HalfDayRecord | None, seen: str) -> Iterator[Blocker]:
    """Two people recording the same half-day: the second is told, not overwritten."""
    if (record.seen if record else "") != seen:
        yield Blocker(
            "changed_meanwhile",
            _("Somebody else recorded presence on this half-day meanwhile."),
            _("Your marks are still below: compare them with theirs, then record again."),
        )


def something_is_recorded(half_days: int) -> Iterator[Blocker]:
    """Saving an empty grid says so."""
    if not half_days:
        yield Blocker(
            "nothing_recorded",
            _("No presence was ticked."),
            _("Use “All present”, then change the exceptions."),
        )


def everybody_is_accounted_for(expected: Mapping[int, Any], given: Mapping[int, Any]) -> Iterator[Blocker]:
    """Each person on the list is present, late, absent or excused."""
    missing = len(set(expected) - set(given))
    if missing:
        yield Blocker(
            "presence_incomplete",
            ngettext(
                "%(n)d person on the list has no presence yet.",
                "%(n)d people on the list have no presence yet.",
                missing,
            )
            % {"n": missing},
            _("Use “All present”, then change the exceptions."),
        )
    if set(given) - set(expected):
        yield Blocker(
            "not_on_list",
            _("The list has changed since this page was loaded."),
            _("Load the page again and record presence on the list as it is now."),
        )


def was_there(mark: Presence | None) -> Iterator[Blocker]:
    """Only of who was there can be said from when to when."""
    if mark is None or mark.state not in HERE:
        yield Blocker(
            "not_there",
            _("No presence is recorded for this half-day."),
            _("Record it first, or sign; then say when you came or left."),
            Turn.FACILITATOR,
        )


def times_make_sense(
    half_day: HalfDay, arrived_at: datetime | None, left_at: datetime | None
) -> Iterator[Blocker]:
    """People come and go within the half-day, and leave after they came."""
    begins, ends = half_day.starts_at, half_day.ends_at
    if arrived_at is not None and not begins <= arrived_at < ends:
        yield Blocker(
            "arrived_outside",
            _("This is not within the half-day."),
            _("Leave it empty for who was there from the beginning."),
            field="arrived",
        )
    elif left_at is not None and not (arrived_at or begins) < left_at <= ends:
        yield Blocker(
            "left_outside",
            _("This is not within the half-day, or before they came."),
            _("Leave it empty for who stayed to the end."),
            field="left",
        )


def list_is_optional(session: Session) -> Iterator[Blocker]:
    """A bare number of people is enough in education only; elsewhere each person is on the list."""
    if session.mission.order.sector not in ENROLMENT_OPTIONAL:
        yield Blocker(
            "list_needed",
            _("Nobody is on the list of this session."),
            _("Add those who came, then record their presence."),
        )


def some_came(present: int) -> Iterator[Blocker]:
    if present < 1:
        yield Blocker(
            "nobody_came",
            _("Nobody was there?"),
            _("Give the number of people, or ask operations to cancel the session."),
            field="present",
        )
    else:
        yield from fits(present, PRESENT, field="present")


type Stroke = tuple[tuple[int, int, int], ...]
"""Points of one stroke: x, y, milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """What somebody drew, or the name typed by who cannot draw."""

    strokes: tuple[Stroke, ...] = ()
    typed_name: str = ""

    @property
    def length(self) -> float:
        """Return how far the pen went, in units of the signing area."""
        return sum(dist(a[:2], b[:2]) for stroke in self.strokes for a, b in pairwise(stroke))


def ink_is_a_signature(ink: Ink) -> Iterator[Blocker]:
    """Something was drawn, or a name typed; neither a slip of the finger nor a drawing without end."""
    points = [point for stroke in ink.strokes for point in stroke]
    if not points and not ink.typed_name.strip():
        yield Blocker(
            "nothing_signed",
            _("Nothing is signed yet."),
            _("Draw your signature in the box, or type your name below it."),
            Turn.PARTICIPANT,
            "strokes",
        )
    elif points and ink.length < SHORTEST_INK:
        yield Blocker(
            "ink_too_short",
            _("This is too short for a signature."),
            _("Clear the box and sign as you do on paper."),
            Turn.PARTICIPANT,
            "strokes",
        )
    elif (
        len(ink.strokes) > MOST_STROKES
        or len(points) > MOST_POINTS
        or any(not 0 <= value <= LARGEST_COORDINATE for x, y, _ms in points for value in (x, y))
    ):
        yield Blocker(
            "ink_too_long",
            _("This drawing is too large for a signature."),
            _("Clear the box and sign as you do on paper."),
            Turn.PARTICIPANT,
            "strokes",
        )


def can_be_signed_now(half_day: HalfDay, late_because: str) -> Iterator[Blocker]:
    """People sign from a quarter of an hour before the half-day to its end; later with a reason only."""
    now = clock.now()
    if now < half_day.starts_at - SIGN_BEFORE:
        yield Blocker(
            "too_early_to_sign",
            _("It is too early to sign."),
            _("Signing opens 15 minutes before the half-day begins."),
            Turn.TIME,
        )
    elif now > half_day.ends_at and not late_because.strip():
        yield Blocker(
            "too_late_to_sign",
            _("This half-day is over: it can no longer be signed here."),
            _("Your facilitator can still have you sign, and says why it is late."),
            Turn.FACILITATOR,
        )


def is_not_frozen(*, frozen: bool) -> Iterator[Blocker]:
    """What a facilitator countersigned is not changed behind their back."""
    if frozen:
        yield Blocker(
            "countersigned",
            _("This half-day was countersigned: its presence and signatures no longer change."),
            _(
                "A facilitator of the session can open it again, with a reason; then it is countersigned anew."
            ),
            Turn.FACILITATOR,
        )


def is_expected(enrolment: Enrolment) -> Iterator[Blocker]:
    """Who signs is on the list."""
    if enrolment.cancelled_at is not None:
        yield Blocker(
            "not_on_list",
            _("You are no longer on the list of this session."),
            _("Tell the facilitator: they can add you on the spot."),
            Turn.FACILITATOR,
        )


def was_not_sent_for_another(known: Signature | None) -> Iterator[Blocker]:
    """What is sent again is taken for the person who signed, and for nobody else: `known` came under the same key."""
    if known is not None:
        yield Blocker(
            "signed_for_another",
            _("This page was already used to sign for somebody else, or for another half-day."),
            _("Open it again, and sign once more."),
        )


def has_not_signed(*, signed: bool) -> Iterator[Blocker]:
    """One signature for each person and half-day."""
    if signed:
        yield Blocker("already_signed", _("This half-day is already signed."), turn=Turn.TIME)


def presence_is_recorded(record: HalfDayRecord | None) -> Iterator[Blocker]:
    """Who countersigns says who was there."""
    if record is None:
        yield Blocker(
            "presence_missing",
            _("Presence is not recorded on this half-day yet."),
            _("Say who is there, then countersign."),
            Turn.FACILITATOR,
        )


def runs_it(assignment: Assignment | None) -> Iterator[Blocker]:
    """Those who run the session countersign, each for themselves."""
    if assignment is None:
        yield Blocker(
            "not_its_facilitator",
            _("Only those who run this session countersign it."),
            _("Its facilitator signs from “My work”."),
            Turn.FACILITATOR,
        )


def reopening_has_a_reason(reason: str) -> Iterator[Blocker]:
    """Opening a countersigned half-day again stays on record with its reason."""
    if not reason.strip():
        yield Blocker(
            "no_reason",
            _("Opening a countersigned half-day again needs a reason: it stays on record."),
            _("Say what has to be put right."),
            Turn.FACILITATOR,
            "reason",
        )


def something_to_reopen(*, frozen: bool) -> Iterator[Blocker]:
    """What nobody countersigned is open."""
    if not frozen:
        yield Blocker(
            "not_countersigned", _("This half-day is open: nothing is to be opened again."), turn=Turn.TIME
        )


def nobody_signed_yet(session_id: int, facilitator_id: int | None = None) -> Iterator[Blocker]:
    """A session for which people signed took place, at the times they signed for."""
    signatures = Signature.objects.filter(half_day__session_id=session_id)
    if facilitator_id is not None:
        signatures = signatures.filter(assignment__facilitator_id=facilitator_id)
    if signatures.exists():
        yield Blocker(
            "signed",
            _("People have signed for this session."),
            _("What they signed for stays as it is. If it is wrong, tell quality: they note it on the file."),
            Turn.QUALITY,
        )
