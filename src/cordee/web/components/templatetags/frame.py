"""`{% load frame %}`: what stands around every page: where one can go, one's account, the languages. Written here and
not in a template because every page pays for it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from django import template
from django.conf import settings
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from cordee.web.addresses import address
from cordee.web.components.markup import joined, markup
from cordee.web.components.templatetags.cordee import avatar, icon

register = template.Library()

MOST_TABS = 5
"""What fits under a thumb; of more, the phone shows four and "More" (a native popover: no script)."""
MOST_PLACES = 7
"""What fits in the bar on the desk; of more, it shows as many, and "More"."""


class Place(Protocol):
    """Where one can go."""

    @property
    def label(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def current(self) -> bool: ...
    @property
    def count(self) -> int | None: ...


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> SafeString:
    """Where one can go: in the top bar on the desk, a tab bar under the thumb on the phone."""
    places: Sequence[Place] = context.get("navigation") or ()
    if not places:
        return SafeString()
    places = _in_order(places)
    many = len(places) > MOST_TABS
    items = joined(
        markup(
            '<li{}><a href="{}"{}>{}<span>{}</span>{}</a></li>',
            markup(' class="{}"', _reach(number)) if many and number >= MOST_TABS else "",
            *(place.url, _current(place), icon(place.icon or "neutral"), place.label, _count(place)),
        )
        for number, place in enumerate(places, start=1)
    )
    return markup(
        '<nav class="nav{}" aria-label="{}"><ul>{}{}</ul></nav>{}',
        *(" many" if many else "", _("Main"), items),
        *((_more_button(far=len(places) > MOST_PLACES), _more(places)) if many else ("", "")),
    )


def _in_order(places: Sequence[Place]) -> Sequence[Place]:
    """Return the places, the one where one is among those that the desk shows."""
    here = next((number for number, place in enumerate(places) if place.current), 0)
    if here < MOST_PLACES:
        return places
    last = MOST_PLACES - 1
    return [*places[:last], places[here], *places[last:here], *places[here + 1 :]]


def _reach(number: int) -> str:
    """Return whether a place, counted from one, is shown on the desk (`wide`), or behind “More” there too (`far`)."""
    return "wide" if number <= MOST_PLACES else "far"


@register.simple_tag(takes_context=True)
def help_link(context: Context) -> SafeString:
    """The way from a page to the article that helps on it, in its head."""
    there = context.get("help")
    if not there:
        return SafeString()
    label = _("Help: %(article)s") % {"article": there.title}
    return markup(
        '<a class="help-link" href="{}" title="{}">{}<span class="vh">{}</span></a>',
        *(there.url, label, icon("help"), label),
    )


def _more_button(*, far: bool) -> SafeString:
    button = '<li class="{}"><button type="button" popovertarget="nav-more">{}<span>{}</span></button></li>'
    return markup(button, "always" if far else "narrow", icon("more"), _("More"))


def _more(places: Sequence[Place]) -> SafeString:
    items = joined(
        markup(
            '<a class="menu-item {}" href="{}"{}>{}{}{}</a>',
            *(_reach(number), place.url, _current(place)),
            *(icon(place.icon or "neutral"), place.label, _count(place)),
        )
        for number, place in enumerate(places, start=1)
        if number >= MOST_TABS
    )
    return markup('<nav class="menu" id="nav-more" popover aria-label="{}">{}</nav>', _("More"), items)


def _current(place: Place) -> str:
    return mark_safe(' aria-current="page"') if place.current else ""


def _count(place: Place) -> str:
    return markup('<b class="count num">{}</b>', place.count) if place.count else ""


@register.simple_tag(takes_context=True)
def account_menu(context: Context) -> SafeString:
    """The name of whoever is logged in, which opens what is theirs."""
    name = context.get("account_name")
    if not name:
        return SafeString()
    return markup(
        '<button class="btn slim quiet me" type="button" popovertarget="account-menu" aria-haspopup="true">'
        '{}<span class="me-name">{}</span>{}</button>'
        '<div class="menu" id="account-menu" popover><p class="menu-title">{}</p>{}{}'
        '<form action="{}" method="post">{}<button class="menu-item" type="submit">{}{}</button></form></div>',
        *(avatar(name), name, icon("down"), name),
        joined(
            markup(
                '<a class="menu-item" href="{}">{}{}</a>',
                *(place.url, icon(place.icon) if place.icon else "", place.label),
            )
            for place in context.get("account_menu") or ()
        ),
        *(languages(context), address("account_logout"), _token(context), icon("logout"), _("Log out")),
    )


@register.simple_tag(takes_context=True)
def languages(context: Context) -> SafeString:
    """The languages of the house, as buttons that come back to this page."""
    here, request = get_language(), context.get("request")
    buttons = joined(
        markup(
            '<button type="submit" name="language" value="{}" lang="{}"{}>{}</button>',
            *(code, code, mark_safe(' aria-current="true"') if code == here else "", _name(code)),
        )
        for code, _label in settings.LANGUAGES
    )
    return markup(
        '<form class="languages" action="{}" method="post" aria-label="{}">{}'
        '<input type="hidden" name="next" value="{}">{}</form>',
        *(address("set_language"), _("Language"), _token(context)),
        *(request.get_full_path() if request else "", buttons),
    )


@cache
def _name(code: str) -> str:
    """Return the name of a language in itself."""
    name = str(get_language_info(code)["name_local"])
    return name[:1].upper() + name[1:]


def _token(context: Context) -> SafeString:
    return markup(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context.get("csrf_token", "")
    )
