"""Django's handle on the room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "cordee.catalogue"
    label = "catalogue"
