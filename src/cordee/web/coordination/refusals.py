"""Refusals with their way out: what the rule said, and where to go to put it right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker
from cordee.missions.models import Mission
from cordee.web.addresses import address
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Told:
    """A blocker as the refusal component takes it."""

    message: str
    fix: str
    turn: str
    fix_url: str = ""


def with_ways_out(blockers: Iterable[Blocker], urls: Mapping[str, str]) -> list[Told]:
    """Return the blockers with the address of their fix, where one of `urls` (by code) leads to it."""
    return [Told(b.message, b.fix, b.turn, urls.get(b.code, "")) for b in blockers]


def way_to_reopen(request: Request, mission: Mission) -> dict[str, str]:
    """Return the way out of a closed mission, for those who may reopen it."""
    may = request.viewer.actor.may(Permission.REOPEN_MISSIONS)
    return {"mission_closed": address("reopen_mission", mission.ref)} if may else {}
