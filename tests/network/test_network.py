"""The network of facilitators."""

from cordee.accounts import actions as accounts
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.network import actions, queries
from cordee.network.facts import FacilitatorChanged, FacilitatorInvited
from cordee.network.models import Facilitator
from cordee.network.rules import FacilitatorChanges
from tests.cast import Cast
from tests.refusals import refused
from tests.steps import told


def test_operations_and_administrators_invite_facilitators(cast: Cast) -> None:
    for n, person in enumerate((cast.olga, cast.ada)):
        facilitator = actions.invite_facilitator(
            email=f"Lou{n}@Reseau.example", first_name="Lou", last_name="Œil", by=cast.actor(person)
        )
        assert facilitator.user.email == f"lou{n}@reseau.example"
        assert told(FacilitatorInvited)[-1] == {
            "facilitator_id": facilitator.pk,
            "account_id": facilitator.user_id,
        }
    assert queries.facilitators("lou oeil").count() == 2


def test_nobody_else_does(cast: Cast) -> None:
    for person in (cast.farid, cast.quitterie, cast.camille):
        by = cast.actor(person)
        with refused("not_operations", turn=Turn.OPERATIONS):
            actions.invite_facilitator(email="a@b.fr", first_name="A", last_name="B", by=by)
        with refused("not_operations"):
            actions.change_facilitator(
                facilitator_id=cast.noor.pk, changes=FacilitatorChanges(city="X"), by=by
            )


def test_an_address_known_to_the_house_is_refused(cast: Cast) -> None:
    with refused("email_known"):
        actions.invite_facilitator(
            email="olga@cordee-formation.example", first_name="O", last_name="P", by=COMMAND
        )
    assert Facilitator.objects.count() == 5


def test_facilitators_are_found_by_name_address_or_city(cast: Cast) -> None:
    actions.change_facilitator(
        facilitator_id=cast.elodie.pk, changes=FacilitatorChanges(city="Évry"), by=COMMAND
    )
    for search in ("elodie", "Élodie martin", "evry", "@reseau elodie"):
        assert list(queries.facilitators(search)) == [cast.elodie], search
    assert told(FacilitatorChanged)[-1]["fields"] == ["city"]


def test_who_left_is_not_proposed_any_more(cast: Cast) -> None:
    actions.change_facilitator(
        facilitator_id=cast.idris.pk, changes=FacilitatorChanges(is_active=False), by=COMMAND
    )
    accounts.suspend(user_id=cast.elodie.user_id, by=COMMAND)
    actions.change_facilitator(
        facilitator_id=cast.noor.pk, changes=FacilitatorChanges(can_coordinate=False), by=COMMAND
    )
    assert {f.pk for f in queries.facilitators()} == {cast.camille.pk, cast.noor.pk, cast.dan.pk}
    assert {f.pk for f in queries.coordinators()} == {cast.camille.pk, cast.dan.pk}
    assert queries.facilitators(active_only=False).count() == 5
    assert queries.facilitator_id_of(cast.idris.user_id) is None
    assert queries.facilitator_id_of(cast.noor.user_id) == cast.noor.pk


def test_names_are_read_together(cast: Cast) -> None:
    assert queries.names([cast.noor.pk, cast.dan.pk, 0]) == {
        cast.noor.pk: "Noor van den Berg",
        cast.dan.pk: "Dan Cohen",
    }
