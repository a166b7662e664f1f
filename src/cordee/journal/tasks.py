"""Deliveries, by the worker."""

from django.tasks import task

from cordee.journal import actions


@task()
def deliver(entry_id: int) -> None:
    actions.deliver(entry_id)


@task()
def deliver_due() -> None:
    actions.deliver_due()


@task()
def forget_delivered() -> None:
    actions.forget_delivered()
