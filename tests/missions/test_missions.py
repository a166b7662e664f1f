"""Opening missions, naming coordinators, finding them again."""

import pytest

from cordee.accounts import actions as accounts
from cordee.clients import actions as clients
from cordee.clients.rules import ClientChanges
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.missions import actions, queries
from cordee.missions.facts import CoordinatorNamed, MissionOpened
from cordee.missions.models import Mission
from cordee.missions.queries import MissionFilter
from cordee.missions.rules import OrderChanges, can_run, may_see
from cordee.network import actions as network
from cordee.network.rules import FacilitatorChanges
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import closed, told


def test_a_mission_delivers_one_order_and_is_opened_once(cast: Cast) -> None:
    again = actions.open_mission(order_id=cast.mission.order_id, by=cast.actor(cast.olga))
    assert again.pk == cast.mission.pk
    assert cast.mission.ref == "M-2027-0001"
    assert len(told(MissionOpened)) == 2, "one for each of the two missions of the cast"


def test_naming_the_coordinator_twice_is_one_fact(cast: Cast) -> None:
    for _ in range(2):
        actions.name_coordinator(
            mission_id=cast.mission.pk, facilitator_id=cast.noor.pk, by=cast.actor(cast.olga)
        )
    assert [entry["before_id"] for entry in told(CoordinatorNamed)] == [None, None, cast.camille.pk]


def test_only_operations_name_the_coordinator(cast: Cast) -> None:
    for person in (cast.farid, cast.ada, cast.camille):
        with refused("not_operations"):
            actions.name_coordinator(
                mission_id=cast.mission.pk, facilitator_id=cast.noor.pk, by=cast.actor(person)
            )


def test_a_coordinator_is_active_and_allowed_to_coordinate(cast: Cast) -> None:
    network.change_facilitator(
        facilitator_id=cast.noor.pk, changes=FacilitatorChanges(can_coordinate=False), by=COMMAND
    )
    accounts.suspend(user_id=cast.idris.user_id, by=COMMAND)
    for facilitator in (cast.noor, cast.idris):
        with refused("not_a_coordinator", turn=Turn.OPERATIONS) as blockers:
            actions.name_coordinator(mission_id=cast.mission.pk, facilitator_id=facilitator.pk, by=COMMAND)
        assert facilitator.full_name in blockers[0].message


def test_a_closed_mission_keeps_its_coordinator(cast: Cast, now: MovableClock, settle: object) -> None:
    closed(cast, now, settle)
    with refused("mission_closed"):
        actions.name_coordinator(mission_id=cast.mission.pk, facilitator_id=cast.dan.pk, by=COMMAND)
    assert actions.close(mission_id=cast.mission.pk, by=COMMAND) is False


def test_being_coordinator_of_one_mission_gives_no_right_on_another(cast: Cast) -> None:
    mission = queries.mission(cast.mission.pk)
    assert mission
    rights = {
        person: (
            may_see(mission, cast.actor(getattr(cast, person))),
            can_run(mission, cast.actor(getattr(cast, person))),
        )
        for person in ("olga", "farid", "quitterie", "ada", "camille", "dan", "noor")
    }
    assert rights == {
        "olga": (True, True),
        "farid": (True, False),
        "quitterie": (True, False),
        "ada": (True, False),
        "camille": (True, True),
        "dan": (False, False),
        "noor": (False, False),
    }


def found(search: str = "", **values: object) -> set[str]:
    wanted = MissionFilter(search=search, **values)  # type: ignore[arg-type]
    return {mission.ref for mission in queries.missions(wanted)}


@pytest.mark.parametrize("search", ["M-2027-0001", "m-2027-0001", "valmont camille", "rousset", "4 ateliers"])
def test_a_mission_is_found_by_what_people_remember_of_it(cast: Cast, search: str) -> None:
    assert found(search) == {"M-2027-0001"}


def test_every_word_counts(cast: Cast) -> None:
    assert found("valmont") == {"M-2027-0001", "M-2027-0002"}
    assert found("valmont nowhere") == set()
    assert found("M-2027") == {"M-2027-0001", "M-2027-0002"}


def test_search_follows_the_coordinator_and_the_title(cast: Cast) -> None:
    actions.name_coordinator(mission_id=cast.mission.pk, facilitator_id=cast.noor.pk, by=COMMAND)
    actions.change_order(
        order_id=cast.mission.order_id,
        changes=OrderChanges(title="Rentrée"),
        expected_version=None,
        by=COMMAND,
    )
    assert found("camille") == set()
    assert found("noor rentree") == {"M-2027-0001"}


def test_search_follows_the_clients_name(cast: Cast, settle: object) -> None:
    clients.change_client(
        client_id=cast.valmont.pk, changes=ClientChanges(name="Métropole"), expected_version=None, by=COMMAND
    )
    settle()  # type: ignore[operator]
    assert found("metropole") == {"M-2027-0001", "M-2027-0002"}
    assert found("ville") == set()


def test_lists_can_be_narrowed(cast: Cast) -> None:
    assert found(coordinator_id=cast.dan.pk) == {"M-2027-0002"}
    assert found(status="closed") == set()
    assert found(sector="public_body") == {"M-2027-0001", "M-2027-0002"}
    assert found(sector="company") == set()


def test_references_are_read_together(cast: Cast) -> None:
    assert queries.refs([cast.mission.pk, 0]) == {cast.mission.pk: "M-2027-0001"}
    assert Mission.objects.count() == 2
