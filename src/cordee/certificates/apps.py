"""Django's handle on the room."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "cordee.certificates"
    label = "certificates"
