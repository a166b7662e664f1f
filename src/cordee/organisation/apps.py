"""Django's handle on the room."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "cordee.organisation"
    label = "organisation"
