"""Judging risks, and judging them anew."""

from django.db import transaction

from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.quality import queries
from cordee.quality.facts import RiskRecorded, RiskReviewed
from cordee.quality.models import Risk
from cordee.quality.rules import improving
from cordee.quality.rules.improving import RiskDraft


@transaction.atomic
def record_risk(*, draft: RiskDraft, by: Actor) -> Risk:
    """Take a risk into the register. Raises Refused."""
    _check(draft, by)
    risk = Risk(reviewed_on=clock.today())
    _judge(risk, draft)
    fact = RiskRecorded(risk_id=risk.pk, likelihood=draft.likelihood, gravity=draft.gravity)
    journal.record(fact, by=by)
    return risk


@transaction.atomic
def review_risk(*, risk_id: int, draft: RiskDraft, by: Actor) -> None:
    """Judge a risk anew today, perhaps as before: how it was judged until now stays in the journal. Raises Refused."""
    risk = Risk.objects.select_for_update(of=("self",)).get(pk=risk_id)
    _check(draft, by)
    fact = RiskReviewed(
        risk_id=risk.pk,
        likelihood=draft.likelihood,
        gravity=draft.gravity,
        before_likelihood=risk.likelihood,
        before_gravity=risk.gravity,
    )
    risk.reviewed_on = clock.today()
    _judge(risk, draft)
    journal.record(fact, by=by)


def _check(draft: RiskDraft, by: Actor) -> None:
    refuse_if(improving.may_improve(by))
    refuse_if(
        [
            *improving.is_judged(draft),
            *improving.can_own(draft.owner_id, [user.pk for user in queries.reviewers()]),
            *improving.is_to_come(draft.review_by, field="review_by"),
        ]
    )


def _judge(risk: Risk, draft: RiskDraft) -> None:
    risk.what, risk.against = draft.what.strip(), draft.against.strip()
    risk.likelihood, risk.gravity = draft.likelihood, draft.gravity
    risk.owner_id, risk.review_by = draft.owner_id, draft.review_by
    risk.save()
