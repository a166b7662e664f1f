"""`{% load i18n %}` in our templates: Django's own tags, with a lighter `{% translate "words" %}`.

A page says a hundred words. Django's tag goes through filters, lazy strings and escaping for each of them; plain words
in quotes need none of that. Everything else about `translate` is left to Django.
"""

import re
from typing import Final

from django import template
from django.template.base import Node, Parser, Token
from django.templatetags import i18n
from django.utils.translation import gettext

_PLAIN: Final = re.compile(r'translate "([^"%]+)"')

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Words(Node):
    """Words in the language of the page; what we wrote ourselves is not escaped, as in Django's tag."""

    def __init__(self, words: str) -> None:
        self.words = words

    def render(self, context: template.Context) -> str:  # noqa: ARG002 - it reads nothing of the page
        """Return the words."""
        return gettext(self.words)


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Compile `{% translate … %}`."""
    plain = _PLAIN.fullmatch(token.contents)
    return Words(plain[1]) if plain else i18n.do_translate(parser, token)
