"""The design system: layout, components, tokens, icons. It knows no business."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "cordee.web.components"
    label = "components"
