"""Django's handle on the room."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    name = "cordee.invoices"
    label = "invoices"
