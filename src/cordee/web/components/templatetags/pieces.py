"""`{% load pieces %}`: the rows of components that pages are full of, written here and not in a template: a template
takes ten times as long for each.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final, Protocol

from django import template
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cordee.web.components import formatting
from cordee.web.components.markup import joined, markup, markup_of_each
from cordee.web.components.templatetags.cordee import icon, moment, tag
from cordee.web.components.things import Line, Thing

register = template.Library()

_REFERENCE: Final = re.compile(r"(?<![\w/])[A-Z]{1,2}-\d{4}-\w+(?:-[A-Z]+)?")
"""M-2026-0053, S-2026-0053-A, Q-2026-TVY4A."""


def unbroken(text: str) -> SafeString:
    """Return words whose references stay on one line: browsers break them at each hyphen."""
    return mark_safe(_REFERENCE.sub(r'<span class="ref">\g<0></span>', conditional_escape(text)))  # noqa: S308 - escaped


@register.simple_tag(takes_context=True)
def todo_rows(context: Context, things: Sequence[Thing]) -> SafeString:
    """Things to do, each with the button that does it."""
    token = str(context["csrf_token"])
    return markup_of_each(
        "<li>{}<p><strong>{}</strong>{}</p>{}</li>",
        (
            (
                tag(thing.kind or "neutral", thing.when),
                thing.title,
                markup("<small>{}</small>", unbroken(thing.detail)) if thing.detail else "",
                _button(thing, token),
            )
            for thing in things
        ),
    )


def _button(thing: Thing, token: str) -> SafeString:
    words = markup('{}<span class="vh"> – {}</span>', thing.action_label, thing.title)
    if thing.post:
        return markup(
            '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button class="btn slim" type="submit">{}</button></form>',
            *(thing.url, token, words),
        )
    return markup('<a class="btn slim" href="{}">{}</a>', thing.url, words) if thing.url else SafeString()


@register.simple_tag
def timeline_rows(entries: Sequence[Line]) -> SafeString:
    """What happened, line by line."""
    return joined(
        markup(
            '<li{}><span class="when num">{}</span><p>{}{}</p>{}</li>',
            markup(' class="{}"', entry.kind) if entry.kind else "",
            moment(entry.when) if isinstance(entry.when, dt.datetime) else entry.when,
            markup('<a href="{}">{}</a>', entry.url, unbroken(entry.text))
            if entry.url
            else unbroken(entry.text),
            markup("<small>{}</small>", entry.who) if entry.who else "",
            _each(entry) if entry.each else "",
        )
        for entry in entries
    )


def _each(line: Line) -> SafeString:
    """What a line tells together, folded away until somebody wants to see it."""
    return markup(
        '<details><summary>{}<span class="vh"> – {}</span></summary><ul>{}</ul></details>',
        *(_("See each"), line.text),
        joined(
            markup(
                '<li><time class="num" datetime="{}">{}</time> {}</li>',
                *(at.isoformat(), formatting.clock(at), text),
            )
            for at, text in line.each
        ),
    )


class Knot(Protocol):
    """A knot of the rope; `state` is done, now or todo."""

    @property
    def label(self) -> str: ...
    @property
    def count(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def state(self) -> str: ...


@register.simple_tag
def knot_rows(knots: Sequence[Knot]) -> SafeString:
    """The knots of a rope, those that lead somewhere as links."""
    states = {"done": _("done"), "now": _("in progress"), "todo": _("to come")}
    return joined(
        markup(
            '<li class="{}"{}><i aria-hidden="true">{}</i>{}</li>',
            knot.state,
            mark_safe(' aria-current="step"') if knot.state == "now" else "",
            icon("done") if knot.state == "done" else "",
            _linked(knot, markup(_KNOT, knot.label, knot.count, states[knot.state])),
        )
        for knot in knots
    )


def _linked(knot: Knot, words: SafeString) -> SafeString:
    if knot.url:
        return markup('<a href="{}">{}</a>', knot.url, words)
    return markup('<span class="knot">{}</span>', words)


_KNOT: Final = '<strong>{}</strong><span class="num">{}</span><span class="vh">{}</span>'
