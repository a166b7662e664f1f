"""Building the demo world."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.db import transaction

from cordee.accounts.models import User
from cordee.closure import actions as closure
from cordee.demo import catalogue, clients, network, opinions, questionnaires
from cordee.demo.stage import Stage, Story, play, working_day
from cordee.demo.stories import (
    audits,
    changes,
    complaints,
    contact,
    improvements,
    late,
    mails,
    money,
    open_door,
    paper,
    payments,
    sheets,
    suppliers,
    today,
    usual,
)
from cordee.demo.worker import begin, settle
from cordee.jobs import registry
from cordee.kernel import clock
from cordee.missions.models import Mission

SEED = 2026
type Kind = Callable[[Stage], Iterator[Story[None]]]
_BEGINNING = timedelta(days=375)
"""How long ago the world begins."""


def is_built() -> bool:
    """Tell whether the database holds a demo world: everybody one can be with one click is there."""
    return User.objects.filter(email__in=network.PERSONAS.values()).count() == len(network.PERSONAS)


KINDS: tuple[Kind, ...] = (
    suppliers.stories,
    usual.stories,
    changes.stories,
    money.stories,
    late.stories,
    contact.stories,
    today.stories,
    open_door.stories,
    mails.stories,
    questionnaires.stories,
    sheets.stories,
    paper.stories,
    payments.stories,
    complaints.stories,
    audits.stories,
    improvements.stories,
)


@transaction.atomic
def build(*, seed: int = SEED, kinds: Iterable[Kind] = KINDS) -> None:
    """Fill an empty database with a year of an organisation's life, up to now. All of it or nothing.

    The same seed at the same time gives the same world.
    """
    stage = Stage(seed=seed, now=clock.now(), spoken_for=frozenset({network.CAMILLE, network.IDRIS}))
    begin()
    with registry.held_back():
        beginning = working_day(stage.today - _BEGINNING)
        with clock.frozen_at(stage.moment(beginning, "09:00")):
            network.found(stage)
            clients.add_all(stage)
            catalogue.fill(stage)
            questionnaires.fill(stage)
            settle()
        told = tuple(kinds)
        play(stage, [story for kind in told for story in kind(stage)])
        opinions.fill_year(stage)
        improvements.measure(stage)
        if audits.stories in told:
            audits.prepare(stage)
        settle()
        closure.refresh_boards(mission_ids=Mission.objects.values_list("pk", flat=True))
