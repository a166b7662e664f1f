"""The way from a page to the article that helps on it."""

from dataclasses import dataclass

from django.urls import ResolverMatch
from django.utils.translation import get_language

from cordee.web.addresses import address
from cordee.web.help.articles import article
from cordee.web.help.places import PLACES


@dataclass(frozen=True, slots=True)
class HelpLink:
    """Where help is, and what it is about."""

    title: str
    url: str


def help_for(page: ResolverMatch | None) -> HelpLink | None:
    """Return the way to the article about a page, if there is one."""
    place = PLACES.get((page and page.url_name) or "")
    if place is None:
        return None
    key, _, step = place.partition("#")
    found = article(key, get_language() or "en")
    return HelpLink(found.title, f"{address('help_article', key)}#{step}") if found else None
