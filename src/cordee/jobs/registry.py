"""Work that is done after the request, by name.

Rooms register their tasks when they are loaded and start them by name, inside their own transaction: the row
of the task is written with the data it belongs to, and disappears with it. Only `django.tasks` is known here;
which program carries the tasks out is a matter of settings.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cordee.kernel import clock

if TYPE_CHECKING:
    from django.tasks import Task

_tasks: "dict[str, Task[Any, Any]]" = {}
_held_back: ContextVar[bool] = ContextVar("held_back", default=False)


def register(name: str, task: "Task[Any, Any]") -> None:
    """Make `task` known as `name`."""
    _tasks[name] = task


def start(name: str, *ids: int) -> None:
    """Ask the worker to carry out the task `name` with these ids,
    once the present transaction has been committed.
    """
    if not _held_back.get():
        _tasks[name].enqueue(*ids)


def start_after(delay: timedelta, name: str) -> None:
    """Ask the worker to carry out the task `name` once `delay` has passed."""
    _tasks[name].using(run_after=clock.real_time() + delay).enqueue()


@contextmanager
def held_back() -> Iterator[None]:
    """Start nothing inside the block: who opens it does the work itself, in bulk."""
    before = _held_back.set(True)
    try:
        yield
    finally:
        _held_back.reset(before)
