"""How each indicator stands: what is computed, what is declared, what is missing."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from cordee.audits.models import Declaration, Offer
from cordee.audits.queries.ground import ground
from cordee.audits.rules import Proven, parts_of, stand
from cordee.audits.states import ActionKind, in_force
from cordee.kernel import clock
from cordee.organisation.models import Organisation


def kinds_offered() -> frozenset[ActionKind]:
    """Return the kinds of action that the organisation says it offers: training, until it says otherwise."""
    last = Offer.objects.order_by("-pk").first()
    return frozenset(map(ActionKind, last.kinds)) if last else frozenset({ActionKind.TRAINING})


def declared(numbers: Iterable[int]) -> dict[int, list[Declaration]]:
    """Return what is declared of indicators and not replaced, the latest first: one query."""
    found: dict[int, list[Declaration]] = {}
    for one in _declarations().filter(indicator__in=list(numbers), replaced_by=None):
        found.setdefault(one.indicator, []).append(one)
    return found


def history(number: int) -> QuerySet[Declaration]:
    """Return everything that was ever declared of an indicator, the latest first."""
    return _declarations().filter(indicator=number)


def declaration(declaration_id: int) -> Declaration | None:
    return _declarations().filter(pk=declaration_id).first()


def _declarations() -> QuerySet[Declaration]:
    return Declaration.objects.select_related("file", "replaced_by").order_by("-pk")


def indicators(
    since: date,
    until: date,
    *,
    on: date | None = None,
    numbers: Iterable[int] = (),
    organisation: Organisation | None = None,
) -> list[Proven]:
    """Return how the indicators of the text in force `on` a day (today) stand, over what happened between two days:
    all of them, or those with these numbers: then only what these stand on is read. A constant number of queries;
    `organisation`: when it was read already.
    """
    text = in_force(on or clock.today())
    wanted = set(numbers) or {one.number for one in text.indicators}
    kept = declared(wanted)
    read = ground(since, until, organisation, parts_of(wanted))
    return stand(text, kinds_offered(), read, kept, wanted)
