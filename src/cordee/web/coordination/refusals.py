"""Refusals with their way out: what the rule said, and where to go to put it right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cordee.kernel.refusals import Blocker


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
