"""Attributes of HTML elements."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def written(attributes: Mapping[str, object]) -> SafeString:
    """Return attributes with a space before each: True is the name alone, False is none."""
    return format_html_join("", "{}", ((_written(name, value),) for name, value in attributes.items()))


def _written(name: str, value: object) -> SafeString:
    if value is True:
        return format_html(" {}", name)
    return SafeString() if value is False else format_html(' {}="{}"', name, value)
