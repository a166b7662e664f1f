"""Who is told that a sheet was refused, or is no longer what quality accepted."""

from typing import Any

import pytest

from cordee.attendance import actions as attendance
from cordee.conformity import actions
from cordee.conformity.states import Reason
from cordee.mail.models import Message
from cordee.notifications import sheets
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conformity.sheets import sign_all
from tests.conftest import MovableClock
from tests.steps import enrol, plan


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Any) -> Session:
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana")
    sign_all(cast, now, session, cast.noor)
    settle()
    return session


def refuse(cast: Cast, session: Session) -> None:
    actions.refuse(
        session_id=session.pk,
        reasons=[Reason.UNREADABLE, Reason.COPIED],
        note="Voir la ligne 2",
        by=cast.actor(cast.quitterie),
    )


def about_sheets() -> list[tuple[str, str]]:
    found = Message.objects.filter(about_kind="sheet").order_by("purpose")
    return list(found.values_list("purpose", "to_email"))


def test_a_refusal_is_told_to_the_coordinator_and_to_who_ran_it(
    cast: Cast, session: Session, settle: Any
) -> None:
    refuse(cast, session)
    settle()
    assert about_sheets() == [
        ("sheet_refused", cast.camille.user.email),
        ("sheet_refused_facilitator", cast.noor.user.email),
    ]
    message = Message.objects.get(purpose="sheet_refused")
    assert "des signatures semblent copiées, elle est illisible" in message.text
    assert "Voir la ligne 2" in message.text
    assert f"/sessions/{session.ref}/sheet/" in message.text
    sheets.reconcile(session.pk)
    assert len(about_sheets()) == 2, "delivered twice, still one each"


def test_who_coordinates_and_runs_it_is_told_once(cast: Cast, now: MovableClock, settle: Any) -> None:
    (session,) = plan(cast, cast.camille)
    enrol(cast, session, "Ana")
    sign_all(cast, now, session)
    actions.submit(session_id=session.pk, note="Papier", by=cast.actor(cast.quitterie))
    refuse(cast, session)
    settle()
    assert about_sheets() == [("sheet_refused", cast.camille.user.email)]


def test_each_refusal_is_told(cast: Cast, session: Session, settle: Any) -> None:
    refuse(cast, session)
    settle()
    actions.submit(session_id=session.pk, by=cast.actor(cast.camille))
    refuse(cast, session)
    settle()
    assert len(about_sheets()) == 4


def test_quality_is_told_when_what_it_accepted_goes_back(cast: Cast, session: Session, settle: Any) -> None:
    half_day = session.half_days.get().pk
    actions.accept(session_id=session.pk, by=cast.actor(cast.quitterie))
    settle()
    assert about_sheets() == []
    attendance.reopen(half_day_id=half_day, reason="Erreur de nom", by=cast.actor(cast.noor))
    settle()
    assert about_sheets() == [("sheet_sent_back", cast.quitterie.email)]
    assert "une demi-journée a été rouverte" in Message.objects.get(purpose="sheet_sent_back").text


def test_what_was_not_accepted_yet_goes_back_without_a_word(
    cast: Cast, session: Session, settle: Any
) -> None:
    half_day = session.half_days.get().pk
    attendance.reopen(half_day_id=half_day, reason="Erreur de nom", by=cast.actor(cast.noor))
    settle()
    assert about_sheets() == []
