"""Facilitators of a mission who cannot be invoiced yet: seen from the day they are put on a session."""

from collections.abc import Iterable
from dataclasses import dataclass

from cordee.kernel import clock
from cordee.kernel.refusals import Blocker
from cordee.network.models import Facilitator
from cordee.suppliers import queries


@dataclass(frozen=True, slots=True)
class Unready:
    """Somebody whose invoice would be refused, and why."""

    name: str
    blockers: list[Blocker]


def unready(facilitators: Iterable[Facilitator]) -> list[Unready]:
    """Return those with whom something is missing, by name: five queries, none for nobody. Who sends invoices of
    their own lacks nothing for that.
    """
    people = {f.pk: f.full_name for f in facilitators}
    found = queries.readiness_of_facilitators(people, clock.today()) if people else {}
    lacking = {pk: [b for b in blockers if b.code != "own_invoice"] for pk, blockers in found.items()}
    return [
        Unready(name, lacking[pk]) for pk, name in sorted(people.items(), key=lambda p: p[1]) if lacking[pk]
    ]
