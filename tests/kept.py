"""The beginning of a story, made once in a process and put back as it was, without living through it again."""

from collections.abc import Callable
from copy import deepcopy

from django.apps import apps
from django.db import transaction
from django.db.models import Model


class Kept[T]:
    """What `make` gives and the rows it leaves. The first time it is made; each time after, its rows are put back with
    their numbers, and what it gave is a copy.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._given: T | None = None
        self._rows: list[list[Model]] = []

    def __call__(self) -> T:
        """Return what was made, its rows in the database. Call inside a test that begins without them."""
        if self._given is None:
            before = _rows()
            made = self._make()
            after = _rows()
            self._rows = [
                [row for pk, row in rows.items() if pk not in before[kind]] for kind, rows in after.items()
            ]
            self._given = deepcopy(made)
            return made
        # Rows that point at each other go in together: who points where is asked when all are there.
        with transaction.atomic():
            for rows in self._rows:
                if rows:
                    type(rows[0])._base_manager.bulk_create(deepcopy(rows))
        return deepcopy(self._given)


def _rows() -> dict[type[Model], dict[object, Model]]:
    kinds = apps.get_models(include_auto_created=True)
    return {kind: {row.pk: row for row in kind._base_manager.all()} for kind in kinds if kind._meta.managed}
