"""Housekeeping."""

from django.tasks import task

from cordee.surveys import actions


@task()
def forget_old() -> None:
    """Forget answers whose time is up. Safe to run twice."""
    actions.forget_old()
    actions.forget_names()


@task()
def ask_cold() -> None:
    """Begin the cold surveys whose day has come. Safe to run twice."""
    actions.ask_cold_due()


@task()
def close_due() -> None:
    """Tell anonymous answers that are enough, and close what is over. Safe to run twice."""
    actions.close_due()
