"""Reading orders and missions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from cordee.kernel.names import search_key
from cordee.missions.models import Amendment, Mission, Order, OrderLine, SearchWord
from cordee.missions.states import MissionStatus
from cordee.prepared import prepared

_WHOLE = ("order__client", "order__contact", "coordinator__user")
_LINES = OrderLine.objects.select_related("service_type").order_by("position")


def mission_by_ref(ref: str) -> Mission | None:
    """Return the mission with its order, client, contact and coordinator, in one query."""
    return next(iter(_by_ref(ref)), None)


@prepared
def _by_ref(ref: str) -> QuerySet[Mission]:
    return Mission.objects.select_related(*_WHOLE).filter(ref=ref)


def mission(mission_id: int) -> Mission | None:
    return Mission.objects.select_related(*_WHOLE).filter(pk=mission_id).first()


def by_ids(mission_ids: Iterable[int]) -> dict[int, Mission]:
    """Return missions with their order, client, contact and coordinator, by id, in one query."""
    return Mission.objects.select_related(*_WHOLE).in_bulk(list(mission_ids))


def locked(mission_id: int) -> Mission:
    """Return the mission, held until the end of the transaction so that nobody else changes it meanwhile."""
    return Mission.objects.select_for_update(of=("self",)).select_related("order__client").get(pk=mission_id)


def lock(mission_ids: Iterable[int]) -> None:
    """Hold these missions until the end of the transaction, in the order of their numbers."""
    held = Mission.objects.select_for_update().filter(pk__in=list(mission_ids)).order_by("pk")
    list(held.values_list("pk", flat=True))


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


def lines_of_orders(order_ids: Iterable[int]) -> list[OrderLine]:
    """Return the lines of several orders with their services, each order's in order, in one query."""
    return _lines_of_orders(list(order_ids))


@prepared
def _lines_of_orders(order_ids: list[int]) -> QuerySet[OrderLine]:
    return _LINES.filter(order_id__in=order_ids)


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
    closed_since: datetime | None = None
    """Only missions closed since this instant; the last closed comes first."""


def missions(wanted: MissionFilter) -> QuerySet[Mission]:
    """Return missions, the latest first. What lists tell of them stands on their boards (`closure`)."""
    return Mission.objects.filter(matching(wanted)).select_related("order__client").order_by("-pk")


def matching(wanted: MissionFilter, *, path: str = "") -> Q:
    """Return what a query is narrowed to; `path` leads from its rows to their missions (`mission__`)."""
    asked: dict[str, object] = {}
    if wanted.status:
        asked["status"] = wanted.status
    if wanted.without_coordinator:
        asked["coordinator"] = None
    elif wanted.coordinator_id is not None:
        asked["coordinator_id"] = wanted.coordinator_id
    if wanted.sector:
        asked["order__sector"] = wanted.sector
    if wanted.closed_since:
        asked["closed_at__gte"] = wanted.closed_since
    return Q(**{path + name: value for name, value in asked.items()}) & _found_by(wanted.search, path)


def _found_by(search: str, path: str) -> Q:
    ref = search.strip().upper()
    if ref.startswith("M-"):
        return Q(**{f"{path}ref__gte": ref, f"{path}ref__lt": ref + "\U0010ffff"})
    found = Q()
    for word in search_words(search):
        words = SearchWord.objects.filter(word__gte=word, word__lt=word + "\U0010ffff")
        found &= Q(**{f"{path}pk__in": words.values("mission_id")})
    return found


def running_of_client(client_id: int) -> list[int]:
    """Return the running missions of a client, oldest first."""
    found = Mission.objects.filter(order__client_id=client_id, status=MissionStatus.RUNNING)
    return list(found.order_by("pk").values_list("pk", flat=True))


def running_by_coordinator(facilitator_ids: Iterable[int]) -> dict[int, int]:
    """Return how many running missions each of these facilitators coordinates."""
    running = Mission.objects.filter(coordinator_id__in=set(facilitator_ids), status=MissionStatus.RUNNING)
    rows = running.order_by().values("coordinator_id").annotate(n=Count("pk"))
    return {row["coordinator_id"]: row["n"] for row in rows}


def search_words(text: str) -> list[str]:
    """Return the words of `text` as they are stored and compared."""
    return [
        word[:60] for word in search_key(text).replace("-", " ").replace("'", " ").replace("’", " ").split()
    ]


def refs(mission_ids: Iterable[int]) -> dict[int, str]:
    """Return the references of these missions."""
    return dict(Mission.objects.filter(pk__in=set(mission_ids)).values_list("pk", "ref"))
