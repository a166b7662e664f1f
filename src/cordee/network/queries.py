"""Reading the network."""

from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet, Subquery

from cordee.accounts.models import User, full_name
from cordee.kernel.names import search_key
from cordee.network.models import Facilitator
from cordee.prepared import prepared


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


def coordinators_unless_many(most: int) -> list[Facilitator]:
    """Return those who may be put in charge, by name; nobody when they are more than `most`."""
    return [] if _coordinator_number(place=most) else _coordinators()


@prepared
def _coordinator_number(*, place: int) -> QuerySet[Facilitator, int]:
    return coordinators().order_by("pk").values_list("pk", flat=True)[place : place + 1]


@prepared
def _coordinators() -> QuerySet[Facilitator]:
    return coordinators()


def facilitator(facilitator_id: int) -> Facilitator | None:
    return Facilitator.objects.select_related("user").filter(pk=facilitator_id).first()


def facilitator_id_of(user_id: int) -> int | None:
    """Return the facilitator that this account belongs to, if any."""
    return Facilitator.objects.filter(user_id=user_id, is_active=True).values_list("pk", flat=True).first()


def everybodys_names(
    user_ids: Iterable[int], facilitator_ids: Iterable[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """Return the full names of these accounts and of these facilitators: at most one query for both."""
    users, facilitators_ = set(user_ids), set(facilitator_ids)
    if not (users or facilitators_):
        return {}, {}
    if not facilitators_:
        return {pk: full_name(*named) for pk, *named in _names(users)}, {}
    own = Facilitator.objects.filter(user_id=OuterRef("pk")).values("pk")
    named = Facilitator.objects.filter(pk__in=facilitators_).values("user_id")
    found = User.objects.filter(Q(pk__in=users) | Q(pk__in=named)).annotate(facilitator_id=Subquery(own))
    rows = [(u.pk, u.facilitator_id, u.full_name) for u in found]
    return {pk: name for pk, _, name in rows}, {pk: name for _, pk, name in rows if pk is not None}


@prepared
def _names(user_ids: set[int]) -> QuerySet[User, tuple[int, str, str, str]]:
    return User.objects.filter(pk__in=user_ids).values_list("pk", "first_name", "last_name", "email")


def by_account(user_ids: Iterable[int]) -> dict[int, Facilitator]:
    """Return the facilitators that these accounts belong to, by account, those no longer active included."""
    return {f.user_id: f for f in Facilitator.objects.filter(user_id__in=set(user_ids))}


def with_ids(facilitator_ids: Iterable[int]) -> list[Facilitator]:
    """Return these facilitators with their accounts: one query."""
    return list(Facilitator.objects.filter(pk__in=set(facilitator_ids)).select_related("user").order_by("pk"))


def names(facilitator_ids: Iterable[int]) -> dict[int, str]:
    """Return the full names of these facilitators."""
    found = Facilitator.objects.select_related("user").filter(pk__in=set(facilitator_ids))
    return {f.pk: f.full_name for f in found}
