"""Django's handle on the room."""

from django.apps import AppConfig


class AccountingConfig(AppConfig):
    name = "cordee.accounting"
    label = "accounting"
