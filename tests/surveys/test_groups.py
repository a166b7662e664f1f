"""The group of a session, and what remains of it three months later."""

from collections.abc import Callable

import pytest

from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import Words
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from cordee.surveys import actions, queries
from cordee.surveys.facts import AnswersForgotten
from cordee.surveys.models import Answers, Counts
from cordee.surveys.rules import may_read_answers
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import enrol, plan, told
from tests.surveys.asking import ELSE, EXPECT, KEEN, LEVEL, MANY, answer, asked_by, next_version

NAMES = ("Ana", "Ben", "Cleo", "Driss", "Eva", "Fadi")


@pytest.fixture
def version(cast: Cast) -> QuestionnaireVersion:
    return asked_by(cast.workshop)


@pytest.fixture
def session(cast: Cast, version: QuestionnaireVersion) -> Session:
    return plan(cast, cast.noor)[0]


@pytest.fixture
def people(cast: Cast, session: Session) -> list[Enrolment]:
    return enrol(cast, session, *NAMES)


@pytest.fixture
def answered(people: list[Enrolment], version: QuestionnaireVersion) -> list[Enrolment]:
    """Five of the six answer."""
    for place, person in enumerate(people[:5]):
        more = {ELSE: "Une question"} if place == 0 else {}
        answer(person, version, **{KEEN: place + 1, MANY: place * 10, EXPECT: ["c1", "c2"], **more})
    return people


def group(session: Session) -> queries.Group:
    found = queries.group(session)
    assert found
    return found


def test_a_group_is_counted(session: Session, answered: list[Enrolment]) -> None:
    found = group(session)
    assert (found.people, found.answered, found.forgotten) == (6, 5, False)
    (profile,) = found.profiles
    by_key = {tally.question.key: tally for tally in profile.tallies}
    assert by_key[LEVEL].counts == {"c1": 5, "c2": 0}
    assert by_key[EXPECT].counts == {"c1": 5, "c2": 5, "c3": 0}
    assert (by_key[KEEN].average, by_key[MANY].average) == (3.0, 20.0)
    assert by_key[ELSE].texts == ("Une question",)


def test_who_does_not_come_does_not_count(
    session: Session, answered: list[Enrolment], now: MovableClock
) -> None:
    enrolment.cancel_enrolment(enrolment_id=answered[0].pk, by=COMMAND)
    enrolment.cancel_enrolment(enrolment_id=answered[5].pk, by=COMMAND)
    now.move_to("2027-01-14 10:00")
    enrolment.add_walk_in(session_id=session.pk, person=Person(first_name="Zoé"), by=COMMAND)
    found = group(session)
    assert (found.people, found.answered) == (4, 4), "nobody asked who came on the spot"


def test_answers_to_two_versions_are_not_mixed(
    session: Session, people: list[Enrolment], version: QuestionnaireVersion
) -> None:
    answer(people[0], version)
    second = next_version(version, label=Words("Où en êtes-vous ?"))
    answer(people[1], second)
    answer(people[2], second)
    assert [(p.version, p.people) for p in group(session).profiles] == [(second, 2), (version, 1)]


def test_each_person_is_listed_with_what_they_answered(session: Session, answered: list[Enrolment]) -> None:
    listed = {p.name: p.values for p in queries.people_of(session)}
    assert list(listed) == sorted(listed)
    assert listed["Eva N"][KEEN] == 5
    assert listed["Fadi N"] == {}


def test_a_group_costs_the_same_whatever_its_size(
    cast: Cast,
    session: Session,
    version: QuestionnaireVersion,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for name in NAMES:
        answer(enrol(cast, session, name)[0], version)
        loaded = Session.objects.select_related("line__service_type").get(pk=session.pk)
        with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
            group(loaded)
        with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
            queries.people_of(loaded)


def test_a_session_held_without_an_answer_has_nothing_to_say(
    session: Session, people: list[Enrolment], now: MovableClock
) -> None:
    assert group(session).answered == 0
    now.move_to("2027-01-14 13:00")
    assert queries.group(session) is None


def test_three_months_after_the_session_only_figures_are_left(
    session: Session, answered: list[Enrolment], now: MovableClock
) -> None:
    before = group(session)
    now.move_to("2027-04-16 11:00")
    assert actions.forget_old() == 0
    now.move_to("2027-04-16 13:01")  # summer time has come meanwhile
    assert actions.forget_old() == 1
    assert not Answers.objects.exists()
    after = group(session)
    assert (after.people, after.answered, after.forgotten) == (5, 5, True)
    for was, left in zip(before.profiles[0].tallies, after.profiles[0].tallies, strict=True):
        assert (left.counts, left.answered, left.texts) == (was.counts, was.answered, ())
    assert "Une question" not in str(Counts.objects.values())
    assert told(AnswersForgotten) == [
        {"session_id": session.pk, "kind": "placement", "people": 5, "counted": True}
    ]
    assert actions.forget_old() == 0
    assert [p.values for p in queries.people_of(session)] == [{}] * 6


def test_of_a_few_people_not_even_figures_are_left(
    session: Session, people: list[Enrolment], version: QuestionnaireVersion, now: MovableClock
) -> None:
    for person in people[:4]:
        answer(person, version)
    enrolment.cancel_enrolment(enrolment_id=people[0].pk, by=COMMAND)
    now.move_to("2027-05-01 12:00")
    actions.forget_old()
    assert not Answers.objects.exists(), "of who was taken off the list neither"
    assert not Counts.objects.exists()
    assert told(AnswersForgotten)[-1]["counted"] is False
    assert queries.group(session) is None


def test_who_adapts_the_session_reads_answers_and_nobody_else(cast: Cast, session: Session) -> None:
    def reads(person: object, *, runs_session: bool = False) -> bool:
        return may_read_answers(session, cast.actor(person), runs_session=runs_session)  # type: ignore[arg-type]

    assert reads(cast.noor, runs_session=True)
    assert reads(cast.camille), "the coordinator"
    assert reads(cast.quitterie), "quality"
    assert not any(reads(p) for p in (cast.noor, cast.dan, cast.olga, cast.farid, cast.ada))
