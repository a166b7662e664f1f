"""Django's handle on the room."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "cordee.links"
    label = "links"
