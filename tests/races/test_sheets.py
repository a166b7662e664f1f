"""Two of quality decide on the same sheet at the same moment: one does."""

import pytest

from cordee.conformity import actions, queries
from cordee.conformity.models import Decision
from cordee.conformity.states import Reason
from tests.cast import Cast
from tests.conformity.sheets import sign_all
from tests.conftest import MovableClock
from tests.races.conftest import Together
from tests.steps import enrol, plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_two_decide_at_once(cast: Cast, now: MovableClock, together: Together) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana")
    sign_all(cast, now, session, cast.noor)
    actions.submit(session_id=session.pk, by=cast.actor(cast.camille))
    by, seen = cast.actor(cast.quitterie), "1-submitted"
    outcomes = together(
        lambda: actions.accept(session_id=session.pk, seen=seen, by=by).move,
        lambda: actions.refuse(session_id=session.pk, reasons=[Reason.COPIED], seen=seen, by=by).move,
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, list)]
    assert refused in ([["changed_meanwhile"]], [["changed_meanwhile", "already_decided"]])
    assert Decision.objects.exclude(move="submit").count() == 1


def test_two_submit_at_once(cast: Cast, now: MovableClock, together: Together) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana")
    sign_all(cast, now, session, cast.noor)
    outcomes = together(
        lambda: actions.submit(session_id=session.pk, by=cast.actor(cast.camille)).move,
        lambda: actions.submit(session_id=session.pk, by=cast.actor(cast.noor)).move,
        lambda: actions.submit_if_complete(session_id=session.pk),
    )
    assert Decision.objects.count() == 1
    assert queries.review_of(session.pk).round == 1
    assert outcomes.count(["already_decided"]) >= 1
