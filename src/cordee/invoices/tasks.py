"""Drawing, and what time brings, by the worker."""

from django.tasks import task

from cordee.invoices import actions


@task()
def keep_file(invoice_id: int) -> None:
    """Draw one invoice and keep its file. Safe to run twice."""
    actions.keep_file(invoice_id)


@task()
def draw_left() -> None:
    """Draw what was left behind. Safe to run twice."""
    actions.draw_left()


@task()
def accept_silent() -> None:
    """Accept what nobody contested in time. Safe to run twice."""
    actions.accept_silent()


@task()
def transmit() -> None:
    """Hand over to the approved platform what waits, and ask for news. Safe to run twice."""
    actions.transmit()
