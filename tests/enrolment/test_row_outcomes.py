"""What became of each line of a list is kept when the line is gone: nothing leaves the screen without a reason."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cordee.cli.main import main
from cordee.enrolment import actions, queries
from cordee.enrolment.models import ListRow, RowOutcome
from cordee.enrolment.rules import Person
from cordee.enrolment.states import LISTS_FORGOTTEN_AFTER
from cordee.enrolment.tasks import forget_old_lists
from cordee.kernel.actor import COMMAND, Actor
from cordee.lists.reader import read_text
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import ask_client, enrol, plan

LIST = """\
Ana N <ana@valmont.example>
Groupe B :
Zoé Roux <zoe@x.fr>
Bo N <bo@valmont.example>
ROUX Zoé <zoe@x.fr>
Marc Blanc <marc@@x>
"""


@pytest.fixture
def session(cast: Cast) -> Session:
    (planned,) = plan(cast, cast.noor)
    return Session.objects.select_related("mission__order").get(pk=planned.pk)


@pytest.fixture
def with_two(cast: Cast, session: Session) -> Session:
    """A list on which Ana stands whole, and Bo by name alone."""
    enrol(cast, session, "Ana")
    people = [Person(first_name="Bo", last_name="N")]
    actions.enrol(session_id=session.pk, people=people, by=COMMAND)
    return session


def told(session: Session) -> list[tuple[int, str, str]]:
    return sorted((o.line, o.name, o.became) for o in queries.outcomes(session.pk))


def keep(session: Session, text: str, by: Actor = COMMAND, *, add: bool = True) -> None:
    people = read_text(text)
    actions.keep_rows(session_id=session.pk, rows=people.rows, aside=queries.missed(people), add=add, by=by)


def by_coordinator(cast: Cast, session: Session, text: str) -> None:
    keep(session, text)
    actions.enrol_rows(session_id=session.pk, by=COMMAND)


def by_contact(cast: Cast, session: Session, text: str) -> None:
    people = read_text(text)
    by = ask_client(cast)
    actions.give_list(session_id=session.pk, rows=people.rows, aside=queries.missed(people), by=by)


GIVE = {"coordinator": by_coordinator, "contact": by_contact}
OF_THE_LIST = [
    (1, "N Ana", "already"),
    (2, "Groupe B :", "aside"),
    (3, "Zoé Roux", "enrolled"),
    (4, "N Bo", "completed"),
    (5, "Zoé ROUX", "twice"),
]


@pytest.mark.parametrize("give", GIVE.values(), ids=GIVE)
def test_each_line_has_its_outcome_or_still_waits(
    cast: Cast, with_two: Session, give: Callable[..., None]
) -> None:
    give(cast, with_two, LIST)
    assert told(with_two) == OF_THE_LIST
    assert [(row.line, row.email) for row in ListRow.objects.all()] == [(6, "marc@@x")]
    (twice,) = queries.outcomes(with_two.pk).filter(became="twice")
    assert twice.first_line == 3


def test_the_command_tells_of_each_line_too(with_two: Session, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text(LIST, encoding="utf-8")
    assert main(["participants", "import", with_two.ref, str(file)]) == 1
    assert told(with_two) == [*OF_THE_LIST, (6, "Marc Blanc", "left_out")]


def test_who_took_a_line_out_is_known(cast: Cast, session: Session) -> None:
    camille = cast.actor(cast.camille)
    keep(session, "Ana Ba <ana@x.fr>\nBo Cy <bo@x.fr>", camille)
    first, _second = queries.row_ids(session.pk)
    assert actions.drop_rows(session_id=session.pk, row_ids=[first], by=camille) == 1
    (dropped,) = queries.outcomes(session.pk)
    assert (dropped.name, dropped.became, dropped.user_id) == ("Ana Ba", "dropped", camille.user_id)


def test_the_contact_takes_a_line_out_or_puts_it_right(cast: Cast, session: Session) -> None:
    by_contact(cast, session, "Ana Ba <ana@@x>\nBo Cy <bo@@x>")
    ana, bo = ListRow.objects.order_by("line")
    by = ask_client(cast)
    actions.drop_waiting(row_id=ana.pk, seen=None, by=by)
    person = Person(email="bo@x.fr", first_name="Bo", last_name="Cy")
    actions.change_waiting(row_id=bo.pk, person=person, seen=None, by=by)
    assert told(session) == [(1, "Ana Ba", "dropped"), (2, "Bo Cy", "enrolled")]
    assert set(queries.outcomes(session.pk).values_list("link_id", "source")) == {(by.link_id, "contact")}


def test_the_coordinator_who_leaves_out_a_line_of_the_client_tells_the_client(
    cast: Cast, session: Session
) -> None:
    by_contact(cast, session, "Ana Ba <ana@@x>")
    actions.drop_rows(session_id=session.pk, row_ids=queries.row_ids(session.pk), by=COMMAND)
    assert [(o.became, o.source) for o in queries.outcomes(session.pk)] == [("dropped", "contact")]


def test_a_list_that_makes_way_is_told_and_what_stays_is_not(session: Session) -> None:
    keep(session, "Ana Ba <ana@x.fr>\nBo Cy <bo@x.fr>")
    keep(session, "Dan Em <dan@x.fr>\nBo Cy <bo@x.fr>", add=False)
    assert told(session) == [(1, "Ana Ba", "replaced")]


def test_a_line_given_twice_with_other_words_waits_once_and_is_told(cast: Cast, session: Session) -> None:
    by_contact(cast, session, "Ana Ba <ana@@x>")
    by_contact(cast, session, "Bo Cy <bo@x.fr>\nAna Ba <ana@@x>")
    assert told(session) == [(1, "Bo Cy", "enrolled"), (2, "Ana Ba", "twice")]
    assert ListRow.objects.count() == 1


def test_nothing_is_told_of_a_list_that_is_refused(session: Session) -> None:
    keep(session, "\n".join(f"p{n}@x.fr" for n in range(session.capacity + 1)))
    with refused("no_room"):
        actions.enrol_rows(session_id=session.pk, by=COMMAND)
    assert not RowOutcome.objects.exists()


def test_of_very_many_lines_the_newest_are_kept(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cordee.enrolment.actions.lines.MOST_LINES_TOLD", 3)
    keep(session, "\n".join(f"p{n}@x.fr" for n in range(5)))
    actions.enrol_rows(session_id=session.pk, by=COMMAND)
    assert [line for line, _name, _became in told(session)] == [3, 4, 5]


def test_a_line_is_kept_in_short(session: Session) -> None:
    keep(session, f"{'x' * 900}@@x.fr")
    actions.drop_rows(session_id=session.pk, row_ids=queries.row_ids(session.pk), by=COMMAND)
    assert len(RowOutcome.objects.get().name) == 121


def test_lines_of_sessions_long_over_are_forgotten(cast: Cast, with_two: Session, now: MovableClock) -> None:
    by_coordinator(cast, with_two, LIST)
    now.at = with_two.ends_at + LISTS_FORGOTTEN_AFTER - timedelta(seconds=1)
    forget_old_lists.call()
    assert (RowOutcome.objects.count(), ListRow.objects.count()) == (5, 1)
    now.at += timedelta(seconds=1)
    for _ in range(2):
        forget_old_lists.call()
    assert not RowOutcome.objects.exists()
    assert not ListRow.objects.exists()
    assert queries.counts([with_two.pk]) == {with_two.pk: 3}


def test_a_line_with_an_address_is_told_whatever_it_was_left_aside_for() -> None:
    text = "Contact : rh@x.example\n\nNom;Mail\nRoy Ana;ana@x.example\n"
    assert [line.line for line in queries.missed(read_text(text))] == [1]


@pytest.mark.parametrize("header", ["", "Nom;Prénom;Mail\n"])
def test_what_was_written_around_a_list_is_told_too(header: str) -> None:
    text = f"Bonjour Camille,\nVoici la liste :\n\n{header}Roy;Ana;ana@x.example\nTotal : 9 personnes\n"
    left = [line.text for line in queries.missed(read_text(text))]
    assert left == ["Bonjour Camille,", "Voici la liste :", "Total : 9 personnes"]


def test_of_many_lines_left_aside_the_number_is_told() -> None:
    notes = "\n".join(f"Total : {n} personnes" for n in range(13))
    assert len(queries.left_aside(read_text(f"Nom;Mail\nRoy;ana@x.example\n{notes}"))) == 11
