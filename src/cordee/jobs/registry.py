"""Work that is done after the request, by name.

Rooms register their tasks when they are loaded and start them by name, inside their own transaction: the row of the
task is written with the data it belongs to, and disappears with it. Only `django.tasks` is known here; which program
carries the tasks out is a matter of settings.
"""

from django.tasks import Task

_tasks: dict[str, Task] = {}


def register(name: str, task: Task) -> None:
    """Make `task` known as `name`."""
    _tasks[name] = task


def start(name: str, *ids: int) -> None:
    """Ask the worker to carry out the task `name` with these ids, once the present transaction has been committed."""
    _tasks[name].enqueue(*ids)
