"""The help: its articles in the order of the job, and one article."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cordee.accounts.models import ROLE_LABELS
from cordee.kernel.permissions import ROLES
from cordee.web.addresses import address
from cordee.web.help.articles import Article, Step, article, articles, found, spoken
from cordee.web.help.roles import COLUMNS, OFFICE, Deed, table
from cordee.web.navigation import navigation
from cordee.web.pages import page
from cordee.web.request import Request

READERS: Final[dict[str, Promise]] = {
    "coordinator": gettext_lazy("Coordination"),
    "facilitator": gettext_lazy("Facilitation"),
    "operations": gettext_lazy("Operations"),
    "finance": gettext_lazy("Finance"),
    "quality": gettext_lazy("Quality"),
    "disability officer": gettext_lazy("Disability officer"),
    "administrator": gettext_lazy("Administrator"),
}
"""Who does what an article tells."""
PICTURES: Final = {"desk": (840, 560), "phone": (390, 640)}
"""Width and height in pixels as pictures are shown; `tools/screenshots.py` takes them."""
_LONGEST = 100


@page()
def help_list(request: Request) -> HttpResponse:
    """List the articles in the order of the job, or those that hold the words searched for."""
    text = " ".join(request.GET.get("q", "").split())[:_LONGEST]
    rows = [_row(a) for a in found(text, _language())]
    return render(request, "help/list.html", {"rows": rows, "text": text})


@page()
def help_article(request: Request, article: str) -> HttpResponse:
    """Show one article, each step with the way to its page where the reader has one."""
    shown = _article_or_404(article)
    everything = articles(_language())
    after = everything.index(shown) + 1
    ways = {place.url for place in navigation(request.viewer, request.path)}
    context = {
        "article": shown,
        "for_whom": _for_whom(shown),
        "steps": [_step(step, ways) for step in shown.steps],
        "all": everything,
        "next": everything[after] if after < len(everything) else None,
    }
    return render(request, "help/article.html", context)


@page()
def help_roles(request: Request) -> HttpResponse:
    """Show who does what at each step of the job, as the rules say it now."""
    context = {
        "columns": list(COLUMNS.values()),
        "rows": [_deed(deed, does) for deed, does in table()],
        "office": [(ROLE_LABELS[role], _(ROLES[role].purpose)) for role in OFFICE],
    }
    return render(request, "help/roles.html", context)


def _deed(deed: Deed, does: list[bool]) -> dict[str, Any]:
    key, _sign, step = deed.help.partition("#")
    url = f"{address('help_article', key)}#{step}" if key else ""
    return {"label": deed.label, "url": url, "cells": list(zip(COLUMNS.values(), does, strict=True))}


def _language() -> str:
    return get_language() or "en"


def _article_or_404(key: str) -> Article:
    shown = article(key, _language())
    if shown is None:
        raise Http404(_("There is no help of this name."))
    return shown


def _row(shown: Article) -> dict[str, Any]:
    return {"article": shown, "url": address("help_article", shown.key), "for_whom": _for_whom(shown)}


def _for_whom(shown: Article) -> str:
    return " · ".join(str(READERS[reader]) for reader in shown.readers)


def _step(step: Step, ways: set[str]) -> dict[str, Any]:
    url = address(step.go) if step.go else ""
    row = {"step": step, "url": url if url in ways else ""}
    if not step.picture:
        return row
    width, height = PICTURES[step.picture.rpartition("-")[2]]
    picture = static(f"help/{step.picture}-{spoken(_language())}.webp")
    return row | {"picture": picture, "width": width, "height": height}
