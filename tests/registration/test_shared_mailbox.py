"""Several people register with one address, each for themselves; strangers write nothing to it."""

from collections.abc import Callable

import pytest

from cordee.enrolment import queries as lists
from cordee.enrolment.rules import Person
from cordee.mail.models import Message
from cordee.planning.models import Session
from cordee.registration import actions, queries
from cordee.registration.facts import RegistrationAsked
from cordee.registration.models import Invitation, Registration
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.registration.conftest import BY_LINK
from tests.steps import DURING, told

DESK = "desk@x.example"


def ask(invitation: Invitation, *names: str) -> None:
    for name in names:
        person = Person(email=DESK, first_name=name, last_name="Li")
        actions.ask(invitation_id=invitation.pk, person=person, by=BY_LINK)


def test_each_is_a_registration_and_the_mailbox_is_not_flooded(
    invitation: Invitation, session: Session
) -> None:
    Session.objects.filter(pk=session.pk).update(capacity=9)
    ask(invitation, "Ana", "Bo", "Cy", "Dan", "Eva", "ANA")
    assert len(told(RegistrationAsked)) == 3
    everybody = queries.of_mailbox(invitation, DESK)
    assert [r.first_name for r in everybody] == ["Ana", "Bo", "Cy", "Dan", "Eva"]
    for one in everybody:
        actions.confirm(registration_id=one.pk, by=BY_LINK)
    assert len(lists.enrolments(session.pk)) == 5
    assert Registration.objects.values("enrolment_id").distinct().count() == 5


def test_nothing_a_stranger_typed_is_written_to_an_address_nobody_confirmed(
    invitation: Invitation, settle: Callable[[], None]
) -> None:
    ask(invitation, "Gagnez un lot")
    settle()
    letter = Message.objects.get(to_email=DESK)
    assert "Gagnez" not in f"{letter.subject} {letter.text} {letter.html} {letter.to_name}"
    assert "Bonjour," in letter.text


@pytest.mark.parametrize("name", ["http://evil.example/win", "www.evil.example"])
def test_an_address_of_the_web_is_refused_as_a_name(
    invitation: Invitation, now: MovableClock, name: str
) -> None:
    with refused("web_address"):
        ask(invitation, name)
    now.move_to(DURING)
    with refused("web_address"):
        actions.walk_in(
            invitation_id=invitation.pk, person=Person(first_name="Ana", last_name=name), by=BY_LINK
        )


def test_who_registered_gives_up_the_place_and_the_next_comes_in(
    come: Callable[..., list[Registration]], session: Session, settle: Callable[[], None], now: MovableClock
) -> None:
    ana, _bo, cy = come("Ana", "Bo", "Cy")
    for _ in range(2):
        actions.leave(registration_id=ana.pk, by=BY_LINK)
    settle()
    ana.refresh_from_db()
    cy.refresh_from_db()
    assert (ana.state, cy.state) == ("left", "admitted")
    now.move_to(DURING)
    with refused("already_started"):
        actions.leave(registration_id=cy.pk, by=BY_LINK)
