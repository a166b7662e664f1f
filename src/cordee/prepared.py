"""Readings whose SQL is written once.

Django writes the SQL of a query anew each time, which takes three times as long as getting the answer. A reading that
always has the same shape is a function marked `@prepared`: its first call writes the SQL, the next ones put their
values into it. No row is kept, so nothing can be stale: what is kept depends on the code alone.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from itertools import accumulate
from typing import Any, TypeGuard, override

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, QuerySet, Value

LONGEST = 100
"""Values in one list. Each length has an SQL of its own, so longer lists are left to Django."""


def prepared[**P, Row](build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Make of a function that describes a query one that reads its rows, with the SQL written at the first call only.

    `build` takes values, or collections of them, by position, and is one `return` that does nothing with them but
    compare (`filter(ref=ref)`, `filter(pk__in=ids)`): it is given a place instead of each. What changes the query
    itself, a limit for instance, is given by name: a text is kept for each. None is no value (ValueError): `= NULL`
    finds nothing in SQL. What stands in a JSON column is not compared here: PostgreSQL does that by its type.
    """
    written: dict[tuple[object, ...], _Written] = {}

    @wraps(build)
    def read(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        sizes = tuple(len(value) if _is_list(value) else None for value in args)
        if any(size is not None and size > LONGEST for size in sizes):
            return list(build(*args, **kwargs))
        shape = (connections[DEFAULT_DB_ALIAS].vendor, sizes, *kwargs.items())
        if shape not in written:
            written[shape] = _Written(build(*_places(sizes), **kwargs))
        return written[shape].rows(
            [one for value in args for one in (value if _is_list(value) else (value,))]
        )

    return read


class _Place(Expression):
    """Where a value will stand in the SQL, or the values of a list."""

    def __init__(self, first: int, size: int | None) -> None:
        super().__init__()
        self._first, self._size = first, size

    @override
    def as_sql(self, compiler: object, connection: object) -> tuple[str, tuple[Any, ...]]:
        if self._size is None:
            return "%s", (_Number(self._first),)
        if not self._size:
            raise EmptyResultSet
        numbers = range(self._first, self._first + self._size)
        return f"({', '.join(['%s'] * self._size)})", tuple(_Number(number) for number in numbers)


@dataclass(frozen=True, slots=True)
class _Number:
    """Which of the values goes here."""

    value: int


def _is_list(value: object) -> TypeGuard[Collection[Any]]:
    return isinstance(value, Collection) and not isinstance(value, (str, bytes))


def _places(sizes: tuple[int | None, ...]) -> list[Any]:
    """Return a place for each argument."""
    starts = accumulate((1 if size is None else size for size in sizes), initial=0)
    return [_Place(first, size) for first, size in zip(starts, sizes, strict=False)]


class _Written:
    """A query with its SQL."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            self._sql, self._params = self._compiler.as_sql()
        except EmptyResultSet:  # an empty list: no row can be in it
            self._sql = ""
            return
        self._converters = self._compiler.get_converters([column for column, *_ in self._compiler.select])

    def rows(self, values: list[Any]) -> list[Any]:
        """Return the rows for these values, read now."""
        if not self._sql:
            return []
        connection = connections[self._queryset.db]
        params = tuple(
            _for_database(values[param.value], connection) if isinstance(param, _Number) else param
            for param in self._params
        )
        compiler = _twin(
            self._compiler,
            connection=connection,  # each thread has its own
            as_sql=lambda *_args, **_kwargs: (self._sql, params),
            get_converters=lambda _columns: self._converters,
        )
        query = _twin(self._queryset.query, get_compiler=lambda *_args, **_kwargs: compiler)
        return list(_twin(self._queryset, _query=query))


def _for_database(value: Any, connection: Any) -> Any:
    """Return a value as a filter would hand it to the database."""
    if value is None:
        raise ValueError("None is no value to compare with")
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, (str, int)):
        return value
    return Value(value).output_field.get_db_prep_value(value, connection)


def _twin[T](thing: T, **other: object) -> T:
    """Return a copy that shares every part but these (`copy.copy` of a queryset would read it)."""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__, **other)
    return twin
