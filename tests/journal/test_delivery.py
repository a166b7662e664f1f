"""Facts reach those who listen: at least once, in time, and visibly when they do not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction

from cordee.journal import actions, queries, tasks
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.journal.models import Delivery, Entry
from cordee.journal.states import DeliveryState
from cordee.kernel.actor import SYSTEM, Actor, ActorKind
from cordee.kernel.facts import Fact
from tests.conftest import MovableClock


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRung(Fact):
    subject: ClassVar[str] = "bell_id"
    moves_mission: ClassVar[bool] = False
    bell_id: int
    times: int = 1


class Listener:
    """Hears bells, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.heard: list[Recorded[BellRung]] = []
        self.fails = 0

    def __call__(self, entry: Recorded[BellRung]) -> None:
        if self.fails:
            self.fails -= 1
            raise RuntimeError("deaf today")
        self.heard.append(entry)


@pytest.fixture
def listener(db: None, monkeypatch: pytest.MonkeyPatch) -> Listener:
    monkeypatch.setattr(journal, "_subscriptions", {})
    heard = Listener()
    journal.subscribe("listener", (BellRung,), heard)
    return heard


def ring(**values: Any) -> Entry:
    return actions.record(BellRung(bell_id=3, **values), by=SYSTEM, mission_id=9)


def test_a_fact_is_written_with_who_what_and_when(listener: Listener, now: MovableClock) -> None:
    actions.request_id.set("abc")
    link = Actor(ActorKind.LINK, user_id=None, link_id=4)
    entry = actions.record(BellRung(bell_id=3, times=2), by=link, mission_id=9)
    actions.request_id.set("")
    entry.refresh_from_db()
    assert (entry.fact, entry.subject, entry.mission_id, entry.at) == ("BellRung", "bell_id:3", 9, now.at)
    assert (entry.actor_kind, entry.link_id, entry.request_id) == ("link", 4, "abc")
    assert entry.payload == {"bell_id": 3, "times": 2}


def test_who_listens_gets_the_fact_as_it_was(listener: Listener) -> None:
    entry = ring(times=2)
    assert listener.heard == [], "not before the work is done"
    actions.deliver(entry.pk)
    (heard,) = listener.heard
    assert heard.fact == BellRung(bell_id=3, times=2)
    assert (heard.entry_id, heard.mission_id) == (entry.pk, 9)


def test_delivering_again_changes_nothing(listener: Listener) -> None:
    entry = ring()
    for _ in range(2):
        actions.deliver(entry.pk)
        actions.deliver_due()
    assert len(listener.heard) == 1


def test_what_is_rolled_back_was_never_said(listener: Listener) -> None:
    with transaction.atomic():
        ring()
        transaction.set_rollback(True)
    assert Entry.objects.count() == 0
    assert actions.deliver_due() == 0


def test_a_failure_is_tried_again_later_each_time_a_longer_while(
    listener: Listener, now: MovableClock
) -> None:
    listener.fails = 3
    ring()
    waits = []
    for _ in range(3):
        assert actions.deliver_due() == 1
        delivery = Delivery.objects.get()
        assert delivery.state == DeliveryState.PENDING
        assert delivery.error == "RuntimeError: deaf today"
        waits.append((delivery.due_at - now.at).total_seconds())
        assert actions.deliver_due() == 0, "not before it is due"
        now.at = delivery.due_at
    assert waits == [15, 45, 135]
    actions.deliver_due()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error, len(listener.heard)) == (DeliveryState.DONE, "", 1)


def test_what_never_succeeds_is_given_up_shown_and_can_be_retried(
    listener: Listener, now: MovableClock
) -> None:
    listener.fails = actions.GIVE_UP_AFTER
    ring()
    for _ in range(actions.GIVE_UP_AFTER):
        actions.deliver_due()
        now.at += timedelta(days=1)
    (failed,) = queries.failed_deliveries()
    assert Delivery.objects.get().attempts == actions.GIVE_UP_AFTER
    assert "deaf today" in failed.error
    actions.deliver_due()
    assert listener.heard == []
    actions.retry(failed.id)
    actions.deliver_due()
    assert len(listener.heard) == 1
    assert queries.failed_deliveries() == []


def test_one_listener_that_fails_does_not_keep_the_others_from_hearing(listener: Listener) -> None:
    other = Listener()
    journal.subscribe("other", (BellRung,), other)
    listener.fails = 1
    actions.deliver(ring().pk)
    assert (len(listener.heard), len(other.heard)) == (0, 1)


def test_half_of_what_a_listener_did_before_failing_is_undone(listener: Listener) -> None:
    def write_then_fail(entry: Recorded[Any]) -> None:
        Entry.objects.create(at=entry.at, fact="Half", actor_kind="system")
        raise RuntimeError

    journal.subscribe("half", (BellRung,), write_then_fail)
    actions.deliver(ring().pk)
    assert not Entry.objects.filter(fact="Half").exists()


def test_a_delivery_in_somebodys_hands_is_not_taken(listener: Listener, now: MovableClock) -> None:
    ring()
    delivery = Delivery.objects.get()
    Delivery.objects.update(due_at=now.at + actions.LEASE)  # as after a claim
    assert actions.deliver_due() == 0
    now.at += actions.LEASE  # its worker died
    assert actions.deliver_due() == 1
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.DONE


def test_a_listener_that_is_gone_from_the_code_waits_for_nothing(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = ring()
    monkeypatch.setattr(journal, "_subscriptions", {})
    actions.deliver(entry.pk)
    assert Delivery.objects.get().state == DeliveryState.DONE


def test_two_listeners_of_one_name_are_refused(listener: Listener) -> None:
    with pytest.raises(ValueError, match="two subscribers"):
        journal.subscribe("listener", (BellRung,), listener)


def test_timelines_are_read_newest_first_page_by_page(listener: Listener) -> None:
    entries = [ring(times=n) for n in range(5)]
    page = queries.timeline(9, limit=3)
    assert [line.payload["times"] for line in page] == [4, 3, 2]
    rest = queries.timeline(9, limit=3, before_id=page[-1].id)
    assert [line.id for line in rest] == [entries[1].pk, entries[0].pk]
    assert len(queries.timeline_of("bell_id:3")) == 5
    assert queries.timeline(8) == []


def test_what_was_delivered_long_ago_is_forgotten_and_what_failed_is_not(
    db: None, now: MovableClock, listener: Listener
) -> None:
    entries = [actions.record(BellRung(bell_id=n), by=SYSTEM) for n in range(3)]
    done, failed, waiting = (Delivery.objects.get(entry=entry) for entry in entries)
    Delivery.objects.filter(pk=done.pk).update(state=DeliveryState.DONE)
    Delivery.objects.filter(pk=failed.pk).update(state=DeliveryState.FAILED)
    now.at += actions.DELIVERED_KEPT_FOR
    tasks.forget_delivered.call()
    assert Delivery.objects.count() == 3, "not yet"
    now.at += timedelta(seconds=1)
    tasks.forget_delivered.call()
    assert set(Delivery.objects.values_list("pk", flat=True)) == {failed.pk, waiting.pk}
    assert Entry.objects.filter(fact="BellRung").count() == 3, "the journal keeps what happened"
