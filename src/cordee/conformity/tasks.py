"""What time alone brings: a session is over, and its sheet complete."""

from django.tasks import task

from cordee.conformity import actions


@task()
def submit_due() -> None:
    """Submit the sheets that were complete before their session was over. Safe to run twice."""
    actions.submit_due()
