"""What time alone brings: a month is over, and its fees are put on invoices."""

from django.tasks import task

from cordee.fees import actions


@task()
def bill_all() -> None:
    """Put on invoices what waited for the end of its month. Safe to run twice."""
    actions.bill_all()
