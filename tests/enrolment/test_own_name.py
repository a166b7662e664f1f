"""Participants correct the spelling of their own name."""

import pytest

from cordee.enrolment import actions as enrolment
from cordee.enrolment.facts import ParticipantCorrected
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.planning import actions as planning
from tests.cast import Cast
from tests.refusals import refused
from tests.steps import closed, enrol, plan, told

BY_LINK = Actor(ActorKind.LINK, link_id=7)


@pytest.fixture
def ana(cast: Cast) -> Enrolment:
    return enrol(cast, plan(cast)[0], "Ana")[0]


def correct(ana: Enrolment, first_name: str = "Ána", last_name: str = "Núñez") -> None:
    enrolment.correct_own_name(enrolment_id=ana.pk, first_name=first_name, last_name=last_name, by=BY_LINK)


def test_it_is_corrected_once_and_stands_in_the_timeline(ana: Enrolment) -> None:
    correct(ana)
    correct(ana)
    ana.participant.refresh_from_db()
    assert (ana.participant.full_name, ana.participant.email) == ("Ána Núñez", "ana@valmont.example")
    assert [f["own"] for f in told(ParticipantCorrected)] == [True]


def test_a_name_is_needed_and_one_is_enough(ana: Enrolment) -> None:
    with refused("no_name") as blockers:
        correct(ana, first_name="", last_name=" \u200b ")
    assert blockers[0].field == "first_name"
    for first, last in (("", "Suharto"), ("Suharto", "")):
        correct(ana, first, last)
        ana.participant.refresh_from_db()
        assert (ana.participant.first_name, ana.participant.last_name) == (first, last)
    with refused("name_too_long"):
        correct(ana, first_name="x" * 101)


def test_not_any_more_once_taken_off_or_the_session_cancelled(cast: Cast, ana: Enrolment) -> None:
    enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    with refused("not_on_list"):
        correct(ana)
    planning.cancel_session(session_id=ana.session_id, reason="Grève", by=COMMAND)
    with refused("session_cancelled", "not_on_list"):
        correct(ana)


def test_a_closed_mission_is_left_alone(cast: Cast, now: object, settle: object) -> None:
    mission = closed(cast, now, settle)  # type: ignore[arg-type]
    somebody = Enrolment.objects.filter(session__mission=mission).order_by("pk")[0]
    with refused("mission_closed"):
        correct(somebody)
