"""What time brings to complaints, by the worker."""

from django.tasks import task

from cordee.kernel.actor import SYSTEM
from cordee.quality import actions


@task()
def remind_late() -> None:
    actions.remind_late(by=SYSTEM)


@task()
def erase_old_words() -> None:
    while actions.erase_old_words(by=SYSTEM):
        pass
