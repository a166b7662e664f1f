"""Missions that go as they should: some are closed, some on their way, by the calendar alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from cordee.clients.states import Sector
from cordee.demo.catalogue import CONFERENCE, FACILITATION, TRAINING, WORKSHOP
from cordee.demo.network import CAMILLE, IDRIS
from cordee.demo.stage import Stage, Story, working_day
from cordee.demo.stories.order import Deal, Told, later, opened
from cordee.demo.stories.progress import (
    delivered,
)
from cordee.demo.stories.sessions import plan

HOW_MANY = 40
_YEAR, _LAST = -362, -8
THEMES = ("climat", "biodiversité", "eau", "numérique responsable", "mobilité", "alimentation", "énergie")
_FUNDERS = {
    Sector.COMPANY: ("", "", "OPCO de l’entreprise"),
    Sector.ASSOCIATION: ("", "OPCO de l’association"),
    Sector.PUBLIC_BODY: ("", "Budget de formation de la collectivité"),
    Sector.EDUCATION: ("", "Rectorat"),
}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is ordered, how it is called, and whether all sessions take place at the same time."""

    lines: tuple[tuple[str, int], ...]
    title: str
    parallel: bool


_KINDS: dict[str, tuple[_Kind, ...]] = {
    "office": (
        _Kind(((WORKSHOP, 1),), "Atelier {theme}", True),
        _Kind(((WORKSHOP, 2),), "Deux ateliers {theme}", True),
        _Kind(((WORKSHOP, 3),), "Parcours : atelier {theme}", False),
        _Kind(((WORKSHOP, 4),), "Journée des équipes : atelier {theme}", True),
        _Kind(((WORKSHOP, 6),), "Séminaire annuel : atelier {theme}", True),
        _Kind(((FACILITATION, 1),), "Formation à l’animation", True),
        _Kind(((FACILITATION, 2),), "Former les relais internes : formation à l’animation", False),
        _Kind(((TRAINING, 1),), "Formation {theme}, une journée", True),
        _Kind(((TRAINING, 2),), "Cycle : formation {theme}", False),
        _Kind(((WORKSHOP, 2), (TRAINING, 1)), "Ateliers {theme} et formation des référents", True),
    ),
    "school": (
        _Kind(((WORKSHOP, 3),), "Rentrée : atelier {theme}", True),
        _Kind(((WORKSHOP, 5),), "Semaine des transitions : atelier {theme}", True),
        _Kind(((CONFERENCE, 1),), "Conférence {theme}", True),
        _Kind(((WORKSHOP, 2), (CONFERENCE, 1)), "Journée {theme} : ateliers et conférence", True),
    ),
}
_CAMILLES = (4, 13, 21, 30)
"""Which of them Camille leads; Idris is on each."""


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell each of the usual missions, spread over the year."""
    rng = stage.rng("usual")
    clients = list(stage.clients.values())
    rng.shuffle(clients)
    for number in range(HOW_MANY):
        client = clients[number % len(clients)]
        agreed = _YEAR + (_LAST - _YEAR) * number // (HOW_MANY - 1)
        kind = rng.choice(_KINDS["school" if client.sector == Sector.EDUCATION else "office"])
        theme = rng.choice(THEMES)
        deal = Deal(
            client=client.name,
            agreed=agreed,
            title=kind.title.format(theme=theme),
            theme=theme,
            lines=kind.lines,
            coordinator=CAMILLE if number in _CAMILLES else "",
            funder=rng.choice(_FUNDERS[client.sector]),
        )
        yield _usual(stage, deal, kind, rng.randint(24, 44))


def _usual(stage: Stage, deal: Deal, kind: _Kind, lead: int) -> Story[None]:
    told = yield from opened(stage, deal)
    yield later(told, told.rng.randint(1, 5))
    day = working_day(stage.day(deal.agreed) + timedelta(days=lead))
    team = [stage.named(IDRIS)] if deal.coordinator == CAMILLE else []
    for line, (_, quantity) in enumerate(deal.lines):
        for count in (quantity,) if kind.parallel else (1,) * quantity:
            plan(told, day, count=count, line=line, first=team)
            day = working_day(day + timedelta(days=1 if kind.parallel else 7))
    yield from delivered(told, size=_size(told))


def _size(told: Told) -> tuple[int, int]:
    """Schools often keep no list."""
    if told.client.sector == Sector.EDUCATION and told.rng.random() < 0.6:
        return (0, 0)
    return (6, 12)
