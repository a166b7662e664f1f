"""Reading the network."""

from collections.abc import Iterable

from django.db.models import QuerySet

from cordee.kernel.names import search_key
from cordee.network.models import Facilitator


def facilitators(search: str = "", *, active_only: bool = True) -> QuerySet[Facilitator]:
    """Return the facilitators whose name, address or city contains every word of `search`, by name."""
    found = Facilitator.objects.select_related("user").order_by("user__last_name", "user__first_name", "pk")
    if active_only:
        found = found.filter(is_active=True, user__is_active=True)
    for word in search_key(search).split():
        found = found.filter(search_key__contains=word)
    return found


def coordinators(search: str = "") -> QuerySet[Facilitator]:
    """Return those who may be put in charge of a mission."""
    return facilitators(search).filter(can_coordinate=True)


def facilitator(facilitator_id: int) -> Facilitator | None:
    return Facilitator.objects.select_related("user").filter(pk=facilitator_id).first()


def facilitator_id_of(user_id: int) -> int | None:
    """Return the facilitator that this account belongs to, if any."""
    return Facilitator.objects.filter(user_id=user_id, is_active=True).values_list("pk", flat=True).first()


def names(facilitator_ids: Iterable[int]) -> dict[int, str]:
    """Return the full names of these facilitators."""
    found = Facilitator.objects.select_related("user").filter(pk__in=set(facilitator_ids))
    return {f.pk: f.full_name for f in found}
