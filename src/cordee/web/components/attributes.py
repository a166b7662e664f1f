"""Attributes of HTML elements."""

from collections.abc import Mapping

from django.utils.safestring import SafeString

from cordee.web.components.markup import joined, markup


def written(attributes: Mapping[str, object]) -> SafeString:
    """Return attributes with a space before each: True is the name alone, False is none."""
    return joined(_written(name, value) for name, value in attributes.items())


def _written(name: str, value: object) -> SafeString:
    if value is True:
        return markup(" {}", name)
    return SafeString() if value is False else markup(' {}="{}"', name, value)
