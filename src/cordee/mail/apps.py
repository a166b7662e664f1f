"""Django's handle on the room."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "cordee.mail"
    label = "mail"

    def ready(self) -> None:
        from cordee.jobs import registry
        from cordee.mail import tasks

        registry.register("mail.send_due", tasks.send_due)
