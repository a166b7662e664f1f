"""What numbers prove of each indicator, and what is missing."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from cordee.audits.models import Declaration
from cordee.audits.queries.ground import ground as read
from cordee.audits.rules import ALONE, Ground, Part, parts_of, proven_by, stand
from cordee.audits.states import ActionKind, Standing, in_force
from cordee.catalogue.states import SATISFACTION, QuestionnaireKind
from cordee.kernel import clock
from cordee.quality.queries import Counted, Improved

GOOD = Ground(
    services=2,
    with_programme=2,
    internal_rules=True,
    welcome_booklet=True,
    disability_officer=True,
    sessions=4,
    recorded=4,
    staffed=4,
    coordinated=4,
    people=40,
    told=40,
    facilitators=3,
    billed=3,
    answers=dict.fromkeys(QuestionnaireKind, (40, 30)),
    complaints=Counted(received=2, decided=2),
    improvements=Improved(done=2, effective=1),
)
UNANSWERED = {"answers": {}}
LACKS: list[tuple[int, dict[str, Any], str]] = [
    (1, {"with_programme": 1}, "no_programme"),
    (1, {"services": 0, "with_programme": 0}, "no_programme"),
    (2, UNANSWERED, "nobody_answered_hot"),
    (5, {"with_programme": 1}, "no_programme"),
    (6, {"with_programme": 1}, "no_programme"),
    (8, UNANSWERED, "nobody_answered_placement"),
    (9, {"told": 39}, "not_told"),
    (9, {"internal_rules": False}, "no_internal_rules"),
    (9, {"welcome_booklet": False}, "no_welcome_booklet"),
    (11, UNANSWERED, "nobody_answered_check"),
    (12, {"recorded": 3}, "no_presence"),
    (17, {"staffed": 3}, "not_staffed"),
    (18, {"coordinated": 3}, "no_coordinator"),
    (26, {"disability_officer": False}, "no_officer"),
    (26, {"needs_late": 1}, "needs_late"),
    (27, {"billed": 2}, "no_supplier"),
    (27, {"without_papers": 1}, "no_papers"),
    *((30, UNANSWERED, f"nobody_answered_{kind}") for kind in SATISFACTION),
    (31, {"complaints": Counted(received=2, late=1)}, "complaints_late"),
    (32, {"improvements": Improved()}, "nothing_improved"),
    (32, {"improvements": Improved(done=1, late=1)}, "improvements_late"),
]


@pytest.mark.parametrize(("number", "changes", "code"), LACKS)
def test_what_an_indicator_lacks_is_told_with_how_to_mend_it(
    *, number: int, changes: dict[str, Any], code: str
) -> None:
    assert proven_by(number, GOOD)[1] == []
    found = {m.blocker.code: m.blocker for m in proven_by(number, replace(GOOD, **changes))[1]}
    assert found[code].message
    assert found[code].fix


@pytest.mark.parametrize("number", [8, 9, 11, 12, 17, 18])
def test_where_nothing_was_held_nothing_is_proven(*, number: int) -> None:
    assert "nothing_held" in {m.blocker.code for m in proven_by(number, replace(GOOD, sessions=0))[1]}


def test_of_confidential_complaints_a_years_number_alone_is_told_where_it_is_not_small() -> None:
    few = replace(GOOD, complaints=Counted(received=2, year_over=2026, confidential=4, decided=2))
    assert [f.count for f in proven_by(31, few)[0]] == [2]
    (_decided, confidential), missing = proven_by(
        31, replace(few, complaints=replace(few.complaints, confidential=5))
    )
    assert (confidential.count, confidential.place, missing) == (5, None, [])
    assert "2026" in confidential.label


@pytest.mark.django_db
@pytest.mark.parametrize("ground", [GOOD, Ground()])
def test_an_indicator_reads_the_parts_of_the_ground_that_it_says(
    monkeypatch: pytest.MonkeyPatch, ground: Ground
) -> None:
    """Else a page that shows one indicator would tell of a number that was not read."""
    monkeypatch.setitem(read.__globals__, "Ground", dict)
    day = date(2027, 1, 1)
    columns: dict[Part, set[str]] = {part: set(read(day, day, parts=[part])) for part in Part}
    seen: set[str] = set()

    class Watched(Ground):
        __slots__ = ()

        def __getattribute__(self, name: str) -> Any:
            seen.add(name)
            return super().__getattribute__(name)

    watched = Watched(**{f.name: getattr(ground, f.name) for f in fields(Ground)})
    every = {f.name for f in fields(Ground)}
    assert every == set().union(*columns.values())
    for number in range(1, 33):
        seen.clear()
        proven_by(number, watched)
        said = set().union(*(columns[part] for part in parts_of([number])))
        assert seen & every <= said, number
        assert {part for part in parts_of([number]) if not columns[part] & seen} == set(), number


def test_an_indicator_stands_by_figures_declarations_and_what_is_offered() -> None:
    text = in_force(date(2027, 1, 1))
    today = clock.today()
    over = Declaration(indicator=23, words="Veille", valid_until=today - timedelta(days=1))
    valid = Declaration(indicator=24, words="Veille", valid_until=today)
    numbers = {one.number for one in text.indicators}
    found = stand(text, frozenset({ActionKind.TRAINING}), GOOD, {23: [over], 24: [valid]}, numbers)
    standings = {one.indicator.number: one.standing for one in found}
    assert {n for n, s in standings.items() if s == Standing.PROVEN} == ALONE | {24}
    assert standings[23] == Standing.TO_COMPLETE, "what was declared is not valid any more"
    assert standings[3] == Standing.NOT_APPLICABLE
