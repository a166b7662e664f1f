"""Housekeeping."""

from django.tasks import task

from cordee.enrolment import actions


@task()
def forget_old_lists() -> None:
    """Forget the lines of lists whose time is up. Safe to run twice."""
    actions.forget_old_lists()
