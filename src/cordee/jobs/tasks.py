"""Housekeeping of the job table itself."""

from django.core.management import call_command
from django.tasks import task


@task()
def prune() -> None:
    """Forget jobs that ended more than a week ago. Safe to run twice."""
    call_command("ox_prune", "--older-than", "7d", verbosity=0)
