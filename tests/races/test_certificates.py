"""Certificates issued at the same moment: nobody has two."""

import pytest

from cordee.certificates import actions
from cordee.certificates.models import Certificate
from cordee.kernel.actor import COMMAND
from tests.cast import Cast
from tests.certificates.stories import name_who_signs, record
from tests.conftest import MovableClock
from tests.races.conftest import Together
from tests.steps import AFTER, enrol, plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_two_workers_at_once_issue_one_each(cast: Cast, now: MovableClock, together: Together) -> None:
    name_who_signs()
    first, second = plan(cast, cast.noor, cast.elodie, count=2)
    for session in (first, second):
        enrol(cast, session, "Ana", "Bo", "Cyd")
    now.move_to(AFTER)
    for session in (first, second):
        record(cast, session)

    def issue(session_id: int) -> None:
        actions.issue_for_session(session_id=session_id, by=COMMAND)

    def produce() -> None:
        actions.produce_realisations(mission_id=cast.mission.pk, by=COMMAND)

    outcomes = together(*[lambda: issue(first.pk)] * 2, *[lambda: issue(second.pk)] * 2, *[produce] * 2)
    assert outcomes == [None] * 6
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    expected = [*(f"AP-2027-{n:04}" for n in range(1, 7)), *(f"CR-2027-{n:04}" for n in range(1, 4))]
    assert numbers == expected
