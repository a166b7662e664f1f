"""Housekeeping."""

from django.tasks import task

from cordee.surveys import actions


@task()
def forget_old() -> None:
    """Forget answers whose time is up. Safe to run twice."""
    actions.forget_old()
