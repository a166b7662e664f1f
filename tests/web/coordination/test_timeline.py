"""Each fact of the house becomes a sentence."""

import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from django.utils import translation

import cordee
from cordee.journal.facts import fact_types
from cordee.kernel.facts import Fact
from cordee.planning.models import Session
from cordee.web.coordination.timeline.names import Names
from cordee.web.coordination.timeline.sentences import GROUPED, KINDS, PRESENTERS

OWN_PAGES = {"accommodation", "accounts", "catalogue", "clients", "network", "organisation"}
"""Rooms whose facts belong to no mission."""
OF_THE_OFFICE = {"MailRulesChanged", "MailWordsChanged"}
"""Facts of other rooms that belong to none either."""


def facts_of_missions() -> list[type[Fact]]:
    assert cordee.__version__
    house = [f for f in fact_types().values() if f.__module__.startswith("cordee.")]
    found = [f for f in house if f.__name__ not in OF_THE_OFFICE]
    return sorted((f for f in found if f.__module__.split(".")[1] not in OWN_PAGES), key=lambda f: f.__name__)


def test_every_fact_of_a_mission_has_its_presenter() -> None:
    told = {kind.__name__ for kind in PRESENTERS}
    assert {kind.__name__ for kind in facts_of_missions()} == told
    assert set(GROUPED) <= set(PRESENTERS)
    assert set(KINDS) <= set(PRESENTERS)


EXAMPLES: dict[str, Any] = {
    "facilitator_id": 7,
    "before_id": 8,
    "before": 3,
    "after": 4,
    "role": "facilitator",
    "status": "invited",
    "ref": "R-2027-0001-A",
    "reason_id": 9,
    "month": "2027-01-01",
    "fields": ["place"],
    "closes_at": "2027-01-10T12:00:00+00:00",
    "enrolment_ids": [1, 2],
    "undone": False,
    "purpose": "joining",
    "registration_ids": [1, 2],
    "changes": {"1": ["absent", "present"]},
}


@pytest.mark.parametrize("kind", facts_of_missions(), ids=lambda kind: kind.__name__)
def test_every_sentence_reads_well(kind: type[Fact]) -> None:
    values = {f.name: EXAMPLES.get(f.name, 1) for f in fields(kind)}
    if kind.__name__ == "AssignmentChanged":
        values |= {"before": "invited", "after": "declined"}
    names = Names(
        {7: "Noor van den Berg", 8: "Dan Cohen"},
        {},
        {1: Session(title="Atelier A", ref="S-2027-0001-A")},
        reasons={9: "La salle est inondée"},
    )
    with translation.override("en"):
        text = _present(kind)(kind(**values), names)
    assert text
    assert not re.search(r"%\(|%[ds]|\{", text)
    if "session_id" in values:
        assert "Atelier A" in text
    if "facilitator_id" in values:
        assert "Noor van den Berg" in text
    if "reason_id" in values:
        assert "La salle est inondée" in text


def _present(kind: type[Fact]) -> Callable[[Fact, Names], str]:
    return next(present for known, present in PRESENTERS.items() if known.__name__ == kind.__name__)
