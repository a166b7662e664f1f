"""Who is told of what is to be improved, and reminded of what is late, and never somebody who lost it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.permissions import Role
from cordee.mail.models import Message
from cordee.network.models import Facilitator
from cordee.notifications import actions as mails
from cordee.notifications import improving, office
from cordee.notifications.mails import Purpose
from cordee.notifications.states import MailRule
from cordee.notifications.tasks import remind_of_quality
from cordee.quality import actions
from cordee.quality.models import Improvement
from cordee.quality.rules.improving import ImprovementDraft, RiskDraft
from tests.cast import Cast
from tests.conftest import MovableClock

DUE = date(2027, 2, 1)


@pytest.fixture
def asked(cast: Cast) -> Callable[[Any], Improvement]:
    """Return a way to ask somebody for an improvement."""

    def ask(user_id: int) -> Improvement:
        draft = ImprovementDraft(
            title="Confirmer la salle", why="", expected="x", owner_id=user_id, due_on=DUE
        )
        return actions.open_improvement(draft=draft, by=cast.actor(cast.quitterie))

    return ask


def risk(cast: Cast, owner_id: int) -> RiskDraft:
    return RiskDraft(
        what="Salle fermée", likelihood=2, gravity=3, against="Appel", owner_id=owner_id, review_by=DUE
    )


def to(purpose: str) -> list[str]:
    return list(
        Message.objects.filter(purpose=purpose)
        .exclude(state="cancelled")
        .order_by("pk")
        .values_list("to_email", flat=True)
    )


def test_whoever_is_asked_is_told_once_and_who_asks_themselves_is_not(
    *, cast: Cast, asked: Any, settle: Any
) -> None:
    asked(cast.quitterie.pk)
    made = asked(cast.noor.user_id)
    settle()
    assert to("improvement_asked") == [cast.noor.user.email]
    message = Message.objects.get(purpose="improvement_asked")
    assert "Confirmer la salle" in message.text
    assert f"/improvements/{made.ref}/" in message.text
    Message.objects.update(state="sent", sent_at=clock.now())
    actions.replan(improvement_id=made.pk, owner_id=cast.farid.pk, due_on=DUE, by=cast.actor(cast.quitterie))
    settle()
    assert to("improvement_asked") == [cast.noor.user.email, cast.farid.email]


def test_what_waits_for_somebody_is_taken_back_once_it_is_for_another_or_done(
    *, cast: Cast, asked: Any, settle: Any
) -> None:
    made = asked(cast.noor.user_id)
    settle()
    actions.replan(improvement_id=made.pk, owner_id=cast.farid.pk, due_on=DUE, by=cast.actor(cast.quitterie))
    settle()
    assert to("improvement_asked") == [cast.farid.email]
    actions.mark_done(improvement_id=made.pk, words="Fait", by=cast.actor(cast.farid))
    settle()
    assert to("improvement_asked") == []


def test_what_is_late_is_reminded_of_when_it_is_then_every_seven_days_and_a_risk_once(
    *, cast: Cast, asked: Any, now: MovableClock
) -> None:
    made = asked(cast.noor.user_id)
    actions.record_risk(draft=risk(cast, cast.ada.pk), by=cast.actor(cast.quitterie))

    def on(day: str) -> tuple[int, int]:
        now.move_to(f"{day} 08:37")
        for _ in range(2):
            remind_of_quality.func()
        Message.objects.update(state="sent", sent_at=clock.now())
        return len(to("improvement_late")), len(to("risk_due"))

    assert on("2027-02-01") == (0, 0), "on the day itself nobody is late"
    for day, told in (
        ("2027-02-02", (1, 1)),
        ("2027-02-08", (1, 1)),
        ("2027-02-10", (2, 1)),  # the worker did not come the day before
        ("2027-02-15", (2, 1)),
        ("2027-02-16", (3, 1)),
    ):
        assert on(day) == told, day
    assert set(to("improvement_late")) == {cast.noor.user.email}
    assert to("risk_due") == [cast.ada.email]
    text = Message.objects.filter(purpose="improvement_late").latest("pk").text
    assert "Confirmer la salle" in text
    assert f"/improvements/{made.ref}/" in text
    replanned = date(2027, 2, 20)
    actions.replan(
        improvement_id=made.pk,
        owner_id=cast.noor.user_id,
        due_on=replanned,
        by=cast.actor(cast.quitterie),
    )
    assert on("2027-02-20") == (3, 1)
    assert on("2027-02-21") == (4, 1), "another day, another reminder"
    actions.mark_done(improvement_id=made.pk, words="Fait", by=cast.actor(cast.noor))
    assert on("2027-03-30") == (4, 1)


def test_the_worker_that_stops_half_way_reminds_of_the_rest_once_it_is_back(
    *, cast: Cast, asked: Any, now: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(cast.noor.user_id)
    asked(cast.farid.pk)
    now.move_to("2027-02-02 08:37")
    letter = office.letter

    def stops(user: User, *given: Any, **more: Any) -> Any:
        if user == cast.farid:
            raise InterruptedError
        return letter(user, *given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(office, "letter", stops)
        with pytest.raises(InterruptedError):
            improving.write_due()
    assert to("improvement_late") == [cast.noor.user.email]
    Message.objects.update(state="sent", sent_at=clock.now())
    now.move_to("2027-02-03 08:37")
    improving.write_due()
    assert to("improvement_late") == [cast.noor.user.email, cast.farid.email]


@pytest.mark.parametrize("who", ["noor", "farid"])
def test_of_what_somebody_cannot_do_any_more_quality_is_told_once(
    *, cast: Cast, asked: Any, now: MovableClock, settle: Any, who: str
) -> None:
    person = getattr(cast, who)
    made = asked(cast.actor(person).user_id)
    if isinstance(person, Facilitator):
        Facilitator.objects.filter(pk=person.pk).update(is_active=False)
    else:
        accounts.suspend(user_id=person.pk, by=COMMAND)
    accounts.set_roles(user_id=cast.olga.pk, roles=[Role.QUALITY], by=COMMAND)
    actions.record_risk(draft=risk(cast, cast.olga.pk), by=COMMAND)
    accounts.set_roles(user_id=cast.olga.pk, roles=[Role.FINANCE], by=COMMAND)
    settle()
    assert to("improvement_asked") == [], "what was not told yet is told no more"
    for day, late in (("2027-01-20", []), ("2027-01-30", []), ("2027-02-02", [cast.quitterie.email])):
        now.move_to(f"{day} 08:37")
        improving.write_due()
        Message.objects.update(state="sent", sent_at=clock.now())
        assert to("improvement_left") == [cast.quitterie.email]
        assert to("improvement_late") == to("risk_due") == late
    text = Message.objects.get(purpose="improvement_left").text
    assert made.title in text
    assert made.owner.full_name in text
    accounts.suspend(user_id=cast.quitterie.pk, by=COMMAND)
    now.move_to("2027-02-09 08:37")
    improving.write_due()
    assert to("improvement_late")[1:] == [cast.ada.email], "the administrators, where quality has nobody"


def test_reminders_that_are_switched_off_are_not_written(
    *, cast: Cast, asked: Any, now: MovableClock
) -> None:
    asked(cast.noor.user_id)
    off = {Purpose.IMPROVEMENT_LATE: MailRule(enabled=False)}
    mails.set_rules(wanted=off, expected_version=None, by=COMMAND)
    now.move_to("2027-02-02 08:37")
    improving.write_due()
    assert to("improvement_late") == []
