"""Reading orders and missions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from cordee.kernel.names import search_key
from cordee.missions.models import Amendment, Mission, Order, OrderLine, SearchWord
from cordee.missions.states import MissionStatus

_WHOLE = ("order__client", "order__contact", "coordinator__user")
_LISTED = (
    *("ref", "status", "closed_at", "due_on", "next_step", "first_day", "last_day"),
    *("ordered", "planned", "held", "proven", "requested"),
    *("order__ref", "order__title", "order__sector", "order__client__name"),
    *("coordinator__user__first_name", "coordinator__user__last_name", "coordinator__user__email"),
)
"""What a list tells of a mission: the rest is not read for each."""


_LINES = OrderLine.objects.select_related("service_type").order_by("position")


def mission_by_ref(ref: str) -> Mission | None:
    """Return the mission with its order, client, contact and coordinator, in one query."""
    return next(iter(Mission.objects.select_related(*_WHOLE).filter(ref=ref)), None)


def mission(mission_id: int) -> Mission | None:
    return Mission.objects.select_related(*_WHOLE).filter(pk=mission_id).first()


def locked(mission_id: int) -> Mission:
    """Return the mission, held until the end of the transaction so that nobody else changes it meanwhile."""
    return Mission.objects.select_for_update(of=("self",)).select_related("order__client").get(pk=mission_id)


def locked_order(order_id: int) -> tuple[Order, Mission | None]:
    """Return an order and its mission, if it was opened, both held until the end of the transaction.

    Always in this order: who holds a mission alone never waits for an order.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    mission_id = Mission.objects.filter(order_id=order_id).values_list("pk", flat=True).first()
    return order, locked(mission_id) if mission_id else None


def lines(order_id: int) -> list[OrderLine]:
    """Return the lines of an order with their services, in order."""
    return list(_LINES.filter(order_id=order_id))


def line(line_id: int) -> OrderLine:
    return OrderLine.objects.select_related("service_type", "order").get(pk=line_id)


def amendments(order_id: int) -> list[Amendment]:
    """Return what was amended, newest first."""
    found = Amendment.objects.filter(line__order_id=order_id).select_related("line__service_type")
    return list(found.order_by("-pk"))


def order_by_ref(ref: str) -> Order | None:
    return Order.objects.select_related("client", "contact", "mission").filter(ref=ref).first()


def orders_of_client(client_id: int) -> QuerySet[Order]:
    """Return a client's orders with their missions, newest first."""
    return Order.objects.filter(client_id=client_id).select_related("mission").order_by("-pk")


def orders_without_mission() -> QuerySet[Order]:
    """Return the orders for which no mission was opened yet, oldest first."""
    return Order.objects.filter(mission=None).select_related("client").order_by("pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionFilter:
    """What a list of missions may be narrowed to."""

    search: str = ""
    status: str = ""
    sector: str = ""
    coordinator_id: int | None = None
    without_coordinator: bool = False
    late_on: date | None = None
    """Only missions with something due before this local day."""
    closed_since: datetime | None = None
    """Only missions closed since this instant; the last closed comes first."""


def missions(wanted: MissionFilter) -> QuerySet[Mission]:
    """Return missions, what is late first, with what a list tells of them."""
    found = Mission.objects.select_related("order__client", "coordinator__user").only(*_LISTED)
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.without_coordinator:
        found = found.filter(coordinator=None)
    elif wanted.coordinator_id is not None:
        found = found.filter(coordinator_id=wanted.coordinator_id)
    if wanted.sector:
        found = found.filter(order__sector=wanted.sector)
    if wanted.late_on:
        found = found.filter(due_on__lt=wanted.late_on)
    if wanted.closed_since:
        found = found.filter(closed_at__gte=wanted.closed_since)
    found = _matching(found, wanted.search)
    return found.order_by("-closed_at", "-id") if wanted.closed_since else found.order_by("due_on", "-id")


def _matching(found: QuerySet[Mission], search: str) -> QuerySet[Mission]:
    ref = search.strip().upper()
    if ref.startswith("M-"):
        return found.filter(ref__gte=ref, ref__lt=ref + "\U0010ffff")
    for word in search_words(search):
        matching = SearchWord.objects.filter(word__gte=word, word__lt=word + "\U0010ffff").values(
            "mission_id"
        )
        found = found.filter(pk__in=matching)
    return found


def running_by_coordinator(facilitator_ids: Iterable[int]) -> dict[int, int]:
    """Return how many running missions each of these facilitators coordinates."""
    running = Mission.objects.filter(coordinator_id__in=set(facilitator_ids), status=MissionStatus.RUNNING)
    rows = running.order_by().values("coordinator_id").annotate(n=Count("pk"))
    return {row["coordinator_id"]: row["n"] for row in rows}


def waiting_for(step: str) -> list[int]:
    """Return the running missions of which this step is what comes next, as the board knows it."""
    found = Mission.objects.filter(status=MissionStatus.RUNNING, next_step=step)
    return list(found.order_by("pk").values_list("pk", flat=True))


def search_words(text: str) -> list[str]:
    """Return the words of `text` as they are stored and compared."""
    return [
        word[:60] for word in search_key(text).replace("-", " ").replace("'", " ").replace("’", " ").split()
    ]


def refs(mission_ids: Iterable[int]) -> dict[int, str]:
    """Return the references of these missions."""
    return dict(Mission.objects.filter(pk__in=set(mission_ids)).values_list("pk", "ref"))
