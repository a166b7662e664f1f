"""Django's handle on the room."""

from django.apps import AppConfig


class ErasureConfig(AppConfig):
    name = "cordee.erasure"
    label = "erasure"
