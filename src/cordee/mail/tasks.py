"""Sending, by the worker."""

from django.tasks import task

from cordee.mail import actions


@task()
def send_due() -> None:
    actions.send_due()
