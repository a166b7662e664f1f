"""Which facts exist, and who listens to which. Filled while the rooms are loaded, then only read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cordee.kernel.facts import Fact


@dataclass(frozen=True, slots=True)
class Recorded[F: Fact]:
    """A fact as it stands in the journal: what, when (UTC), on which mission, by whom."""

    entry_id: int
    at: datetime
    fact: F
    mission_id: int | None
    user_id: int | None


type Handler = Callable[[Recorded[Any]], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One listener: safe to run twice with the same entry."""

    name: str
    facts: tuple[type[Fact], ...]
    handler: Handler
    follows: object = ""
    """What it does, for people to read when it did not: a sentence as `str`, in their language."""


_subscriptions: dict[str, Subscription] = {}


def subscribe(name: str, facts: tuple[type[Fact], ...], handler: Handler, *, follows: object = "") -> None:
    """Have `handler` called, after the commit and at least once,
    for every entry whose fact is one of `facts`. `follows` says in people's words what it does.
    """
    if name in _subscriptions:
        raise ValueError(f"two subscribers are named {name}")
    _subscriptions[name] = Subscription(name, facts, handler, follows)


def subscribers_of(fact: type[Fact]) -> tuple[str, ...]:
    """Return the names of those who listen to `fact`."""
    return tuple(s.name for s in _subscriptions.values() if fact in s.facts)


def subscription(name: str) -> Subscription | None:
    """Return the listener called `name`, or nothing when it is gone since the delivery was written."""
    return _subscriptions.get(name)


def all_subscriptions() -> tuple[Subscription, ...]:
    return tuple(_subscriptions.values())


def fact_types() -> dict[str, type[Fact]]:
    """Return every fact of the house by its name."""
    found: dict[str, type[Fact]] = {}
    waiting = list(Fact.__subclasses__())
    while waiting:
        kind = waiting.pop(0)  # in the order they were made
        waiting.extend(kind.__subclasses__())
        # A slotted dataclass leaves its unslotted twin behind in __subclasses__;
        # the later one is the real one.
        found[kind.__name__] = kind
    return found
