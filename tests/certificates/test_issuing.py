"""Who gets a certificate, when, and what becomes of it when presence is corrected."""

from datetime import timedelta
from hashlib import sha256
from json import dumps
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.certificates import actions, queries
from cordee.certificates.facts import ParticipationCertified, RealisationCertified
from cordee.certificates.models import Certificate
from cordee.certificates.states import Kind, Standing
from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.journal import actions as journal
from cordee.kernel.actor import COMMAND
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast
from tests.certificates.stories import Settle, certified, name_who_signs, of, record
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, DURING, enrol, hold, last_entry, plan, told

ABSENT = PresenceState.ABSENT


def standing(certificate: Certificate) -> Standing:
    shown = queries.confirmed(certificate.code)
    assert shown
    return shown.standing


def tell_times(session: Session, name: str, left: int, cast: Cast) -> None:
    """Say that somebody left after some minutes."""
    half_day = session.half_days.get()
    attendance.tell_times(
        half_day_id=half_day.pk,
        enrolment_id=of(name)[0].enrolment_id,
        arrived_at=None,
        left_at=half_day.starts_at + timedelta(minutes=left),
        by=cast.actor(cast.noor),
    )


def test_each_who_was_there_gets_one_with_the_hours(cast: Cast, now: MovableClock, settle: Settle) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    now.move_to(AFTER)
    record(cast, session, Bo=ABSENT)
    settle()
    (ana,) = Certificate.objects.all()
    assert (ana.number, ana.minutes, standing(ana)) == ("AP-2027-0001", 180, Standing.VALID)
    content = ana.content
    assert (content["person"], content["title"], content["ref"]) == ("Ana N", session.title, session.ref)
    assert content["half_days"] == [{"day": "2027-01-14", "starts": "09:00", "ends": "12:00", "minutes": 180}]
    assert content["confirmed_at"].endswith(reverse("certificate_confirmed", args=[ana.code]))
    written = dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert ana.digest == sha256(written.encode()).hexdigest()
    assert told(ParticipationCertified) == [
        {"session_id": session.pk, "issued": 1, "replaced": 0, "revoked": 0}
    ]


