"""Reading, by the worker."""

from django.tasks import task

from cordee.deposits import actions


@task()
def read(file_id: int) -> None:
    """Read one deposited file. Safe to run twice."""
    actions.read(file_id)


@task()
def read_left() -> None:
    """Read what was left behind. Safe to run twice."""
    actions.read_left()
