"""How an indicator stands, by what is known of it. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.audits.models import Declaration
from cordee.audits.rules.ground import Ground
from cordee.audits.rules.proofs import ALONE, proven_by
from cordee.audits.rules.telling import Figure, Missing
from cordee.audits.states import ActionKind, Indicator, Referential, Standing
from cordee.kernel import clock
from cordee.kernel.refusals import Blocker, Turn


@dataclass(frozen=True, slots=True)
class Proven:
    """An indicator on a day, over a period."""

    indicator: Indicator
    standing: Standing
    figures: tuple[Figure, ...]
    declared: tuple[Declaration, ...]
    """What stands, the latest first; also what is not valid any more."""
    missing: tuple[Missing, ...]


def stand(
    text: Referential,
    kinds: frozenset[ActionKind],
    numbers: Ground,
    kept: dict[int, list[Declaration]],
    wanted: set[int],
) -> list[Proven]:
    """Say how indicators stand, by what is known: no query."""
    return [
        _stands(one, kinds, numbers, kept.get(one.number, []))
        for one in text.indicators
        if one.number in wanted
    ]


def _stands(
    indicator: Indicator, kinds: frozenset[ActionKind], numbers: Ground, kept: list[Declaration]
) -> Proven:
    if not indicator.applies_to(kinds):
        return Proven(indicator, Standing.NOT_APPLICABLE, (), tuple(kept), ())
    figures, missing = proven_by(indicator.number, numbers)
    missing += _undeclared(indicator.number, kept)
    standing = Standing.TO_COMPLETE if missing else Standing.PROVEN
    return Proven(indicator, standing, tuple(figures), tuple(kept), tuple(missing))


def _undeclared(number: int, kept: list[Declaration]) -> list[Missing]:
    today = clock.today()
    if number in ALONE or any(d.valid_until is None or d.valid_until >= today for d in kept):
        return []
    if kept:
        blocker = Blocker(
            "declaration_over",
            _("What is declared is not valid any more."),
            _("Replace it by what holds today."),
            Turn.QUALITY,
        )
    else:
        blocker = Blocker(
            "nothing_declared",
            _("Nothing is declared: this lies outside Cordée."),
            _("Say below how it is done, or upload what proves it."),
            Turn.QUALITY,
        )
    return [Missing(blocker)]
