"""What time brings, by the worker."""

from django.tasks import task

from cordee.notifications import reminders


@task()
def write_reminders() -> None:
    reminders.write_due()
