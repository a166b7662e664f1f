"""One person answers twice at the same moment, on two devices or by a double click: one answer counts."""

from collections.abc import Mapping
from functools import partial

import pytest

from cordee.catalogue.states import QuestionnaireKind
from cordee.surveys.facts import ResponseGiven
from cordee.surveys.models import Response, Sum, Survey
from cordee.surveys.rules import Value
from tests.cast import Cast
from tests.certificates.stories import Settle, certified
from tests.conftest import MovableClock
from tests.races.conftest import Together
from tests.steps import told
from tests.surveys.opinions import HOT, ask, asked_in, say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

CONTENT: Mapping[str, Value] = HOT
SAD: Mapping[str, Value] = {**HOT, "q1": 2}


@pytest.mark.parametrize("receipts", [("", ""), ("one phone", "one phone"), ("one phone", "another")])
@pytest.mark.parametrize("anonymous", [False, True])
def test_two_answers_of_one_person_at_once_are_one(
    *,
    cast: Cast,
    now: MovableClock,
    settle: Settle,
    together: Together,
    anonymous: bool,
    receipts: tuple[str, str],
) -> None:
    ask(cast.workshop, QuestionnaireKind.HOT, anonymous=anonymous)
    certified(cast, now, settle, "Ana", "Ben")
    ana = asked_in(Survey.objects.get())[0]
    outcomes = together(
        *(partial(say, ana, given, receipt) for given, receipt in zip((CONTENT, SAD), receipts, strict=True))
    )
    corrected = not anonymous or (receipts[0] == receipts[1] != "")
    assert outcomes.count(["answered_already"]) == (0 if corrected else 1)
    assert outcomes.count(None) == (2 if corrected else 1)
    response = Response.objects.get()
    assert response.values in (dict(CONTENT), dict(SAD))
    assert Survey.objects.get().answered == 1
    if anonymous:
        assert not Sum.objects.exists(), "told with others alone"
        assert response.enrolment is None
    else:
        counted = Sum.objects.get(measure="recommend")
        assert {counted.n9, counted.n2} == {0, 1}
        assert len(told(ResponseGiven)) == 1
