"""HTML written in Python: what Django's `format_html` does, at a third of its cost. A page has hundreds of pieces."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def markup(text: str, *values: object) -> SafeString:
    """Return `text`, ours, with a value in each `{}`: escaped, unless it is HTML already."""
    return SafeString(text.format(*[_escaped(value) for value in values]))


def markup_of_each(text: str, rows: Iterable[Iterable[object]]) -> SafeString:
    """Return `text` once for each row, one after the other, with the values of that row."""
    return SafeString("".join([text.format(*[_escaped(value) for value in row]) for row in rows]))


def joined(pieces: Iterable[SafeString]) -> SafeString:
    """Return pieces of HTML one after the other."""
    return SafeString("".join(pieces))


def _escaped(value: Any) -> str:
    """Return a value as HTML: plain words, which most are, without Django's questions about lazy ones."""
    kind = type(value)
    if kind is str:
        return escape(value)
    if kind is SafeString or kind is int:
        return str(value)
    return conditional_escape(value)
