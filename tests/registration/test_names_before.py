"""Registrations that were known by their address alone are known by address and name, as they are compared now."""

import pytest

from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.kernel.names import name_key
from cordee.registration import actions
from cordee.registration.models import Registration
from tests.cast import Cast
from tests.migrating import before
from tests.steps import plan


@pytest.mark.django_db(transaction=True)
def test_names_are_written_as_they_are_compared(cast: Cast) -> None:
    (session,) = plan(cast)
    invitation = actions.open_registration(session_id=session.pk, by=COMMAND)
    somebody = Person(email="bo@x.example", first_name="Bo", last_name="N")
    actions.ask(invitation_id=invitation.pk, person=somebody, by=COMMAND)
    with before("registration", "0001_initial") as apps:
        apps.get_model("registration", "Registration").objects.update(
            first_name="BÔ-Lou", last_name="N’Diaye"
        )
    assert Registration.objects.get().name_key == name_key("bô lou", "n'diaye") != ""
