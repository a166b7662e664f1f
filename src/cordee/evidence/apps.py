"""Django's handle on the room."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "cordee.evidence"
    label = "evidence"
