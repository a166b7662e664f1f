"""Boards that stood on the missions are carried to a table of their own, and back."""

from datetime import date

import pytest

from cordee.closure.models import Board
from cordee.closure.states import NOTHING_DUE
from cordee.conformity.steps import PROVEN
from cordee.fees.steps import REQUESTED
from cordee.missions.steps import ORDERED
from cordee.planning.steps import HELD, PLANNED
from tests.cast import Cast
from tests.migrating import before
from tests.steps import board_of


@pytest.mark.django_db(transaction=True)
def test_a_board_is_carried_over(cast: Cast) -> None:
    Board.objects.filter(pk=cast.mission.pk).update(counts={"ordered": 4, "planned": 3})
    with before("closure", None) as apps:
        missions = apps.get_model("missions", "Mission").objects
        assert missions.values_list("ordered", "planned", "held").get(pk=cast.mission.pk) == (4, 3, 0)
        missions.filter(pk=cast.mission.pk).update(
            due_on=date(2027, 1, 11),
            next_step="sessions_missing",
            first_day=date(2027, 1, 14),
            last_day=date(2027, 1, 20),
            ordered=9,
            planned=8,
            held=7,
            proven=6,
            requested=5,
        )
        missions.filter(pk=cast.other_mission.pk).update(due_on=NOTHING_DUE, next_step="", ordered=2)
    board, other = board_of(cast.mission), board_of(cast.other_mission)
    counts = [board.counts[count] for count in (ORDERED, PLANNED, HELD, PROVEN, REQUESTED)]
    assert counts == [9, 8, 7, 6, 5]
    assert (board.due_on, board.next_step) == (date(2027, 1, 11), "sessions_missing")
    assert (board.first_day, board.last_day) == (date(2027, 1, 14), date(2027, 1, 20))
    assert (other.due_on, other.next_step, other.first_day) == (NOTHING_DUE, "", None)
