"""A mission closes by itself when nothing is missing; its board follows everything that happens to it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cordee.catalogue.facts import FeeRatesChanged
from cordee.closure import actions, queries
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.kernel.steps import StepCode


def subscribe() -> None:
    moving = tuple(fact for fact in journal.fact_types().values() if fact.moves_mission)
    journal.subscribe("closure", moving, _follow, follows=_("Closing the mission, or what lists say of it"))
    journal.subscribe(
        "closure-after-rates",
        (FeeRatesChanged,),
        _look_again,
        follows=_("Closing the missions that waited for a fee"),
    )


def _follow(entry: Recorded[Any]) -> None:
    if entry.mission_id:
        actions.close_if_complete(mission_id=entry.mission_id)


def _look_again(_entry: Recorded[FeeRatesChanged]) -> None:
    """Look again at the missions that only waited for the fee schedule to be completed."""
    for mission_id in queries.waiting_for(StepCode.NO_COORDINATION_FEE):
        actions.close_if_complete(mission_id=mission_id)
