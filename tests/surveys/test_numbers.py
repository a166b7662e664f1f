"""Questions that are answered by a number: what it adds up to, between which it lies, and how many lie in each bin."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import pairwise
from operator import add
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.catalogue import actions as catalogue
from cordee.catalogue.states import LARGEST_NUMBER, Question, QuestionKind, QuestionnaireKind, Words
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.surveys import actions, queries
from cordee.surveys.actions import summing
from cordee.surveys.models import Response, Sum, Survey
from cordee.surveys.queries import Figure, Numbers, Scope, Steps
from cordee.surveys.queries.behind import steps_of
from cordee.surveys.rules import Value
from cordee.surveys.states import BINS_FROM, STEPS, bin_of
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import plan

HOW_MANY = Question(key="q1", kind=QuestionKind.NUMBER, label=Words("Combien de collègues ?", "How many?"))
NUMBERS = st.lists(st.integers(-LARGEST_NUMBER, LARGEST_NUMBER), min_size=1, max_size=20)


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_lots_added_up_tell_the_same_as_their_answers(lots: Sequence[Sequence[int]]) -> None:
    def told(numbers: Sequence[int]) -> Steps:
        answers: list[tuple[int, Mapping[str, Value]]] = [(1, {"q1": number}) for number in numbers]
        (kept,) = summing.sums(Survey(kind="hot"), answers, named=True)
        return steps_of(kept)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summing, "_measured", lambda _version_id: ((HOW_MANY, "12:q1"),))
        everything = [number for numbers in lots for number in numbers]
        whole = reduce(add, map(told, lots), Steps())
        assert whole == told(everything)
    assert whole.answers == sum(whole.counts) == len(everything)
    assert whole.mean == pytest.approx(mean(everything))
    assert whole.numbers == Numbers(sum(everything), min(everything), max(everything))


def test_each_number_lies_in_one_bin() -> None:
    assert (bin_of(-1), bin_of(0), bin_of(LARGEST_NUMBER)) == (0, 1, STEPS[-1])
    for place, (first, after) in enumerate(pairwise(BINS_FROM), 1):
        assert bin_of(first) == bin_of(after - 1) == place


@pytest.fixture
def surveys(cast: Cast, now: MovableClock) -> list[Survey]:
    """Two surveys that ask how many, one with names and one without; and one by another questionnaire."""
    asked = []
    for name in ("Un", "Deux"):
        kept = catalogue.add_questionnaire(name=name, kind=QuestionnaireKind.HOT, by=COMMAND)
        catalogue.put_question(questionnaire_id=kept.pk, question=HOW_MANY, expected_version=None, by=COMMAND)
        catalogue.publish(questionnaire_id=kept.pk, expected_version=None, by=COMMAND)
        asked.append(kept.pk)
    sessions = [plan(cast, f)[0] for f in (cast.noor, cast.elodie, cast.idris)]
    now.move_to("2027-01-15 12:00")
    return [
        Survey.objects.create(
            kind="hot",
            session=session,
            mission=cast.mission,
            client=cast.valmont,
            service_type=cast.workshop,
            month=date(2027, 1, 1),
            questionnaire_id=questionnaire,
            anonymous=anonymous,
            opened_at=clock.now(),
            closes_at=clock.now(),
            people=6,
            answered=4,
        )
        for session, questionnaire, anonymous in zip(
            sessions, (asked[0], asked[0], asked[1]), (False, True, False), strict=True
        )
    ]


def say(survey: Survey, *numbers: int) -> None:
    """Answer a survey by these numbers; what is anonymous is told once it is night."""
    (version,) = survey.questionnaire.versions.all()
    for number in numbers:
        told = summing.place_of(survey)
        response = Response.objects.create(
            **told,
            survey=survey,
            version=version,
            counted=not survey.anonymous,
            values={version.asked[0].key: number},
        )
    if survey.anonymous:
        actions.close_due()
    else:
        summing.sum_up(response)


def figures(**narrowed: int) -> list[Figure]:
    return list(queries.results(Scope(kind=QuestionnaireKind.HOT, **narrowed)).figures)


@pytest.mark.django_db
def test_the_ends_are_told_where_no_answer_is_anonymous(surveys: list[Survey]) -> None:
    named, anonymous, _other = surveys
    say(named, 3, 40, -2)
    say(anonymous, 0, 7, 7, 1000)
    (figure,) = figures(session_id=named.session_id or 0)
    assert figure.answers == 3
    assert figure.steps == Steps((1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0), Numbers(41, -2, 40))
    assert figure.scale == range(6), "from the first bin that holds some to the last"
    (figure,) = figures(session_id=anonymous.session_id or 0)
    assert figure.steps == Steps((0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 1), Numbers(1014, None, None))
    (figure,) = figures(questionnaire_id=named.questionnaire_id)
    assert (figure.answers, figure.steps and figure.steps.numbers) == (7, Numbers(1055, None, None))


@pytest.mark.django_db
def test_a_batch_is_added_to_what_was_told_and_three_answers_are_not(surveys: list[Survey]) -> None:
    anonymous = surveys[1]
    Survey.objects.filter(pk=anonymous.pk).update(closes_at=clock.now().replace(year=2028))
    anonymous.refresh_from_db()
    say(anonymous, 1, 2, 3, 4)
    say(anonymous, 5, 5, 5)
    assert [(kept.total, kept.n2, kept.n3) for kept in Sum.objects.all()] == [(10, 4, 0)]
    say(anonymous, 5)
    assert [(kept.total, kept.n2, kept.n3) for kept in Sum.objects.all()] == [(30, 4, 4)]


@pytest.mark.django_db
def test_results_of_one_questionnaire_are_those_of_the_sessions_that_asked_it(surveys: list[Survey]) -> None:
    for survey in surveys:
        say(survey, 1, 2, 3, 4)
    one, other = surveys[0].questionnaire_id, surveys[2].questionnaire_id
    every = queries.results(Scope(kind=QuestionnaireKind.HOT))
    assert {figure.measure: figure.answers for figure in every.figures} == {f"{one}:q1": 8, f"{other}:q1": 4}
    for questionnaire, asked, answers in ((one, 2, 8), (other, 1, 4)):
        found = queries.results(Scope(kind=QuestionnaireKind.HOT, questionnaire_id=questionnaire))
        assert (found.surveys, found.invited) == (asked, 6 * asked)
        assert [(figure.measure, figure.answers) for figure in found.figures] == [
            (f"{questionnaire}:q1", answers)
        ]
    assert figures(questionnaire_id=0) == []
