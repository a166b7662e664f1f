"""When a half-day may be signed, countersigned and opened again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import dist

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.attendance.models import BelatedSignature, HalfDayRecord, Signature
from cordee.attendance.states import (
    LARGEST_COORDINATE,
    LONGEST_DRAWN,
    MOST_POINTS,
    MOST_STROKES,
    SHORTEST_INK,
    SIGN_BEFORE,
)
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.kernel.refusals import Blocker, Despite, Turn, unless_answered
from cordee.planning.models import Assignment, HalfDay

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
    elif (
        len(ink.strokes) > MOST_STROKES
        or len(points) > MOST_POINTS
        or not all(_is_on_the_area(p) for p in points)
    ):
        yield Blocker(
            "ink_too_long",
            _("This drawing is too large for a signature."),
            _("Clear the box and sign as you do on paper."),
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


def _is_on_the_area(point: tuple[int, int, int]) -> bool:
    """Tell whether a point can have been drawn: numbers without end are none, and are not measured."""
    x, y, milliseconds = point
    return all(0 <= value <= LARGEST_COORDINATE for value in (x, y)) and abs(milliseconds) <= LONGEST_DRAWN


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


def nobody_is_barred(half_day: HalfDay, unsigned: int, *, despite: Despite) -> Iterator[Blocker]:
    """While the half-day goes on, those who are there and have not signed still can: a countersignature ends that, so
    it is asked first, with their number.
    """
    if unsigned and clock.now() <= half_day.ends_at:
        question = Blocker(
            "still_to_sign",
            ngettext(
                "%(n)d person who is there has not signed, and could no longer sign.",
                "%(n)d people who are there have not signed, and could no longer sign.",
                unsigned,
            )
            % {"n": unsigned},
            _("Have them sign first, or tick “countersign all the same”."),
            Turn.FACILITATOR,
            field="despite_unsigned",
            subject=f"{half_day.pk}:{unsigned}",
        )
        yield from unless_answered(question, despite)


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


def was_given_in_time(half_day: HalfDay, device_at: datetime) -> bool:
    """Tell whether, by the clock of the device, somebody signed while the half-day could be signed."""
    return half_day.starts_at - SIGN_BEFORE <= device_at <= half_day.ends_at


def nobody_decided_yet(belated: BelatedSignature) -> Iterator[Blocker]:
    """What was said of a belated signature stands."""
    if hasattr(belated, "decision"):
        yield Blocker(
            "already_decided",
            _("It was already said whether this signature counts."),
            _("Load the page again to see what was said."),
            Turn.FACILITATOR,
        )
