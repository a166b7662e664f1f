"""Django's handle on the room."""

from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    name = "cordee.web.facilitation"
    label = "facilitation"
