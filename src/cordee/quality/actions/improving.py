"""An improvement from its plan to what came of it."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.identifiers import numbered
from cordee.kernel.refusals import refuse_if
from cordee.organisation.actions import next_number
from cordee.planning import queries as planning
from cordee.quality import queries
from cordee.quality.facts import (
    ImprovementDone,
    ImprovementGivenUp,
    ImprovementMeasured,
    ImprovementOpened,
    ImprovementReplanned,
)
from cordee.quality.models import Improvement
from cordee.quality.queries import Answered
from cordee.quality.rules import complaints, improving
from cordee.quality.rules.improving import From, ImprovementDraft
from cordee.quality.states import IMPROVEMENT, IMPROVEMENTS, Effect, ImprovementState, Origin
from cordee.surveys import queries as surveys
from cordee.surveys.queries import Steps


@transaction.atomic
def open_improvement(*, draft: ImprovementDraft, origin: From | None = None, by: Actor) -> Improvement:
    """Plan an improvement, with a number. Raises Refused."""
    origin, aim = origin or From(), draft.aim
    refuse_if(improving.may_improve(by))
    refuse_if(
        [
            *improving.is_written(draft),
            *improving.can_be_asked(draft.owner_id, [user.pk for user in queries.owners()]),
            *improving.is_to_come(draft.due_on, field="due_on"),
            *improving.is_from(origin, found=_is_there(origin, by)),
        ]
    )
    if aim:
        own = improving.OF_A_QUESTION.fullmatch(aim.measure)
        asked = surveys.questions_of([aim.measure]) if own else {}
        refuse_if(improving.is_a_scale(aim, asked.get(aim.measure)))
    today = clock.today()
    improvement = Improvement.objects.create(
        ref=numbered(IMPROVEMENTS, today.year, next_number(IMPROVEMENTS, today.year)),
        title=draft.title.strip(),
        why=draft.why.strip(),
        expected=draft.expected.strip(),
        origin=origin.origin,
        complaint_id=origin.complaint_id,
        session_id=origin.session_id,
        comment_id=origin.comment_id,
        kind=aim.kind if aim else "",
        measure=aim.measure if aim else "",
        service_type_id=aim.service_type_id if aim else None,
        rise=aim.rise if aim else None,
        owner_id=draft.owner_id,
        opened_on=today,
        due_on=draft.due_on,
    )
    fact = ImprovementOpened(
        improvement_id=improvement.pk, owner_user_id=draft.owner_id, due_on=draft.due_on.isoformat()
    )
    journal.record(fact, by=by)
    return improvement


def _is_there(origin: From, by: Actor) -> bool:
    """Tell whether what an improvement comes from is known to who opens it."""
    match origin.origin:
        case Origin.COMPLAINT:
            return queries.may_know(origin.complaint_id, by)
        case Origin.SESSION:
            return origin.session_id is not None and planning.session(origin.session_id) is not None
        case Origin.COMMENT:
            return origin.comment_id is not None and surveys.comment(origin.comment_id) is not None
        case _:
            return True


@transaction.atomic
def replan(*, improvement_id: int, owner_id: int, due_on: date, by: Actor) -> None:
    """Have somebody else do it, or by another day. What changes nothing is no news. Raises Refused."""
    improvement = _held(improvement_id)
    refuse_if(improving.may_improve(by))
    refuse_if(
        [
            *improving.is_planned(improvement),
            *improving.can_be_asked(owner_id, [user.pk for user in queries.owners()]),
            *improving.is_to_come(due_on, field="due_on"),
        ]
    )
    if (improvement.owner_id, improvement.due_on) == (owner_id, due_on):
        return
    improvement.owner_id, improvement.due_on = owner_id, due_on
    improvement.save(update_fields=["owner", "due_on"])
    fact = ImprovementReplanned(
        improvement_id=improvement.pk, owner_user_id=owner_id, due_on=due_on.isoformat()
    )
    journal.record(fact, by=by)


@transaction.atomic
def mark_done(*, improvement_id: int, words: str, by: Actor) -> None:
    """Say that it is done today, and what was done; done already, nothing changes. Raises Refused."""
    improvement = _held(improvement_id)
    words = words.strip()
    refuse_if(improving.may_do(improvement, by))
    if improvement.state == ImprovementState.DONE:
        return
    refuse_if([*improving.can_move(improvement, "do"), *complaints.says_something(words)])
    IMPROVEMENT.move(improvement, "do")
    improvement.done_on, improvement.done_how = clock.today(), words
    improvement.save(update_fields=["state", "done_on", "done_how"])
    journal.record(ImprovementDone(improvement_id=improvement.pk), by=by)


@transaction.atomic
def measure(*, improvement_id: int, by: Actor) -> None:
    """Keep the mean before it was done and since, and whether it rose as expected; measured already, nothing changes.
    Raises Refused: on few answers nothing is said.
    """
    improvement = _held(improvement_id)
    refuse_if(improving.may_improve(by))
    if improvement.state == ImprovementState.MEASURED:
        return
    refuse_if([*improving.can_move(improvement, "measure"), *improving.aims_at_a_figure(improvement)])
    found = queries.answered(improvement) or Answered(Steps(), Steps())
    refuse_if(improving.enough_answers(found.before.answers, found.after.answers))
    before, after = (Decimal(f"{steps.mean or 0:.2f}") for steps in (found.before, found.after))
    improvement.before_mean, improvement.before_answers = before, found.before.answers
    improvement.after_mean, improvement.after_answers = after, found.after.answers
    _keep(improvement, improving.effect_of(before, after, improvement.rise or Decimal(0)), by)


@transaction.atomic
def judge(*, improvement_id: int, effect: Effect, words: str, by: Actor) -> None:
    """Say in words what came of an improvement that no figure measures. Raises Refused."""
    improvement = _held(improvement_id)
    words = words.strip()
    refuse_if(improving.may_improve(by))
    refuse_if(
        [
            *improving.can_move(improvement, "measure"),
            *improving.aims_at_no_figure(improvement),
            *complaints.says_something(words),
        ]
    )
    improvement.seen = words
    _keep(improvement, effect, by)


@transaction.atomic
def give_up(*, improvement_id: int, reason: str, by: Actor) -> None:
    """Give it up, with the reason. Raises Refused."""
    improvement = _held(improvement_id)
    reason = reason.strip()
    refuse_if(improving.may_improve(by))
    refuse_if(
        [*improving.can_move(improvement, "give_up"), *complaints.says_something(reason, field="reason")]
    )
    IMPROVEMENT.move(improvement, "give_up")
    improvement.given_up_because = reason
    improvement.save(update_fields=["state", "given_up_because"])
    journal.record(ImprovementGivenUp(improvement_id=improvement.pk), by=by)


def _held(improvement_id: int) -> Improvement:
    """Return the improvement as it is once it is held."""
    return Improvement.objects.select_for_update(of=("self",)).get(pk=improvement_id)


def _keep(improvement: Improvement, effect: Effect, by: Actor) -> None:
    IMPROVEMENT.move(improvement, "measure")
    improvement.effect, improvement.measured_on = effect, clock.today()
    improvement.save()
    journal.record(ImprovementMeasured(improvement_id=improvement.pk, effect=effect), by=by)
