"""Who runs a session is asked about signatures that came too late."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cordee.attendance import actions
from cordee.attendance.actions import Device, Given
from cordee.attendance.models import BelatedSignature
from cordee.attendance.rules import Ink
from cordee.attendance.states import Way
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.notifications.letters import last, letters
from tests.steps import AFTER, DURING, confirm, enrol, plan

NOOR = "noor@reseau.example"


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


def test_one_question_a_day_for_as_long_as_something_is_to_be_decided(
    cast: Cast, settle: Any, now: MovableClock
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    half_day, people = session.half_days.get(), enrol(cast, session, "Ana", "Bo")
    settle()
    before = len(letters(NOOR))
    now.move_to(DURING)
    at = clock.now()
    now.move_to(AFTER)
    for person in people:
        given = Given(key=uuid4(), ink=Ink(typed_name="x"), way=Way.OWN_LINK, device=Device(at=at))
        actions.sign_belated(
            half_day_id=half_day.pk, enrolment_id=person.pk, given=given, by=Actor(ActorKind.LINK)
        )
    settle()
    assert letters(NOOR)[before:] == [("belated_signature", "sent")]
    assert f"/sessions/{session.ref}/signing/" in last(NOOR).text

    now.at += timedelta(days=1)
    for belated in BelatedSignature.objects.all():
        actions.decide_belated(belated_id=belated.pk, counts=True, by=cast.actor(cast.noor))
    settle()
    assert letters(NOOR)[before:] == [("belated_signature", "sent")], "one a day at most"
