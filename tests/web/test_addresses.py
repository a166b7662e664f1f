"""The quick way to an address leads where Django's does."""

from typing import Any

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import SlugConverter
from django.urls.resolvers import RoutePattern

from cordee.web.addresses import address
from cordee.web.numbers import Number


def _named(patterns: Any) -> list[URLPattern]:
    found = []
    for pattern in patterns:
        found += [pattern] if isinstance(pattern, URLPattern) else _named(pattern.url_patterns)
    return [p for p in found if p.name and isinstance(p.pattern, RoutePattern)]


def _part(number: int, converter: Any) -> int | str:
    if isinstance(converter, Number):
        return 40 + number
    return f"kind-{number}" if isinstance(converter, SlugConverter) else f"S-2027-0001-É{number}"


@pytest.mark.parametrize("pattern", _named(get_resolver().url_patterns), ids=lambda p: p.name)
def test_every_address_is_the_one_that_reverse_gives(pattern: URLPattern) -> None:
    converters = pattern.pattern.converters.values()
    parts = [_part(n, c) for n, c in enumerate(converters)]
    assert address(pattern.name or "", *parts) == reverse(pattern.name or "", args=parts)
