"""What repeats is told in one line, that of the latest: it opens to show each with its time.

Facts are told together when they are of one kind, by the same, about the same, on one day, whatever else happened in
between; what does not repeat keeps its place. A fact that takes others back ends what is told together: who is
enrolled, taken off and enrolled again is not told as two who were enrolled.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cordee.attendance import facts as attendance
from cordee.enrolment import facts as enrolment
from cordee.journal.queries import TimelineEntry
from cordee.kernel.facts import Fact
from cordee.planning import facts as planning
from cordee.registration import facts as registration
from cordee.surveys import facts as surveys
from cordee.web.components.formatting import in_place
from cordee.web.coordination.timeline import answers, lists, moves, registrations, signing, staffed
from cordee.web.coordination.timeline.names import Names

type Told = tuple[TimelineEntry, Fact]

AT_ONCE = timedelta(seconds=5)
"""What one form does leaves facts no further apart than this."""


@dataclass(frozen=True, slots=True)
class Fold:
    """How facts of one kind are told in one sentence."""

    several: Callable[[Sequence[Any], Names], str]
    """The sentence, of facts that are given oldest first."""
    same: tuple[str, ...] = ()
    """Their fields that must be the same."""
    ended_by: tuple[type[Fact], ...] = ()
    """Facts across which, when they are about the same session, these are not told together."""
    at_once: bool = False
    """Only what was done in one go is told together: later the same is another decision."""


FOLDS: dict[type[Fact], Fold] = {
    planning.SessionPlanned: Fold(staffed.sessions_planned, at_once=True),
    planning.FacilitatorPutOn: Fold(staffed.several_put_on, at_once=True),
    enrolment.ParticipantsMoved: Fold(moves.several_moved, same=("split_id", "undone"), at_once=True),
    enrolment.ParticipantsEnrolled: Fold(
        lists.several_enrolled,
        same=("session_id", "walk_in"),
        ended_by=(enrolment.EnrolmentCancelled, enrolment.ParticipantsMoved),
    ),
    enrolment.EnrolmentCancelled: Fold(
        lists.several_taken_off,
        same=("session_id", "own", "refused"),
        ended_by=(enrolment.ParticipantsEnrolled, enrolment.ParticipantsMoved),
    ),
    enrolment.ParticipantCorrected: Fold(lists.several_corrected, same=("session_id", "own")),
    enrolment.AddressesGiven: Fold(lists.several_addresses, same=("session_id",)),
    enrolment.ClientRowsWait: Fold(lists.several_rows_wait, same=("session_id",)),
    enrolment.ListLinkUsed: Fold(lists.link_used_often, same=("contact_id",)),
    registration.RegistrationAsked: Fold(registrations.several_asked, same=("session_id",)),
    registration.PutOnWaitingList: Fold(
        registrations.several_waiting,
        same=("session_id",),
        ended_by=(registration.MovedUp, registration.WaitingListLeft, registration.RegistrationRemoved),
    ),
    attendance.TimesTold: Fold(signing.times_told_often, same=("session_id",)),
    attendance.HalfDaySigned: Fold(
        signing.several_signed, same=("session_id", "late"), ended_by=(attendance.HalfDayReopened,)
    ),
    attendance.HalfDayCountersigned: Fold(
        signing.several_countersigned, same=("session_id",), ended_by=(attendance.HalfDayReopened,)
    ),
    attendance.BelatedSignatureArrived: Fold(signing.several_belated, same=("session_id",)),
    surveys.SurveyAnswered: Fold(answers.several_answered),
}


def folded(told: Sequence[Told], who: Callable[[TimelineEntry], str]) -> list[list[Told]]:
    """Return what is told together, newest first, as `told` is; `who` says by whom an entry is."""
    groups: list[list[Told]] = []
    growing: dict[Hashable, list[Told]] = {}
    for entry, fact in told:
        _end(growing, fact)
        fold = FOLDS.get(type(fact))
        if fold is None:
            groups.append([(entry, fact)])
            continue
        about = tuple(getattr(fact, name) for name in fold.same)
        key = (type(fact), about, who(entry), day_of(entry.at))
        group = growing.get(key)
        if group and not (fold.at_once and group[-1][0].at - entry.at > AT_ONCE):
            group.append((entry, fact))
        else:
            growing[key] = [(entry, fact)]
            groups.append(growing[key])
    return groups


def day_of(moment: datetime) -> date:
    """Return the day of an instant where the page is read."""
    return in_place(moment).date()


def _end(growing: dict[Hashable, list[Told]], fact: Fact) -> None:
    """Tell nothing older than this fact together with what is newer, where it lies in between."""
    for key, ((_entry, newer), *_others) in list(growing.items()):
        if type(fact) in FOLDS[type(newer)].ended_by and _sessions(fact) & _sessions(newer):
            del growing[key]


def _sessions(fact: Fact) -> set[int]:
    return {getattr(fact, name) for name in ("session_id", "from_session_id") if hasattr(fact, name)}
