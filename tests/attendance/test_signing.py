"""Signing for a half-day on a screen, countersigning it, opening it again."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cordee.attendance import actions, queries
from cordee.attendance.actions import Device, Given
from cordee.attendance.facts import HalfDayCountersigned, HalfDayReopened, HalfDaySigned
from cordee.attendance.models import Signature
from cordee.attendance.rules import Ink, ink_is_a_signature
from cordee.attendance.states import MOST_STROKES, PresenceState, Way
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.kernel.refusals import Despite, Turn
from cordee.network.models import Facilitator
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, DURING, all_present, confirm, enrol, place_of, plan, told

BY_LINK = Actor(ActorKind.LINK, link_id=7)
FLOURISH = Ink(strokes=(((10, 10, 0), (200, 80, 40), (320, 20, 90)),))


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    return session


def given(**changes: Any) -> Given:
    plain = Given(
        key=uuid4(), ink=FLOURISH, way=Way.OWN_LINK, device=Device(name="Firefox", address="192.0.2.7")
    )
    return replace(plain, **changes)


def sign(session: Session, person: int = 0, *, by: Actor = BY_LINK, **changes: Any) -> Signature:
    return actions.sign(
        half_day_id=session.half_days.get().pk,
        enrolment_id=_people(session)[person].pk,
        given=given(**changes),
        by=by,
    )


def countersign(
    cast: Cast, session: Session, who: Facilitator, *, despite_unsigned: Despite = True, **changes: Any
) -> Signature:
    return actions.countersign(
        half_day_id=session.half_days.get().pk,
        given=given(way=Way.ACCOUNT, **changes),
        despite_unsigned=despite_unsigned,
        by=cast.actor(who),
    )


def reopen(cast: Cast, session: Session, who: Facilitator, reason: str = "Bo est parti avant la fin") -> None:
    actions.reopen(half_day_id=session.half_days.get().pk, reason=reason, by=cast.actor(who))


def test_a_signature_keeps_all_that_shows_whose_it_is(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    kept = Signature.objects.get(pk=sign(session).pk)
    assert (kept.signed_at, kept.way, kept.link_id) == (now.at, "own_link", 7)
    assert (kept.device, kept.address) == ("Firefox", "192.0.2.7")
    assert kept.strokes == [[[10, 10, 0], [200, 80, 40], [320, 20, 90]]]
    content = kept.statement.content
    assert (content["title"], content["day"], content["starts"], content["ends"]) == (
        "Atelier",
        "2027-01-14",
        "09:00",
        "12:00",
    )
    assert kept.statement.digest == queries.digest_of(content)
    assert sign(session, 1).statement_id == kept.statement_id, "all sign the same words"
    assert told(HalfDaySigned)[0]["enrolment_id"] == kept.enrolment_id


def test_who_signs_is_present_unless_somebody_said_otherwise(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    sign(session)
    assert list(queries.grid(session.pk).values()) == ["present"]
    half_day = session.half_days.get()
    ana, bo = (e.pk for e in _people(session))
    states = {ana: PresenceState.PRESENT, bo: PresenceState.ABSENT}
    actions.record_presence(half_day_id=half_day.pk, states=states, by=cast.actor(cast.noor))
    sign(session, 1)
    assert queries.grid(session.pk)[bo, half_day.pk] == "absent", "the facilitator's word is not overwritten"


def _people(session: Session) -> list[Any]:
    return list(lists.enrolments(session.pk))


def test_people_sign_in_the_window_only(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to("2027-01-14 08:44")
    with refused("too_early_to_sign", turn=Turn.TIME):
        sign(session)
    now.move_to("2027-01-14 08:45")
    sign(session)
    now.move_to("2027-01-14 12:01")
    with refused("too_late_to_sign", turn=Turn.FACILITATOR):
        sign(session, 1)


def test_afterwards_a_facilitator_has_them_sign_with_a_reason(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(AFTER)
    with refused("not_on_session"):
        sign(session, late_because="Téléphone éteint")
    with refused("not_on_session"):
        sign(session, late_because="Téléphone éteint", by=cast.actor(cast.dan))
    late = sign(session, late_because=" Téléphone éteint ", way=Way.HANDED_ROUND, by=cast.actor(cast.noor))
    assert (late.late_because, late.user_id) == ("Téléphone éteint", cast.noor.user_id)
    assert told(HalfDaySigned)[0]["late"] is True


def test_a_phone_handed_round_is_the_facilitators(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    with refused("not_on_session"):
        sign(session, way=Way.HANDED_ROUND)
    assert sign(session, way=Way.HANDED_ROUND, by=cast.actor(cast.noor)).way == "handed_round"


def test_what_is_sent_again_is_the_same_signature(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    key = uuid4()
    assert sign(session, key=key).pk == sign(session, key=key).pk
    now.move_to(AFTER)
    assert sign(session, key=key).key == key, "even when the window has closed since"
    assert Signature.objects.count() == 1
    with refused("already_signed", "too_late_to_sign"):
        sign(session)


def test_what_one_person_sent_is_never_taken_for_another(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    key = uuid4()
    sign(session, key=key)
    with refused("signed_for_another"):
        sign(session, 1, key=key)
    all_present(cast, session)
    with refused("signed_for_another"):
        countersign(cast, session, cast.noor, key=key)
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("ink", "code"),
    [
        (Ink(), "nothing_signed"),
        (Ink(typed_name="  "), "nothing_signed"),
        (Ink(strokes=(((10, 10, 0), (12, 12, 5)),)), "ink_too_short"),
        (Ink(strokes=FLOURISH.strokes * (MOST_STROKES + 1)), "ink_too_long"),
        (Ink(strokes=(((0, 0, 0), (99_999, 0, 1)),)), "ink_too_long"),
        (Ink(strokes=(((0, 0, 0), (-80, 0, 1)),)), "ink_too_long"),
    ],
)
def test_what_is_no_signature_is_refused(
    cast: Cast, session: Session, now: MovableClock, ink: Ink, code: str
) -> None:
    now.move_to(DURING)
    with refused(code) as blockers:
        sign(session, ink=ink)
    assert (blockers[0].field, blockers[0].turn) == ("strokes", Turn.PARTICIPANT)


def test_who_cannot_draw_types_their_name(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    assert sign(session, ink=Ink(typed_name=" Ana N ")).typed_name == "Ana N"


def test_who_was_taken_off_the_list_does_not_sign(cast: Cast, session: Session, now: MovableClock) -> None:
    ana = _people(session)[0]
    enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    now.move_to(DURING)
    with refused("not_on_list"):
        actions.sign(half_day_id=session.half_days.get().pk, enrolment_id=ana.pk, given=given(), by=BY_LINK)


def test_countersigning_freezes_the_half_day(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    with refused("presence_missing"):
        countersign(cast, session, cast.noor)
    all_present(cast, session)
    for stranger in (cast.camille, cast.dan):
        with refused("not_its_facilitator"):
            countersign(cast, session, stranger)
    countersign(cast, session, cast.noor)
    with refused("already_signed"):
        countersign(cast, session, cast.noor)
    with refused("countersigned", turn=Turn.FACILITATOR):
        all_present(cast, session)
    with refused("countersigned"):
        sign(session)
    assert [fact["session_id"] for fact in told(HalfDayCountersigned)] == [session.pk]


def test_each_facilitator_countersigns(cast: Cast, session: Session, now: MovableClock) -> None:
    planning.put_on(session_id=session.pk, facilitator_id=cast.elodie.pk, by=COMMAND)
    confirm(cast, session, cast.elodie)
    now.move_to(DURING)
    all_present(cast, session)
    countersign(cast, session, cast.noor)
    countersign(cast, session, cast.elodie)
    standing = queries.standing_countersignatures(session.pk)[session.half_days.get().pk]
    assert [s.assignment_id for s in standing] == [
        place_of(session, cast.noor).pk,
        place_of(session, cast.elodie).pk,
    ]


def test_opening_again_voids_what_was_countersigned(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    with refused("not_countersigned"):
        reopen(cast, session, cast.noor)
    all_present(cast, session)
    countersign(cast, session, cast.noor)
    with refused("no_reason"):
        reopen(cast, session, cast.noor, reason=" ")
    with refused("not_on_session"):
        reopen(cast, session, cast.dan)
    reopen(cast, session, cast.noor)
    assert queries.standing_countersignatures(session.pk) == {}
    all_present(cast, session)
    countersign(cast, session, cast.noor)
    assert Signature.objects.filter(enrolment=None).count() == 2, "the one that was voided stays on record"
    assert "reason" not in told(HalfDayReopened)[0]


def test_what_was_signed_is_not_changed_under_the_signature(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to("2027-01-14 08:50")
    sign(session)
    later = draft(starts="14:00", ends="17:00")
    with refused("signed", turn=Turn.QUALITY):
        planning.change_session(session_id=session.pk, draft=later, expected_version=None, by=COMMAND)
    with refused("signed"):
        planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)


def test_the_database_takes_one_signature_for_each(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    kept = sign(session)
    kept.pk, kept.key = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


def test_what_is_signed_says_when_the_words_change(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to("2027-01-14 08:50")
    before = sign(session).statement_id
    planning.change_session(
        session_id=session.pk, draft=draft(place="Salle des fêtes"), expected_version=None, by=COMMAND
    )
    assert sign(session, 1).statement_id != before


def test_who_walks_in_later_changes_nothing_that_was_countersigned(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    all_present(cast, session)
    countersign(cast, session, cast.noor)
    actions.add_walk_in(session_id=session.pk, person=Person(first_name="Zoé", last_name="Z"), by=COMMAND)
    assert queries.records(session.pk)[session.half_days.get().pk].present == 2
    assert len(queries.grid(session.pk)) == 2


def test_while_people_can_still_sign_a_countersignature_is_asked_about(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    half_day = session.half_days.get()
    ana, bo = (e.pk for e in _people(session))
    states = {ana: PresenceState.PRESENT, bo: PresenceState.LATE}
    actions.record_presence(half_day_id=half_day.pk, states=states, by=cast.actor(cast.noor))
    with refused("still_to_sign") as asked:
        countersign(cast, session, cast.noor, despite_unsigned=False)
    assert [b.subject for b in asked] == [f"{half_day.pk}:2"]
    sign(session)
    with refused("still_to_sign"):
        countersign(cast, session, cast.noor, despite_unsigned=[f"{half_day.pk}:2"])
    countersign(cast, session, cast.noor, despite_unsigned=[f"{half_day.pk}:1"])


def test_it_is_not_asked_about_who_was_not_there_or_can_sign_no_more(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    half_day = session.half_days.get()
    ana, bo = (e.pk for e in _people(session))
    states = {ana: PresenceState.ABSENT, bo: PresenceState.EXCUSED}
    actions.record_presence(half_day_id=half_day.pk, states=states, by=cast.actor(cast.noor))
    countersign(cast, session, cast.noor, despite_unsigned=False)
    reopen(cast, session, cast.noor)
    all_present(cast, session)
    now.move_to(AFTER)
    countersign(cast, session, cast.noor, despite_unsigned=False)


@pytest.mark.parametrize("point", [(10**400, 5, 0), (5, -(10**400), 0), (4_001, 5, 0), (5, 5, 10**400)])
def test_numbers_without_end_are_no_drawing(point: tuple[int, int, int]) -> None:
    ink = Ink(strokes=((point, (900, 900, 1)),))
    assert [blocker.code for blocker in ink_is_a_signature(ink)] == ["ink_too_long"]
