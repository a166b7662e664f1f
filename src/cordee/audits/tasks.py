"""Making the files of audits, by the worker."""

from django.tasks import task

from cordee.audits import actions
from cordee.kernel.actor import SYSTEM


@task()
def build(audit_id: int) -> None:
    """Make the file of one audit. Safe to run twice."""
    actions.build(audit_id=audit_id, by=SYSTEM)


@task()
def build_left() -> None:
    """Make what was left behind. Safe to run twice."""
    actions.build_left(by=SYSTEM)
