"""What time brings, by the worker."""

from django.tasks import task

from cordee.notifications import reminders, suppliers


@task()
def write_reminders() -> None:
    reminders.write_due()
    suppliers.write_due()
