"""What the worker does for those at the door."""

from django.tasks import task

from cordee.web.entrance import letters


@task()
def answer_knocks() -> None:
    """Send codes and links to those who asked for them and have an account. Safe to run twice."""
    letters.answer_all()
