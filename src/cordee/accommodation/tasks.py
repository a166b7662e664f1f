"""Forgetting, by the worker."""

from django.tasks import task

from cordee.accommodation import actions
from cordee.kernel.actor import SYSTEM


@task()
def erase_old_needs() -> None:
    while actions.erase_old_needs(by=SYSTEM):
        pass
