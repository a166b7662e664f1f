"""What time brings, by the worker."""

from django.tasks import task

from cordee.notifications import improving, reminders, suppliers, surveys


@task()
def ask_for_papers() -> None:
    suppliers.ask_for_papers()


@task()
def remind_of_quality() -> None:
    improving.write_due()


@task()
def write_reminders() -> None:
    reminders.write_due()
    suppliers.write_due()
    surveys.write_due()
