"""What the journal says of indicators, audits, and what auditors opened."""

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from cordee.accounts import facts as accounts
from cordee.audits import facts
from cordee.kernel.facts import Fact
from cordee.web.coordination.timeline.names import Names


def _offered(_fact: facts.OfferChanged, _names: Names) -> str:
    return _("Kinds of action changed")


def _declared(fact: facts.IndicatorDeclared, _names: Names) -> str:
    return _("Indicator %(number)d: something was declared") % {"number": fact.indicator}


def _asked(fact: facts.AuditAsked, _names: Names) -> str:
    how = _("Drawn at random: %(missions)s") if fact.drawn else _("Named by the auditor: %(missions)s")
    return how % {"missions": ", ".join(fact.missions)}


def _built(_fact: facts.AuditBuilt, _names: Names) -> str:
    return _("The file was made")


def _taken(_fact: facts.AuditTaken, _names: Names) -> str:
    return _("The file was taken")


def _looked(fact: accounts.AuditorLooked, _names: Names) -> str:
    try:
        where = reverse(fact.page, args=[fact.ref] if fact.ref else None)
    except NoReverseMatch:
        where = f"{fact.page} {fact.ref}".strip()
    return _("Opened %(page)s") % {"page": where}


PRESENTERS: dict[type[Fact], Callable[[Any, Names], str]] = {
    facts.OfferChanged: _offered,
    facts.IndicatorDeclared: _declared,
    facts.AuditAsked: _asked,
    facts.AuditBuilt: _built,
    facts.AuditTaken: _taken,
    accounts.AuditorLooked: _looked,
}
