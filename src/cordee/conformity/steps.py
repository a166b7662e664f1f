"""What sheets say of missions: how much of what was held is proven, and where a sheet is missing or came back."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from cordee.attendance.steps import recorded
from cordee.conformity import queries
from cordee.conformity.states import SHEET_WITHIN, Proof
from cordee.deposits.steps import may_wait
from cordee.kernel.periods import local
from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Count, Look, Step, StepCode, Told
from cordee.missions.steps import missions
from cordee.organisation.queries import policy
from cordee.planning.steps import Standing, standing

PROVEN = Count("proven")
"""Prestations held whose session has presence on every half-day and, where one is needed, a sheet that is accepted or
fully signed.
"""


def tell(look: Look) -> dict[int, Told]:
    """Say of each mission what is proven, and whose sheet is missing or was refused."""
    return {pk: _told(look.at(standing)[pk], look) for pk in look.mission_ids}


def standings(look: Look) -> dict[int, queries.Standing]:
    """Return what is known of the proof of each session that has begun, by session."""
    begun = [
        at.session.pk
        for found in look.at(standing).values()
        for at in found
        if at.session.starts_at <= look.now
    ]
    known = queries.standings(begun) if begun else {}
    missions_of = {
        at.session.pk: at.session.mission_id for found in look.at(standing).values() for at in found
    }
    look.knows(may_wait, {missions_of[pk] for pk, at in known.items() if at.pages_wait})
    look.knows(recorded, {pk for pk, at in known.items() if at.recorded})  # it is the same question
    return known


def proofs(look: Look) -> dict[int, Proof]:
    """Return how far each session that has begun is proven, by session."""
    orders, organisation, known = look.at(missions), look.at(policy), look.at(standings)
    return {
        at.session.pk: queries.proof_of(
            known[at.session.pk], needed=queries.needs_sheet(orders[pk].order.sector, organisation)
        )
        for pk, found in look.at(standing).items()
        for at in found
        if at.session.pk in known
    }


def _told(sessions: list[Standing], look: Look) -> Told:
    counts: Counter[int] = Counter()
    for at in sessions:
        if look.at(proofs).get(at.session.pk) == Proof.PROVEN:
            counts[at.session.line_id] += len(at.held)
    return Told(
        steps=[step for at in sessions if at.held for step in _missing(at, look)],
        counts={line_id: {PROVEN: n} for line_id, n in counts.items()},
    )


def _missing(at: Standing, look: Look) -> Iterator[Step]:
    """Closure is not held by a sheet: what is paid is."""
    session, proof = at.session, look.at(proofs)[at.session.pk]
    if proof == Proof.NO_SHEET:
        yield Step(
            code=StepCode.SHEET_MISSING,
            message=_("The attendance sheet of %(session)s is not complete.") % {"session": session.title},
            fix=_("See what is missing and submit it: until then its facilitators are not paid."),
            turn=Turn.COORDINATOR,
            due_on=at.last_day + SHEET_WITHIN,
            blocks_closure=False,
            subject=session.ref,
        )
    elif proof == Proof.REFUSED:
        yield Step(
            code=StepCode.SHEET_REFUSED,
            message=_("Quality refused the attendance sheet of %(session)s.") % {"session": session.title},
            fix=_("Read why, put it right and submit it again."),
            turn=Turn.COORDINATOR,
            due_on=_day_of_refusal(at, look) + SHEET_WITHIN,
            blocks_closure=False,
            subject=session.ref,
        )


def _day_of_refusal(at: Standing, look: Look) -> date:
    since = look.at(standings)[at.session.pk].since or at.session.ends_at
    return local(since, at.session.time_zone).date()
