"""Signatures that waited on a device without network."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cordee.attendance import actions, queries, rules
from cordee.attendance.actions import Device, Given
from cordee.attendance.models import BelatedSignature, Signature
from cordee.attendance.rules import Ink
from cordee.attendance.states import PresenceState, Way
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.refusals import Refused
from cordee.planning import actions as planning
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import AFTER, DURING, confirm, enrol, plan

pytestmark = pytest.mark.django_db
GUEST = Actor(ActorKind.LINK)


@pytest.fixture
def told(cast: Cast, now: MovableClock) -> Any:
    """Return a session under way, Ana and Bo on its list, and what Ana's phone kept at ten."""
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    ana, bo = enrol(cast, session, "Ana", "Bo")
    now.move_to(DURING)
    return session, session.half_days.get(), ana, bo


def given(way: Way = Way.OWN_LINK, **device: Any) -> Given:
    return Given(key=uuid4(), ink=Ink(typed_name="Ana N"), way=way, device=Device(at=clock.now(), **device))


def freeze(cast: Cast, half_day: Any, *people: Any) -> None:
    states = {p.pk: PresenceState.PRESENT for p in people}
    actions.record_presence(half_day_id=half_day.pk, states=states, by=cast.actor(cast.noor))
    actions.countersign(
        half_day_id=half_day.pk, given=given(Way.ACCOUNT), despite_unsigned=True, by=cast.actor(cast.noor)
    )


def send(half_day: Any, person: Any, kept: Given, **more: Any) -> Signature | BelatedSignature:
    return actions.sign_belated(
        half_day_id=half_day.pk, enrolment_id=person.pk, given=kept, **({"by": GUEST} | more)
    )


def test_while_the_half_day_goes_on_it_is_a_signature(told: Any) -> None:
    _session, half_day, ana, _bo = told
    kept = given()
    assert isinstance(send(half_day, ana, kept), Signature)
    assert send(half_day, ana, kept) == Signature.objects.get(), "sent again, it is the same one"


def test_after_the_half_day_it_is_a_question(told: Any, now: MovableClock) -> None:
    session, half_day, ana, _bo = told
    kept = given()
    now.move_to(AFTER)
    belated = send(half_day, ana, kept)
    assert isinstance(belated, BelatedSignature)
    assert belated.device_at == kept.device.at
    assert send(half_day, ana, kept) == belated, "sent again, it is the same question"
    assert not Signature.objects.exists()
    assert queries.belated_to_decide([session.pk]) == [belated]


def test_what_a_device_says_was_given_too_late_is_refused(told: Any, now: MovableClock) -> None:
    _session, half_day, ana, _bo = told
    now.move_to(AFTER)
    with pytest.raises(Refused) as refused:
        send(half_day, ana, given())
    assert [b.code for b in refused.value.blockers] == ["too_late_to_sign"]
    assert not BelatedSignature.objects.exists()


def test_on_the_phone_of_the_facilitator_it_is_late_with_its_reason(
    told: Any, cast: Cast, now: MovableClock
) -> None:
    _session, half_day, ana, _bo = told
    kept = given(Way.HANDED_ROUND)
    now.move_to(AFTER)
    signature = send(half_day, ana, kept, by=cast.actor(cast.noor))
    assert isinstance(signature, Signature)
    assert signature.late_because


def test_a_countersigned_half_day_does_not_change_silently(told: Any, cast: Cast) -> None:
    session, half_day, ana, bo = told
    kept = given(Way.HANDED_ROUND)
    freeze(cast, half_day, ana, bo)
    belated = send(half_day, ana, kept, by=cast.actor(cast.noor))
    assert isinstance(belated, BelatedSignature)
    assert queries.is_frozen(half_day)

    actions.decide_belated(belated_id=belated.pk, counts=True, by=cast.actor(cast.noor))
    assert not queries.is_frozen(half_day), "opened again, to be countersigned anew"
    signature = Signature.objects.get(enrolment=ana)
    assert (signature.key, signature.device_at) == (kept.key, kept.device.at)
    assert signature.signed_at == belated.arrived_at
    assert queries.belated_to_decide([session.pk]) == []


def test_one_that_does_not_count_changes_nothing(told: Any, cast: Cast) -> None:
    session, half_day, ana, bo = told
    kept = given()
    freeze(cast, half_day, ana, bo)
    belated = send(half_day, ana, kept)
    actions.decide_belated(belated_id=belated.pk, counts=False, by=cast.actor(cast.noor))
    assert queries.is_frozen(half_day)
    assert not Signature.objects.filter(enrolment=ana).exists()
    assert queries.belated_to_decide([session.pk]) == []
    with pytest.raises(Refused) as refused:
        actions.decide_belated(belated_id=belated.pk, counts=True, by=cast.actor(cast.noor))
    assert [b.code for b in refused.value.blockers] == ["already_decided"]


def test_who_does_not_run_the_session_decides_nothing(told: Any, cast: Cast, now: MovableClock) -> None:
    _session, half_day, ana, _bo = told
    kept = given()
    now.move_to(AFTER)
    belated = send(half_day, ana, kept)
    with pytest.raises(Refused) as refused:
        actions.decide_belated(belated_id=belated.pk, counts=True, by=cast.actor(cast.elodie))
    assert [b.code for b in refused.value.blockers] == ["not_on_session"]


def test_who_signed_meanwhile_has_signed_once(told: Any, cast: Cast, now: MovableClock) -> None:
    _session, half_day, ana, _bo = told
    kept = given()
    other = given()
    first = actions.sign(half_day_id=half_day.pk, enrolment_id=ana.pk, given=other, by=GUEST)
    now.move_to(AFTER)
    assert send(half_day, ana, kept) == first
    assert not BelatedSignature.objects.exists()


def test_a_pass_that_ran_out_makes_it_a_question(told: Any) -> None:
    _session, half_day, ana, _bo = told
    assert isinstance(send(half_day, ana, given(Way.CODE), ask=True), BelatedSignature)


def test_of_a_session_that_was_cancelled_nothing_is_kept(told: Any, cast: Cast, now: MovableClock) -> None:
    session, half_day, ana, _bo = told
    kept = given()
    now.move_to(AFTER)
    planning.cancel_session(session_id=session.pk, reason="storm", by=cast.actor(cast.olga))
    with pytest.raises(Refused):
        send(half_day, ana, kept)


def test_the_clock_of_the_device_has_its_bounds(told: Any) -> None:
    _session, half_day, _ana, _bo = told
    minute = timedelta(minutes=1)
    opens = half_day.starts_at - timedelta(minutes=15)
    assert rules.was_given_in_time(half_day, opens)
    assert rules.was_given_in_time(half_day, half_day.ends_at)
    assert not rules.was_given_in_time(half_day, opens - minute)
    assert not rules.was_given_in_time(half_day, half_day.ends_at + minute)
