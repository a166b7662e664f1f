"""Answering a placement questionnaire: until the session starts, to the version first seen."""

from collections.abc import Callable

import pytest

from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import QuestionnaireKind, Words
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.journal.models import Entry
from cordee.kernel.actor import COMMAND
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.surveys import queries
from cordee.surveys.facts import SurveyAnswered
from cordee.surveys.models import Answers
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import enrol, plan, told
from tests.surveys.asking import ELSE, EXPECT, KEEN, LEVEL, MANY, answer, asked_by, next_version

PLACEMENT = QuestionnaireKind.PLACEMENT


@pytest.fixture
def version(cast: Cast) -> QuestionnaireVersion:
    return asked_by(cast.workshop)


@pytest.fixture
def session(cast: Cast, version: QuestionnaireVersion) -> Session:
    return plan(cast, cast.noor)[0]


@pytest.fixture
def ana(cast: Cast, session: Session) -> Enrolment:
    return enrol(cast, session, "Ana")[0]


def fresh(person: Enrolment) -> Enrolment:
    return Enrolment.objects.get(pk=person.pk)


def asked_of(person: Enrolment) -> QuestionnaireVersion | None:
    asked = queries.asked(fresh(person), PLACEMENT)
    return asked.version if asked else None


def test_answers_are_kept_and_can_be_changed_but_told_once(
    ana: Enrolment, version: QuestionnaireVersion, session: Session
) -> None:
    answer(ana, version, **{EXPECT: ["c3", "c1", "c1"], KEEN: 4, MANY: 0, ELSE: " Deux\r\nlignes "})
    kept = Answers.objects.get()
    assert kept.values == {LEVEL: "c1", EXPECT: ["c1", "c3"], KEEN: 4, MANY: 0, ELSE: "Deux\nlignes"}
    answer(ana, version, **{LEVEL: "c2"})
    assert Answers.objects.get().values == {LEVEL: "c2"}
    assert told(SurveyAnswered) == [
        {"session_id": session.pk, "enrolment_id": ana.pk, "kind": "placement"}
    ], "never what was answered"
    assert Entry.objects.get(fact="SurveyAnswered").mission_id == session.mission_id


def test_who_began_goes_on_with_the_version_they_began(
    cast: Cast, ana: Enrolment, session: Session, version: QuestionnaireVersion
) -> None:
    (ben,) = enrol(cast, session, "Ben")
    answer(ana, version)
    second = next_version(version, label=Words("Où en êtes-vous ?"))
    assert (asked_of(ana), asked_of(ben)) == (version, second)
    answer(ana, version, **{LEVEL: "c2"})
    answer(ben, second)
    with refused("other_questions"):
        answer(ana, second)
    with refused("other_questions"):
        answer(ben, version)


def test_a_draft_is_asked_of_nobody(ana: Enrolment, version: QuestionnaireVersion) -> None:
    catalogue.move_question(questionnaire_id=version.questionnaire_id, key=LEVEL, position=3, by=COMMAND)
    draft = version.questionnaire.versions.get(published_at=None)
    assert asked_of(ana) == version
    with refused("other_questions"):
        answer(ana, draft)


def test_what_must_be_answered_is(ana: Enrolment, version: QuestionnaireVersion) -> None:
    with refused("no_answer", "bad_answer", "bad_answer") as blockers:
        answer(ana, version, **{LEVEL: "", KEEN: 9, MANY: 100})
    assert [b.field for b in blockers] == [LEVEL, KEEN, MANY]
    assert blockers[2].message == "Give a number from 0 to 99."
    assert not Answers.objects.exists()


def test_the_questions_close_when_the_session_starts(
    ana: Enrolment, version: QuestionnaireVersion, now: MovableClock
) -> None:
    now.move_to("2027-01-14 08:59")
    answer(ana, version)
    now.move_to("2027-01-14 09:00")
    with refused("already_started"):
        answer(ana, version, **{LEVEL: "c2"})
    assert Answers.objects.get().values == {LEVEL: "c1"}


def test_who_is_not_expected_any_more_answers_nothing(
    cast: Cast, ana: Enrolment, session: Session, version: QuestionnaireVersion
) -> None:
    enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    with refused("not_on_list"):
        answer(ana, version)
    (ben,) = enrol(cast, session, "Ben")
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    with refused("session_cancelled"):
        answer(ben, version)


def test_nothing_is_asked_where_the_service_asks_nothing(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor)
    (ana,) = enrol(cast, session, "Ana")
    assert asked_of(ana) is None
    assert not queries.placement_wanted(session)
    assert queries.group(session) is None


def test_who_has_not_answered_is_known_in_one_query(
    cast: Cast,
    session: Session,
    version: QuestionnaireVersion,
    django_assert_num_queries: Callable[..., object],
) -> None:
    people = enrol(cast, session, *(f"Ana{n}" for n in range(9)))
    answer(people[0], version)
    assert queries.placement_wanted(session)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert queries.unanswered(p.pk for p in people) == {p.pk for p in people[1:]}
