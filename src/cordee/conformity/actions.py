"""Submitting sheets, deciding on them, and sending them back when something changed."""

from collections.abc import Collection, Sequence

from django.db import transaction

from cordee.conformity import queries, rules
from cordee.conformity.facts import SheetAccepted, SheetRefused, SheetSentBack, SheetSubmitted
from cordee.conformity.models import Decision, SheetReview
from cordee.conformity.rules import Finding
from cordee.conformity.states import MACHINE, Cause, Reason, SheetState
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM, Actor
from cordee.kernel.refusals import refuse_if
from cordee.organisation.queries import the_organisation
from cordee.planning.actions.holding import held
from cordee.planning.models import Session
from cordee.planning.rules import is_planned

ALWAYS = frozenset({Cause.REOPENED, Cause.PRESENCE_CORRECTED})
"""After these a sheet is another one; after the others only if something is wrong with it now."""


@transaction.atomic
def submit(*, session_id: int, note: str = "", seen: str = "", by: Actor) -> Decision:
    """Give the sheet of a session to quality. What is found on it is asked once more: errors are put right first,
    questions answered in the note. `seen` as in `rules.seen_of`. Raises Refused.
    """
    session, review = _held(session_id)
    found = queries.findings_of(session_id)
    refuse_if(
        [
            *rules.may_submit(session, by),
            *is_planned(session),
            *rules.has_ended(session),
            *rules.is_as_seen(review, seen),
            *rules.can_move(review, "submit"),
        ]
    )
    refuse_if([*rules.nothing_is_wrong(found, note, by), *rules.questions_are_answered(found, note)])
    return _submit(session, review, found, note, by=by)


@transaction.atomic
def submit_if_complete(*, session_id: int) -> bool:
    """Submit the sheet of a session that is over when everybody has signed and nothing is to be asked about it. Return
    whether it was. Safe to run twice.
    """
    session, review = _held(session_id)
    if not queries.needs_sheet(session.mission.order.sector, the_organisation()):
        return False
    wrong = [*is_planned(session), *rules.has_ended(session)]
    # What quality refused, people submit again: they have read why.
    if wrong or review.state != SheetState.IN_PROGRESS:
        return False
    found = queries.findings_of(session_id)
    if found:
        return False
    _submit(session, review, found, "", by=SYSTEM)
    return True


def submit_due() -> None:
    """Submit what was complete before its session was over. Safe to run twice."""
    for session_id in queries.may_be_complete():
        submit_if_complete(session_id=session_id)


def _submit(
    session: Session, review: SheetReview, found: Sequence[Finding], note: str, *, by: Actor
) -> Decision:
    review.fully_signed = not any(finding.is_error for finding in found)
    decision = _decide(review, "submit", found=found, note=note, by=by)
    fact = SheetSubmitted(
        session_id=session.pk,
        decision_id=decision.pk,
        round=review.round,
        by_itself=by == SYSTEM,
        questions=[finding.code for finding in found if not finding.is_error],
    )
    entry = journal.record(fact, by=by, mission_id=session.mission_id)
    review.submitted_in = entry.pk
    review.save(update_fields=["submitted_in"])
    return decision


@transaction.atomic
def accept(*, session_id: int, note: str = "", seen: str = "", by: Actor) -> Decision:
    """Accept a sheet: it proves its session. With an error on it only with a word on why. Raises Refused."""
    session, review = _held(session_id)
    refuse_if(
        [
            *rules.may_decide(by),
            *rules.is_as_seen(review, seen),
            *rules.can_move(review, "accept"),
        ]
    )
    found = queries.findings_of(session_id)
    refuse_if(rules.errors_are_explained(found, note))
    decision = _decide(review, "accept", found=found, note=note, by=by)
    fact = SheetAccepted(session_id=session.pk, decision_id=decision.pk, round=review.round)
    journal.record(fact, by=by, mission_id=session.mission_id)
    return decision


@transaction.atomic
def refuse(
    *, session_id: int, reasons: Collection[Reason], note: str = "", seen: str = "", by: Actor
) -> Decision:
    """Refuse a sheet, for one reason or several: who has to put it right is told. Raises Refused."""
    session, review = _held(session_id)
    refuse_if(
        [
            *rules.may_decide(by),
            *rules.is_as_seen(review, seen),
            *rules.can_move(review, "refuse"),
            *rules.reasons_are_given(reasons, note),
        ]
    )
    review.fully_signed = False
    in_order = [reason for reason in Reason if reason in reasons]
    found = queries.findings_of(session_id)
    decision = _decide(review, "refuse", found=found, reasons=in_order, note=note, by=by)
    fact = SheetRefused(
        session_id=session.pk, decision_id=decision.pk, round=review.round, reasons=list(in_order)
    )
    journal.record(fact, by=by, mission_id=session.mission_id)
    return decision


@transaction.atomic
def send_back(*, session_id: int, cause: Cause, entry_id: int, by: Actor) -> bool:
    """Send a sheet back to be signed and looked at anew, because of what the journal tells under `entry_id`; return
    whether it was. Not for what was known when it was submitted. Safe to run twice.
    """
    session, review = _held(session_id)
    if not MACHINE.allows("send_back", review) or entry_id < review.submitted_in:
        return False
    found = queries.findings_of(session_id)
    if cause not in ALWAYS and not any(finding.is_error for finding in found):
        return False
    was_accepted = review.state == SheetState.ACCEPTED
    review.fully_signed = False
    review.round += 1
    decision = _decide(review, "send_back", found=found, reasons=[cause], by=by)
    fact = SheetSentBack(
        session_id=session.pk,
        decision_id=decision.pk,
        round=review.round,
        cause=cause,
        was_accepted=was_accepted,
    )
    journal.record(fact, by=by, mission_id=session.mission_id)
    return True


def _held(session_id: int) -> tuple[Session, SheetReview]:
    """Return a session and where its sheet stands; its mission is held to the end of the transaction."""
    session, _mission = held(session_id)
    return session, queries.review_of(session_id)


def _decide(
    review: SheetReview,
    move: str,
    *,
    found: Sequence[Finding],
    by: Actor,
    reasons: Sequence[str] = (),
    note: str = "",
) -> Decision:
    """Make the move, and keep what was known then."""
    MACHINE.move(review, move)
    review.since = clock.now()
    review.save()
    return Decision.objects.create(
        review=review,
        round=review.round,
        move=move,
        findings=[finding.code for finding in found],
        reasons=list(reasons),
        note=note.strip(),
        at=review.since,
        user_id=by.user_id,
    )
