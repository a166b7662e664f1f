"""Housekeeping."""

from django.tasks import task

from cordee.registration import actions


@task()
def forget_old() -> None:
    actions.forget_old()
