"""What time brings, by the worker."""

from django.tasks import task

from cordee.certificates import actions


@task()
def issue_due() -> None:
    """Issue the certificates of sessions that are over now. Safe to run twice."""
    actions.issue_due()
