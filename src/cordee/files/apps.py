"""Django's handle on the room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cordee.files"
    label = "files"
