"""`{% url "name" part … %}` without Django's search through every pattern: a page has dozens of them.

What is not a name in quotes with parts in order is left to Django.
"""

from typing import override

from django import template
from django.template import defaulttags
from django.template.base import Parser, Token
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from cordee.web.addresses import address

register = template.Library()


class Address(defaulttags.URLNode):
    """The address of a page, as Django's tag gives it; what is wrong with one, Django tells."""

    @override
    def render(self, context: template.Context) -> str:
        """Return the address, or keep it under the name after `as`."""
        parts = [part.resolve(context) for part in self.args]
        if not all(isinstance(part, int) or (isinstance(part, str) and part) for part in parts):
            return super().render(context)
        try:
            found = address(self.view_name.resolve(context), *parts)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> defaulttags.URLNode:
    """Compile `{% url … %}`."""
    node = defaulttags.url(parser, token)
    if node.kwargs or not isinstance(node.view_name.var, str):
        return node
    return Address(node.view_name, node.args, node.kwargs, node.asvar)
