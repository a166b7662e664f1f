"""Pages of a list without counting it: at a million rows a count costs more than the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cordee.web.numbers import an_id
from cordee.web.request import Request

PER_PAGE = 30
_LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Slice[T]:
    """One page of a list, and whether another follows."""

    items: list[T]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1


def slice_of(
    request: Request,
    found: QuerySet[Any],
    *,
    per_page: int = PER_PAGE,
    wide: bool = False,
    read: Callable[[QuerySet[Any]], list[Any]] = list,
) -> Slice[Any]:
    """Return the page that `?page=` asks for: one query, for one row more than is shown.

    With `wide`, for a search that may match thousands of rows joined to others: two queries, since only the
    rows shown are worth joining. `read` makes rows of the query.
    """
    number = min(max(an_id(request.GET.get("page", "")) or 1, 1), _LAST_PAGE)
    start = (number - 1) * per_page
    among = slice(start, start + per_page + 1)
    if wide:
        ids = list(found.values_list("pk", flat=True)[among])
        rows = read(found.filter(pk__in=ids)) if ids else []
    else:
        rows = read(found[among])
    return Slice(rows[:per_page], number, len(rows) > per_page)