def test_nothing_is_certified_before_the_session_is_over(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana")
    now.move_to(DURING)
    record(cast, session)
    settle()
    actions.issue_due()
    assert of("Ana") == []
    now.move_to(AFTER)
    actions.issue_due()
    assert len(of("Ana")) == 1
    assert queries.to_issue() == []


def test_what_waited_for_its_end_is_certified_however_long_the_worker_was_away(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    first, nobody = plan(cast, cast.noor, cast.elodie, count=2)
    for session, state in ((first, PresenceState.PRESENT), (nobody, ABSENT)):
        enrol(cast, session, "Ana")
        now.move_to(DURING)
        record(cast, session, Ana=state)
    settle()
    now.move_to("2027-02-15 08:00")
    assert queries.to_issue() == [first.pk], "where nobody was there is nothing to look at again and again"
    actions.issue_due()
    assert len(of("Ana")) == 1
    assert queries.to_issue() == []


def test_nothing_is_certified_while_a_half_day_is_not_recorded(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana")
    now.move_to(AFTER)
    actions.issue_for_session(session_id=session.pk, by=COMMAND)
    actions.issue_due()
    assert of("Ana") == []


def test_hours_follow_from_when_people_left(cast: Cast, now: MovableClock, settle: Settle) -> None:
    session = certified(cast, now, settle, "Ana", "Bo")
    tell_times(session, "Ana", 90, cast)
    settle()
    before, after = of("Ana")
    assert (before.minutes, after.minutes, after.replaces) == (180, 90, before)
    assert (standing(before), standing(after)) == (Standing.REPLACED, Standing.VALID)
    assert after.content["replaces"] == before.number
    assert len(of("Bo")) == 1


def test_who_was_absent_after_all_has_none_that_stands_and_may_have_one_again(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    session = certified(cast, now, settle, "Ana", "Bo")
    record(cast, session, Ana=ABSENT)
    settle()
    (first,) = of("Ana")
    assert standing(first) == Standing.REVOKED
    assert [c.content["person"] for c in queries.on_session(session.pk)] == ["Bo N"]
    record(cast, session)
    settle()
    first, second = of("Ana")
    assert (standing(first), standing(second)) == (Standing.REPLACED, Standing.VALID)
    facts = [(f["issued"], f["replaced"], f["revoked"]) for f in told(ParticipationCertified)]
    assert facts == [(2, 0, 0), (0, 0, 1), (1, 0, 0)]


def test_of_a_session_cancelled_afterwards_nothing_stands_until_it_is_restored(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    session = certified(cast, now, settle, "Ana")
    planning.cancel_session(session_id=session.pk, reason="Jamais tenue", by=COMMAND)
    journal.deliver_due()
    assert [standing(c) for c in of("Ana")] == [Standing.REVOKED]
    planning.restore_session(session_id=session.pk, by=COMMAND)
    settle()
    assert [standing(c) for c in of("Ana")] == [Standing.REPLACED, Standing.VALID]


def test_a_corrected_name_is_another_certificate(cast: Cast, now: MovableClock, settle: Settle) -> None:
    certified(cast, now, settle, "Ana", "Bo")
    (ana,) = of("Ana")
    assert ana.enrolment_id
    person = Person(email="ana@valmont.example", first_name="Anna", last_name="N")
    enrolment.correct(enrolment_id=ana.enrolment_id, person=person, by=cast.actor(cast.camille))
    settle()
    assert [c.content["person"] for c in of("Anna")] == ["Ana N", "Anna N"]


def test_what_changes_nothing_issues_nothing(cast: Cast, now: MovableClock, settle: Settle) -> None:
    session = certified(cast, now, settle, "Ana")
    here = last_entry()
    moved = OrganisationChanges(city="Lyon", name="Cordée SAS")
    organisation.update(changes=moved, expected_version=None, by=COMMAND)
    for _ in range(2):
        actions.issue_for_session(session_id=session.pk, by=COMMAND)
    actions.issue_due()
    assert len(of("Ana")) == 1
    assert told(ParticipationCertified, since=here) == []


def test_somebody_added_on_the_spot_gets_one_too(cast: Cast, now: MovableClock, settle: Settle) -> None:
    session = certified(cast, now, settle, "Ana")
    person = Person(email="", first_name="Zoé", last_name="N")
    attendance.add_walk_in(session_id=session.pk, person=person, by=cast.actor(cast.camille))
    settle()
    assert [c.minutes for c in of("Zoé")] == [180]


def test_numbers_have_no_gap_and_codes_are_long(cast: Cast, now: MovableClock, settle: Settle) -> None:
    certified(cast, now, settle, "Ana", "Bo", "Cyd")
    found = Certificate.objects.order_by("pk")
    assert [c.number for c in found] == [f"AP-2027-{n:04}" for n in (1, 2, 3)]
    assert all(len(c.code) == 24 for c in found), "144 bits in base64"


def test_one_chain_for_each_place(cast: Cast, now: MovableClock, settle: Settle) -> None:
    certified(cast, now, settle, "Ana")
    (ana,) = of("Ana")
    values = {f.attname: getattr(ana, f.attname) for f in Certificate._meta.concrete_fields if f.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(**values | {"number": "AP-2027-9999", "code": "x"})


@pytest.mark.parametrize("people", [1, 30])
def test_issuing_costs_the_same_number_of_queries(
    cast: Cast, now: MovableClock, settle: Settle, django_assert_max_num_queries: Any, people: int
) -> None:
    (session,) = plan(cast, cast.noor, capacity=40)
    enrol(cast, session, *(f"Ana{n}" for n in range(people)))
    now.move_to(AFTER)
    record(cast, session)
    with django_assert_max_num_queries(22):
        actions.issue_for_session(session_id=session.pk, by=COMMAND)
    assert Certificate.objects.count() == people


# --- realisation -------------------------------------------------------------------------------------------
def test_realisation_adds_up_the_sessions_of_a_mission(cast: Cast, now: MovableClock, settle: Settle) -> None:
    name_who_signs()
    first, second = plan(cast, cast.noor, cast.elodie, count=2)
    enrol(cast, first, "Ana", "Bo")
    enrol(cast, second, "Ana")
    hold(cast, now, first, second)
    actions.produce_realisations(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    found = list(queries.on_mission(cast.mission.pk, Kind.REALISATION))
    assert [(c.number, c.content["person"], c.minutes) for c in found] == [
        ("CR-2027-0001", "Ana N", 360),
        ("CR-2027-0002", "Bo N", 180),
    ]
    assert found[0].content["title"] == cast.mission.order.title
    assert found[0].content["organisation"]["representative"] == "Hélène Marchand"
    assert [f["issued"] for f in told(RealisationCertified)] == [2]


def test_realisation_follows_corrections_once_produced(cast: Cast, now: MovableClock, settle: Settle) -> None:
    name_who_signs()
    session = certified(cast, now, settle, "Ana", "Bo")
    actions.produce_realisations(mission_id=cast.mission.pk, by=COMMAND)
    gone = OrganisationChanges(representative="", representative_role="")
    organisation.update(changes=gone, expected_version=None, by=COMMAND)
    tell_times(session, "Bo", 60, cast)
    record(cast, session, Ana=ABSENT)
    settle()
    (bo,) = queries.on_mission(cast.mission.pk, Kind.REALISATION)
    assert (bo.minutes, bo.content["organisation"]["representative"]) == (60, "Hélène Marchand")


def test_realisation_is_not_made_of_itself(cast: Cast, now: MovableClock, settle: Settle) -> None:
    name_who_signs()
    certified(cast, now, settle, "Ana")
    assert not Certificate.objects.filter(kind="realisation").exists()


def test_realisation_is_refused_without_who_signs(cast: Cast, now: MovableClock, settle: Settle) -> None:
    certified(cast, now, settle, "Ana")
    with refused("no_representative"):
        actions.produce_realisations(mission_id=cast.mission.pk, by=cast.actor(cast.camille))


def test_realisation_is_refused_while_nothing_is_over(cast: Cast) -> None:
    name_who_signs()
    with refused("nothing_to_certify"):
        actions.produce_realisations(mission_id=cast.mission.pk, by=cast.actor(cast.camille))


@pytest.mark.parametrize("who", ["noor", "dan", "farid"])
def test_realisation_is_for_who_runs_the_mission(
    cast: Cast, now: MovableClock, settle: Settle, who: str
) -> None:
    name_who_signs()
    certified(cast, now, settle, "Ana")
    with refused("not_coordinator"):
        actions.produce_realisations(mission_id=cast.mission.pk, by=cast.actor(getattr(cast, who)))
