"""Facilitators and coordinators: asked once for each invitation, told of changes, and when not expected."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import resolve

from cordee.accounts import actions as accounts
from cordee.kernel.actor import COMMAND
from cordee.links.queries import live_link
from cordee.network.models import Facilitator
from cordee.notifications.staff import ANSWER_LINK
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.states import AssignmentStatus
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.notifications.letters import events, last, letters
from tests.steps import AFTER, DURING, confirm, place_of, plan

NOOR = "noor@reseau.example"
CAMILLE = "camille@reseau.example"
INVITED, CONFIRMED, DECLINED, WITHDRAWN = AssignmentStatus
type Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


def set_status(
    cast: Cast, session: Session, status: AssignmentStatus, by: Facilitator, reason: str = ""
) -> None:
    planning.set_status(
        assignment_id=place_of(session, cast.noor).pk, status=status, reason=reason, by=cast.actor(by)
    )


def move(session: Session, day: date = date(2027, 1, 15)) -> None:
    planning.change_session(session_id=session.pk, draft=draft(day), expected_version=None, by=COMMAND)


def test_who_is_invited_is_asked_with_a_link_that_answers(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast, cast.noor)
    settle()
    assert letters(NOOR) == [("staffing_request", "sent")]
    message = last(NOOR)
    for told in (
        "Noor",
        "Camille Rousset",
        "Ville de Valmont",
        "jeudi 14 janvier 2027",
        "salle des mariages",
    ):
        assert told in message.text, told
    assert message.reply_to == CAMILLE
    assert message.calendar == "", "it is a question yet"
    found = re.search(r"https?://[^/\s]+(/\S+)", message.text)
    assert found is not None
    match = resolve(found[1])
    assert match.url_name == "answer"
    link = live_link(match.kwargs["token"], purpose=ANSWER_LINK)
    assert link is not None
    assert link.subject_id == place_of(session, cast.noor).pk


def test_who_puts_themselves_on_is_not_asked(cast: Cast, settle: Settle) -> None:
    plan(cast, cast.camille)
    settle()
    assert letters(CAMILLE) == []


def test_who_joins_after_a_change_is_not_told_of_it(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast)
    move(session)
    settle()
    planning.put_on(session_id=session.pk, facilitator_id=cast.camille.pk, by=cast.actor(cast.camille))
    planning.put_on(session_id=session.pk, facilitator_id=cast.noor.pk, by=cast.actor(cast.camille))
    settle()
    assert letters(CAMILLE) == []
    assert letters(NOOR) == [("staffing_request", "sent")]


def test_a_change_reaches_those_who_were_asked_and_those_who_put_themselves_on(
    cast: Cast, settle: Settle
) -> None:
    (session,) = plan(cast, cast.camille, cast.noor)
    settle()
    move(session)
    settle()
    assert letters(NOOR) == [("staffing_request", "sent"), ("staffing_changed", "sent")]
    assert letters(CAMILLE) == [("staffing_changed", "sent")]
    (event,) = events(last(NOOR))
    assert str(event["status"]) == "CONFIRMED"
    confirm(cast, session, cast.noor)
    settle()
    assert len(letters()) == 3, "an answer is not a change"


def test_a_new_title_is_told_to_nobody(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast, cast.camille, cast.noor)
    settle()
    planning.change_session(
        session_id=session.pk, draft=draft(title="Autre"), expected_version=None, by=COMMAND
    )
    settle()
    assert letters() == [("staffing_request", "sent")]


def test_changed_before_the_request_left_it_is_still_a_request(
    cast: Cast, settle: Settle, settings: Any
) -> None:
    settings.DEMO = False
    (session,) = plan(cast, cast.noor)
    settle()
    move(session)
    settle()
    settings.DEMO = True
    settle()
    assert letters(NOOR) == [("staffing_request", "cancelled"), ("staffing_request", "sent")]
    assert "vendredi 15 janvier 2027" in last(NOOR).text


def test_withdrawn_is_told_once_and_invited_again_is_asked_again(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast, cast.noor)
    settle()
    set_status(cast, session, WITHDRAWN, cast.camille, reason="Groupe plus petit")
    settle()
    assert letters(NOOR)[1:] == [("staffing_cancelled", "sent")]
    assert "Groupe plus petit" in last(NOOR).text
    (off,) = events(last(NOOR))
    assert str(off["status"]) == "CANCELLED"
    set_status(cast, session, INVITED, cast.camille)
    settle()
    assert letters(NOOR)[2:] == [("staffing_request", "sent")]


def test_withdrawn_before_the_request_left_nothing_leaves(cast: Cast, settle: Settle, settings: Any) -> None:
    settings.DEMO = False
    (session,) = plan(cast, cast.noor)
    settle()
    set_status(cast, session, WITHDRAWN, cast.camille)
    settle()
    settings.DEMO = True
    settle()
    assert letters(NOOR) == [("staffing_request", "cancelled")]


def test_a_cancelled_session_is_told_to_who_was_expected(cast: Cast, settle: Settle) -> None:
    first, second = plan(cast, cast.noor, cast.elodie, count=2)
    settle()
    planning.set_status(
        assignment_id=place_of(second, cast.elodie).pk, status=DECLINED, by=cast.actor(cast.elodie)
    )
    for session in (first, second):
        planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    settle()
    assert letters(NOOR)[1:] == [("staffing_cancelled", "sent")]
    assert "Grève" in last(NOOR).text
    assert letters("elodie@reseau.example") == [("staffing_request", "sent")], "she said no already"


def test_a_refusal_reaches_the_coordinator_with_its_reason(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast, cast.noor)
    settle()
    set_status(cast, session, DECLINED, cast.noor, reason="Déjà prise ce jour-là")
    settle()
    assert letters(CAMILLE) == [("staffing_declined", "sent")]
    message = last(CAMILLE)
    assert "Noor van den Berg" in message.subject
    assert "Déjà prise ce jour-là" in message.text
    assert f"/sessions/{session.ref}/" in message.text
    assert message.session_id == session.pk


def test_a_refusal_that_the_coordinator_noted_is_not_told_to_them(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast, cast.noor)
    settle()
    set_status(cast, session, DECLINED, cast.camille)
    settle()
    assert letters(CAMILLE) == []


def test_each_refusal_is_told_once(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast, cast.noor)
    settle()
    for _ in range(2):
        set_status(cast, session, DECLINED, cast.noor)
        settle()
        set_status(cast, session, INVITED, cast.camille)
        settle()
    assert letters(CAMILLE) == [("staffing_declined", "sent")] * 2


def test_once_begun_nothing_is_written(cast: Cast, settle: Settle, now: MovableClock) -> None:
    (session,) = plan(cast)
    now.move_to(DURING)
    planning.put_on(session_id=session.pk, facilitator_id=cast.noor.pk, by=cast.actor(cast.camille))
    now.move_to(AFTER)
    set_status(cast, session, CONFIRMED, cast.camille)
    settle()
    assert letters() == []


def test_the_mail_speaks_the_persons_language(cast: Cast, settle: Settle) -> None:
    accounts.set_language(user_id=cast.noor.user_id, language="en")
    plan(cast, cast.noor)
    settle()
    message = last(NOOR)
    assert (message.language, message.subject) == (
        "en",
        "Can you run “Atelier” on Thursday, 14 January 2027?",
    )
    assert "no password is needed" in message.text
