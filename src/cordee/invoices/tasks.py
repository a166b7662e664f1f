"""What time brings, by the worker."""

from django.tasks import task

from cordee.invoices import actions


@task()
def accept_silent() -> None:
    """Accept what nobody contested in time. Safe to run twice."""
    actions.accept_silent()
