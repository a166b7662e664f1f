"""Numbers in addresses: none that a database cannot hold comes to a page."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.urls.converters import IntConverter

from cordee.web.numbers import an_id


def patterns(of: Any) -> Iterator[URLPattern]:
    for each in of.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


def test_every_number_in_an_address_of_ours_is_bounded() -> None:
    unbounded = [
        str(each.pattern)
        for each in patterns(get_resolver())
        if each.callback.__module__.startswith("cordee.")
        and any(isinstance(one, IntConverter) for one in each.pattern.converters.values())
    ]
    assert unbounded == [], "write <number:…>"


@pytest.mark.parametrize("number", [2**63, 10**22])
def test_a_number_that_no_database_holds_is_no_page(number: int) -> None:
    assert an_id(str(number)) is None
    with pytest.raises(Resolver404):
        resolve(f"/invoices/{number}/")
    assert resolve(f"/invoices/{2**63 - 1}/").kwargs == {"invoice_id": 2**63 - 1}
