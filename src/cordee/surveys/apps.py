"""Django's handle on the room."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "cordee.surveys"
    label = "surveys"
