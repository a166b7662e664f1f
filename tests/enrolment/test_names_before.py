"""People who were known by their address alone are known by address and name, as they are compared now."""

import pytest

from cordee.enrolment.models import Participant
from cordee.kernel.names import name_key
from tests.cast import Cast
from tests.migrating import before
from tests.steps import enrol, plan


@pytest.mark.django_db(transaction=True)
def test_names_are_written_as_they_are_compared(cast: Cast) -> None:
    (session,) = plan(cast)
    enrol(cast, session, "Zoe", "Ana")
    with before("enrolment", "0002_lists_and_groups") as apps:
        people = apps.get_model("enrolment", "Participant").objects
        people.filter(first_name="Zoe").update(first_name="ZOÉ-Lou", last_name="d’Été")
        people.create(client_id=cast.valmont.pk, email="", first_name="", last_name="Seul")
    keys = dict(Participant.objects.values_list("last_name", "name_key"))
    assert keys["d’Été"] == name_key("zoé lou", "D'ÉTÉ") != ""
    assert keys["Seul"] == name_key("", "Seul")
    assert keys["N"] == name_key("Ana", "N")
