"""What the numbers of a period prove of each indicator: figures, and what is missing as blockers. Pure."""

from collections.abc import Callable, Iterable

from cordee.audits.rules.ground import Ground, Part
from cordee.audits.rules.proofs import listening, means, training
from cordee.audits.rules.proving import Told
from cordee.audits.rules.telling import Figure, Missing

ALONE = frozenset({5, 8, 9, 11, 12, 17, 18, 30, 31, 32})
"""Indicators that figures prove by themselves; of all others something has to be declared, too."""


def proven_by(number: int, ground: Ground) -> tuple[list[Figure], list[Missing]]:
    """Return what Cordée computes for an indicator, and what is missing of it."""
    told = list(_TOLD[number][0](ground)) if number in _TOLD else []
    return [t for t in told if isinstance(t, Figure)], [t for t in told if isinstance(t, Missing)]


def parts_of(numbers: Iterable[int]) -> frozenset[Part]:
    """Return the parts of the ground on which these indicators stand."""
    return frozenset(part for number in numbers if number in _TOLD for part in _TOLD[number][1])


_P = Part
_TOLD: dict[int, tuple[Callable[[Ground], Told], frozenset[Part]]] = {
    1: (training.programmes, frozenset({_P.SERVICES})),
    2: (training.results, frozenset({_P.SESSIONS, _P.ANSWERS})),
    5: (training.programmes, frozenset({_P.SERVICES})),
    6: (training.programmes, frozenset({_P.SERVICES})),
    8: (training.placement, frozenset({_P.SERVICES, _P.SESSIONS, _P.PEOPLE, _P.ANSWERS})),
    9: (training.joining, frozenset({_P.SESSIONS, _P.PEOPLE, _P.ORGANISATION})),
    10: (training.support, frozenset({_P.SESSIONS, _P.PEOPLE})),
    11: (training.attained, frozenset({_P.SESSIONS, _P.PEOPLE, _P.ANSWERS})),
    12: (training.engagement, frozenset({_P.SESSIONS})),
    17: (means.means, frozenset({_P.SESSIONS})),
    18: (means.coordination, frozenset({_P.SESSIONS})),
    19: (means.resources, frozenset({_P.SESSIONS})),
    21: (means.skills, frozenset({_P.FACILITATORS})),
    22: (means.skills, frozenset({_P.FACILITATORS})),
    26: (means.disability, frozenset({_P.PEOPLE, _P.OFFICER})),
    27: (means.subcontracting, frozenset({_P.FACILITATORS})),
    30: (listening.appraisals, frozenset({_P.ANSWERS})),
    31: (listening.complaints, frozenset({_P.COMPLAINTS})),
    32: (listening.improvement, frozenset({_P.COMPLAINTS, _P.IMPROVEMENTS})),
}
"""Who tells of an indicator, and the parts of the ground that it reads."""
