"""The contact of a school confirms a session without a list: through the link, or on paper."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from cordee.attendance import actions, queries
from cordee.attendance.actions import Device, Given
from cordee.attendance.facts import DeliveryConfirmed, HeadcountRecorded
from cordee.attendance.models import DeliveryConfirmation
from cordee.attendance.rules import Delivered, Ink
from cordee.attendance.states import Way
from cordee.clients.models import Contact
from cordee.clients.states import Sector
from cordee.kernel.actor import Actor, ActorKind
from cordee.mail.models import Message
from cordee.missions.models import Order
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, DURING, enrol, plan, told

BY_LINK = Actor(ActorKind.LINK, link_id=7)


@pytest.fixture
def session(cast: Cast) -> Session:
    Order.objects.filter(pk=cast.mission.order_id).update(sector=Sector.EDUCATION)
    return plan(cast, cast.noor)[0]


def said(**changes: Any) -> Delivered:
    whole = {"class_name": "2de B", "present": 24, "name": "Myriam Attali", "function": "Proviseure adjointe"}
    return Delivered(**{**whole, **changes})


def signature(key: UUID | None = None, **ink: Any) -> Given:
    drawn = {"strokes": (((10, 10, 0), (200, 80, 40), (320, 20, 90)),)}
    device = Device(name="Firefox on a phone", address="198.51.100.7")
    return Given(key=key or uuid4(), ink=Ink(**(ink or drawn)), way=Way.OWN_LINK, device=device)


def confirm(session: Session, given: Given | None = None, **changes: Any) -> DeliveryConfirmation:
    return actions.confirm_delivery(
        session_id=session.pk, said=said(**changes), given=given or signature(), by=BY_LINK
    )


def test_a_school_confirms_and_so_counts_who_was_there(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(AFTER)
    made = confirm(session)
    assert (made.class_name, made.present, made.link_id, made.address) == ("2de B", 24, 7, "198.51.100.7")
    assert made.statement.content["class"] == "2de B"
    assert made.statement.content["half_days"][0]["starts"] == "09:00"
    assert [(f["present"], f["on_paper"]) for f in told(DeliveryConfirmed)] == [(24, False)]
    assert [f["present"] for f in told(HeadcountRecorded)] == [24]
    assert queries.proven_sessions([session.pk]) == {session.pk}


def test_what_was_counted_stays(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(AFTER)
    half_day = session.half_days.get()
    actions.record_headcount(half_day_id=half_day.pk, present=22, by=cast.actor(cast.noor))
    confirm(session)
    assert [f["present"] for f in told(HeadcountRecorded)] == [22]


def test_what_comes_twice_is_one(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(AFTER)
    given = signature()
    assert confirm(session, given).pk == confirm(session, given).pk
    with refused("confirmed_already"):
        confirm(session)


@pytest.mark.parametrize("field", ["class_name", "name", "function"])
def test_all_of_it_is_said(cast: Cast, session: Session, now: MovableClock, field: str) -> None:
    now.move_to(AFTER)
    with refused("not_whole") as blockers:
        confirm(session, **{field: " "})
    assert blockers[0].field == field
    with refused("nobody_came"):
        confirm(session, present=0)
    with refused("nothing_signed"):
        confirm(session, signature(typed_name=" "))


def test_not_before_it_is_over_nor_once_it_is_cancelled(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    with refused("not_over"):
        confirm(session)


def test_a_cancelled_session_is_not_confirmed(cast: Cast, session: Session, now: MovableClock) -> None:
    planning.cancel_session(session_id=session.pk, reason="Grève", by=cast.actor(cast.camille))
    now.move_to(AFTER)
    with refused("session_cancelled"):
        confirm(session)


def test_where_there_is_a_list_people_sign(cast: Cast, session: Session, now: MovableClock) -> None:
    enrol(cast, session, "Ana")
    now.move_to(AFTER)
    with refused("list_is_kept"):
        confirm(session)


def test_outside_education_nobody_confirms_for_others(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    now.move_to(AFTER)
    with refused("list_is_kept"):
        confirm(session)


def test_paper_is_told_by_who_ran_it_and_puts_right_what_was_confirmed(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(AFTER)
    first = confirm(session)
    paper = {"session_id": session.pk, "said": said(present=25), "key": uuid4()}
    with refused("not_on_session"):
        actions.confirm_delivery_on_paper(**paper, by=cast.actor(cast.elodie))
    made = actions.confirm_delivery_on_paper(**paper, by=cast.actor(cast.noor))
    assert actions.confirm_delivery_on_paper(**paper, by=cast.actor(cast.noor)) == made
    assert (made.replaces, made.on_paper, made.user_id) == (first, True, cast.noor.user_id)
    assert queries.delivery(session.pk) == made
    assert DeliveryConfirmation.objects.count() == 2


def test_the_contact_is_asked_once_when_it_is_over(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    now.move_to(DURING)
    half_day = session.half_days.get()
    for present in (20, 22):
        actions.record_headcount(half_day_id=half_day.pk, present=present, by=cast.actor(cast.noor))
        settle()
    (message,) = Message.objects.filter(purpose="delivery")
    assert (message.to_email, message.state, message.due_at) == (
        cast.contact.email,
        "queued",
        session.ends_at,
    )
    assert "/s/" in message.text
    now.move_to(AFTER)
    confirm(session)
    settle()
    message.refresh_from_db()
    assert message.state in {"cancelled", "sent"}
    assert Message.objects.filter(purpose="delivery").count() == 1


@pytest.mark.parametrize("contact", [True, False])
def test_nobody_is_asked_where_nobody_could_answer(
    cast: Cast, session: Session, now: MovableClock, settle: Any, *, contact: bool
) -> None:
    if contact:
        Contact.objects.filter(pk=cast.contact.pk).update(email="")
    else:
        Order.objects.filter(pk=cast.mission.order_id).update(contact=None)
    now.move_to(AFTER)
    half_day = session.half_days.get()
    actions.record_headcount(half_day_id=half_day.pk, present=20, by=cast.actor(cast.noor))
    settle()
    assert not Message.objects.filter(purpose="delivery").exists()
