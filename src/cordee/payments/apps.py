"""Django's handle on the room."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "cordee.payments"
    label = "payments"
