"""Django's handle on the room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cordee.documents"
    label = "documents"
