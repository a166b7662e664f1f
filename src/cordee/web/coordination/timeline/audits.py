"""What the journal says of indicators and audits."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from cordee.audits import facts
from cordee.kernel.facts import Fact
from cordee.web.coordination.timeline.names import Names


def _offered(_fact: facts.OfferChanged, _names: Names) -> str:
    return _("Kinds of action changed")


def _declared(fact: facts.IndicatorDeclared, _names: Names) -> str:
    return _("Indicator %(number)d: something was declared") % {"number": fact.indicator}


PRESENTERS: dict[type[Fact], Callable[[Any, Names], str]] = {
    facts.OfferChanged: _offered,
    facts.IndicatorDeclared: _declared,
}
