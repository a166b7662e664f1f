"""A session of two places on which people may register themselves."""

from collections.abc import Callable

import pytest

from cordee.enrolment.rules import Person
from cordee.kernel.actor import Actor, ActorKind
from cordee.planning.models import Session
from cordee.registration import actions
from cordee.registration.models import Invitation, Registration
from tests.cast import Cast
from tests.steps import plan

BY_LINK = Actor(ActorKind.LINK)
type Ask = Callable[..., Registration]


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, cast.noor, capacity=2)[0]


@pytest.fixture
def invitation(cast: Cast, session: Session) -> Invitation:
    return actions.open_registration(session_id=session.pk, by=cast.actor(cast.camille))


@pytest.fixture
def ask(invitation: Invitation) -> Ask:
    """Return a way to have somebody register, by first name."""

    def register(name: str, **details: str) -> Registration:
        email = f"{name.lower()}@valmont.example"
        person = Person(email=email, first_name=name, last_name="N", details=details)
        actions.ask(invitation_id=invitation.pk, person=person, by=BY_LINK)
        return Registration.objects.get(email=email)

    return register


@pytest.fixture
def come(ask: Ask) -> Callable[..., list[Registration]]:
    """Return a way to have people register and confirm, in this order."""

    def register(*names: str) -> list[Registration]:
        return [actions.confirm(registration_id=ask(name).pk, by=BY_LINK) for name in names]

    return register
