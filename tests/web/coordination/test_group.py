"""The group on the session page and on its own: figures for all, answers for who adapts the session."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from cordee.catalogue.models import QuestionnaireVersion
from cordee.planning.models import Session
from cordee.surveys import actions
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import confirm, enrol
from tests.surveys.asking import ELSE, EXPECT, KEEN, MANY, answer, asked_by
from tests.web.coordination.conftest import Visitor


@pytest.fixture
def version(cast: Cast) -> QuestionnaireVersion:
    return asked_by(cast.workshop)


@pytest.fixture
def session(cast: Cast, version: QuestionnaireVersion, sessions: list[Session]) -> Session:
    """Six of seven people on the session that Élodie has confirmed have answered."""
    session = sessions[2]
    confirm(cast, session, cast.elodie)
    people = enrol(cast, session, "Ana", "Ben", "Cleo", "Driss", "Eva", "Fadi", "Gil")
    for place, person in enumerate(people[:6]):
        answer(person, version, **{KEEN: 4, MANY: place, EXPECT: ["c2"], ELSE: f"Confidence {place}"})
    return session


def test_the_facilitator_sees_the_group_on_the_session_page(session: Session, elodie: Visitor) -> None:
    page = elodie.get(reverse("session_beside", args=[session.ref]))
    assert "Answered: 6 of 7" in page
    assert "<title>6 of 6</title>" in page
    assert "2.5 on average" in page
    assert "Confidence 5" in page
    assert "Confidence 0" not in page, "the rest is a page further"
    assert "and 3 more" in page
    assert "Confidence 0" in elodie.get(reverse("session_group", args=[session.ref]))


def test_who_adapts_the_session_reads_each_persons_answers(
    cast: Cast, session: Session, camille: Visitor, elodie: Visitor, come: Callable[[Any], Visitor]
) -> None:
    by_person = reverse("session_group", args=[session.ref]) + "?by=person"
    for visitor in (camille, elodie, come(cast.quitterie)):
        page = visitor.get(by_person)
        assert "Confidence 3" in page
        assert "Driss N" in page
        assert "Gil N" in page, "who has not answered yet is named"


def test_everybody_else_sees_figures_only(
    cast: Cast, session: Session, come: Callable[[Any], Visitor]
) -> None:
    here = reverse("session_group", args=[session.ref])
    for person in (cast.olga, cast.farid, cast.ada):
        visitor = come(person)
        for address in (here, reverse("session_beside", args=[session.ref])):
            page = visitor.get(address)
            assert "<title>6 of 6</title>" in page
            assert "Confidence" not in page
        visitor.get(here + "?by=person", status=403)


def test_who_has_not_confirmed_sees_figures_only(
    cast: Cast, sessions: list[Session], version: QuestionnaireVersion, elodie: Visitor
) -> None:
    (ana,) = enrol(cast, sessions[2], "Ana")
    answer(ana, version, **{ELSE: "Confidence"})
    assert "Confidence" not in elodie.get(reverse("session_group", args=[sessions[2].ref]))
    elodie.get(reverse("session_group", args=[sessions[2].ref]) + "?by=person", status=403)


def test_three_months_later_figures_are_left(session: Session, camille: Visitor, now: MovableClock) -> None:
    now.move_to("2027-05-01 12:00")
    actions.forget_old()
    page = camille.get(reverse("session_group", args=[session.ref]))
    assert "Figures only" in page
    assert "<title>6 of 6</title>" in page
    assert "Confidence" not in page
    assert "Person by person" not in page


def test_a_session_that_asks_nothing_has_no_group(
    cast: Cast, sessions: list[Session], camille: Visitor
) -> None:
    assert 'id="group"' not in camille.get(reverse("session_beside", args=[sessions[0].ref]))
    assert "No placement questionnaire" in camille.get(reverse("session_group", args=[sessions[0].ref]))


def test_the_pages_cost_the_same_with_more_answers(
    cast: Cast,
    sessions: list[Session],
    version: QuestionnaireVersion,
    camille: Visitor,
    django_assert_max_num_queries: Any,
) -> None:
    session = sessions[2]
    for names in (("Ana",), ("Ben", "Cleo", "Driss", "Eva")):
        for person in enrol(cast, session, *names):
            answer(person, version, **{ELSE: "Oui"})
        for by, most in (("", 8), ("?by=person", 10)):
            with django_assert_max_num_queries(most):
                camille.get(reverse("session_group", args=[session.ref]) + by)


def test_answers_are_told_together_in_the_timeline(session: Session, camille: Visitor) -> None:
    page = camille.get(reverse("session", args=[session.ref]))
    assert "6 people answered the placement questionnaire" in page
