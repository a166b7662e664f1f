"""`{% url %}` in our templates gives what Django's does, and what is wrong with an address is told by Django."""

import pytest
from django.template import engines
from django.template.base import Node
from django.urls import NoReverseMatch, reverse

from cordee.web.components.templatetags.addresses import Address


def _compiled(text: str) -> Node:
    return engines["django"].from_string(text).template.nodelist[0]


def _drawn(text: str, **context: object) -> str:
    return engines["django"].from_string(text).render(context)


@pytest.mark.parametrize("ref", ["M-2027-0001", "É 1", "a&b", "a:b@c", 12])
def test_an_address_is_the_one_that_reverse_gives(ref: str | int) -> None:
    assert isinstance(_compiled('{% url "mission" ref %}'), Address)
    assert _drawn('{% url "mission" ref %}', ref=ref) == reverse("mission", args=[ref]).replace("&", "&amp;")


def test_an_address_is_kept_under_a_name() -> None:
    assert _drawn('{% url "missions" as up %}<a href="{{ up }}">') == f'<a href="{reverse("missions")}">'


@pytest.mark.parametrize("tag", ['"mission" ref', '"mission"', '"no_such_page"', '"my_answer" ref'])
def test_a_wrong_address_is_refused_as_by_django(tag: str) -> None:
    with pytest.raises(NoReverseMatch):
        _drawn("{% url " + tag + " %}", ref="")
    assert _drawn("{% url " + tag + " as found %}[{{ found }}]", ref="") == "[]"


def test_a_name_that_is_computed_is_left_to_django() -> None:
    assert not isinstance(_compiled("{% url page %}"), Address)
    assert _drawn("{% url page %}", page="missions") == reverse("missions")
