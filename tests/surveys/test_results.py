"""Figures agree with a plain recount, and whatever two of them are compared, nobody's answer is the difference."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import mean

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cordee.catalogue.states import QuestionnaireKind, Topic
from cordee.kernel import clock
from cordee.network.models import Facilitator
from cordee.surveys import actions, queries
from cordee.surveys.actions.summing import sum_up
from cordee.surveys.models import Response, Survey
from cordee.surveys.queries import By, Scope, Steps
from cordee.surveys.states import FEWEST_TOLD
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import confirm, plan
from tests.surveys.opinions import answered, ask

K = QuestionnaireKind
RECOMMEND = Topic.RECOMMEND


@given(st.lists(st.integers(0, 10), max_size=40))
def test_figures_agree_with_a_plain_recount(given_: list[int]) -> None:
    counts = Counter(given_)
    steps = Steps(tuple(counts[step] for step in range(11)))
    assert steps.answers == sum(steps.counts) == len(given_)
    assert steps.mean == (pytest.approx(mean(given_)) if given_ else None)
    would, would_not = sum(step >= 9 for step in given_), sum(step <= 6 for step in given_)
    assert steps.nps.people == len(given_)
    assert steps.nps.score == (round(100 * (would - would_not) / len(given_)) if given_ else None)


@pytest.fixture
def surveys(cast: Cast, now: MovableClock) -> list[Survey]:
    """Three sessions of one mission, each asked anonymously how it was; and one of another, with names."""
    questionnaire = ask(cast.workshop)
    made = []
    sessions = [plan(cast, f)[0] for f in (cast.noor, cast.elodie, cast.idris, cast.dan)]
    for session, facilitator in zip(sessions, (cast.noor, cast.elodie, cast.idris), strict=False):
        confirm(cast, session, facilitator)
    now.move_to("2027-01-15 12:00")
    for place, session in enumerate(sessions):
        made.append(
            Survey.objects.create(
                kind=K.HOT,
                session=session,
                mission=cast.mission,
                client=cast.valmont,
                service_type=cast.workshop,
                month=date(2027, 1, 1),
                questionnaire_id=questionnaire,
                anonymous=place < 3,
                opened_at=clock.now(),
                closes_at=clock.now() + timedelta(days=3 + place),
            )
        )
    return made


def scopes(cast: Cast, surveys: list[Survey]) -> Iterator[Scope]:
    """Give every way of looking at anonymous answers."""
    yield Scope(kind=K.HOT)
    yield Scope(kind=K.HOT, mission_id=cast.mission.pk, since=date(2027, 1, 1), until=date(2027, 1, 31))
    yield Scope(kind=K.HOT, service_type_id=cast.workshop.pk)
    yield from (Scope(kind=K.HOT, session_id=survey.session_id) for survey in surveys)
    yield from (Scope(kind=K.HOT, facilitator_id=f.pk) for f in (cast.noor, cast.elodie))


NIGHTS = st.lists(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 10), st.booleans()), max_size=9),
    min_size=1,
    max_size=5,
)


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nights=NIGHTS)
def test_two_exports_differ_by_four_answers_or_by_none(
    cast: Cast, surveys: list[Survey], now: MovableClock, nights: list[list[tuple[int, int, bool]]]
) -> None:
    """Night after night, whatever is filtered: each figure stays, or grows by four answers at least."""
    with transaction.atomic():
        begin = clock.now()
        before: dict[tuple[Scope, str], Steps] = {}
        for night, answers in enumerate([*nights, [], []], 1):
            for place, step, pace in answers:
                if surveys[place].closes_at > clock.now():
                    answered(surveys[place], step, pace=pace)
            now.move_to(f"{begin + timedelta(days=night):%Y-%m-%d %H:%M}")
            actions.close_due()
            figures = {
                (scope, figure.measure): figure.parts[""]
                for scope in scopes(cast, surveys[:3])
                for figure in queries.results(scope).figures
            }
            for place_, steps in figures.items():
                came = [a - b for a, b in zip(steps.counts, before.get(place_, Steps()).counts, strict=True)]
                assert min(came) >= 0
                assert sum(came) == 0 or sum(came) >= FEWEST_TOLD
            assert set(before) <= set(figures)
            before = figures
        told = Response.objects.filter(counted=True)
        everything = before.get((Scope(kind=K.HOT), RECOMMEND), Steps())
        assert everything.counts == tuple(told.filter(values__q1=step).count() for step in range(11))
        transaction.set_rollback(True)
    now.move_to(f"{begin:%Y-%m-%d %H:%M}")


def tell(survey: Survey, *given_: int) -> None:
    for step in given_:
        answered(survey, step)
    actions.close_due()


@pytest.mark.django_db
def test_three_answers_are_told_with_the_mission_and_never_alone(
    cast: Cast, surveys: list[Survey], now: MovableClock
) -> None:
    tell(surveys[0], 1, 2, 3)
    tell(surveys[1], 9, 9)
    before = queries.results(Scope(kind=K.HOT))
    assert (before.waiting, before.figures) == (5, ())
    now.move_to("2027-01-25 03:00")
    actions.close_due()
    assert queries.results(Scope(kind=K.HOT, session_id=surveys[0].session_id)).figures == ()
    mission = queries.results(Scope(kind=K.HOT, mission_id=cast.mission.pk))
    assert {figure.answers for figure in mission.figures} == {5}


@pytest.mark.django_db
def test_a_choice_is_counted_among_those_who_were_offered_it(cast: Cast, surveys: list[Survey]) -> None:
    cold = ask(cast.workshop, K.COLD)
    named = surveys[3]
    Survey.objects.filter(pk=named.pk).update(kind=K.COLD, questionnaire_id=cold)
    named.refresh_from_db()
    for choice in ("c1", "c1", "c3"):
        response = answered(named, 8)
        response.values = {"q1": 8, "q4": choice}
        response.save()
    sum_up(response)
    figure = next(f for f in queries.results(Scope(kind=K.COLD)).figures if f.measure == f"{cold}:q4")
    assert {key: (part.counts[1], part.answers) for key, part in figure.parts.items()} == {
        "c1": (2, 3),
        "c2": (0, 3),
        "c3": (1, 3),
        "c4": (0, 3),
    }


@pytest.mark.django_db
def test_nothing_is_ranked_on_fewer_than_five_answers(cast: Cast, surveys: list[Survey]) -> None:
    tell(surveys[0], 10, 10, 10, 10)
    tell(surveys[1], 5, 5, 5, 5, 5)
    tell(surveys[2], 7, 7, 7, 7, 7, 7)
    sum_up(answered(surveys[3], 9))  # Dan was asked to run it, and has not said yes
    scope = Scope(kind=K.HOT)
    rows = list(queries.compare(scope, By.FACILITATOR, RECOMMEND))
    found = queries.compared(scope, By.FACILITATOR, rows)
    assert [(one.id, one.ranked) for one in found] == [
        (cast.idris.pk, True),
        (cast.elodie.pk, True),
        (cast.noor.pk, False),
    ]
    assert [one.steps.mean for one in found] == [7, 5, 10]


@pytest.mark.django_db
def test_beside_ones_own_stands_no_colleagues_figure(cast: Cast, surveys: list[Survey]) -> None:
    january = date(2027, 1, 1), date(2027, 1, 31)

    def beside(person: Facilitator) -> dict[str, Steps]:
        return queries.others(person.pk, K.HOT, *january)

    for survey in surveys[:3]:
        tell(survey, 8, 8, 8, 8)
    assert beside(cast.noor) == {}, "two others"
    others = beside(cast.dan)
    assert others[RECOMMEND].answers == 12, "three others"
    assert others[RECOMMEND].mean == 8
