"""Reasons in people's own words: beside the journal, so that they can be erased."""

import json
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils import translation

from cordee.journal import actions, queries
from cordee.journal.models import Entry, Reason
from cordee.journal.states import ERASED
from cordee.kernel.actor import COMMAND
from cordee.missions.facts import MissionReopened
from cordee.missions.models import Mission
from cordee.planning import actions as planning
from cordee.planning.facts import SessionCancelled
from cordee.planning.models import Session
from cordee.web.coordination.timeline import lines
from tests.cast import Cast
from tests.steps import plan, told

WORDS = "Madame Lefèvre est malade"


def cancelled(cast: Cast) -> int:
    (session,) = plan(cast)
    planning.cancel_session(session_id=session.pk, reason=WORDS, by=COMMAND)
    return session.pk


def timeline_of(session_id: int) -> str:
    with translation.override("en"):
        return lines(queries.timeline_of(f"session_id:{session_id}"), [])[0].text


def test_what_somebody_wrote_never_stands_in_an_entry(cast: Cast) -> None:
    session_id = cancelled(cast)
    assert all(WORDS not in json.dumps(payload) for payload in told(SessionCancelled))
    assert WORDS in timeline_of(session_id)


def test_an_erased_reason_leaves_the_fact(cast: Cast) -> None:
    session_id = cancelled(cast)
    actions.erase_reason(told(SessionCancelled)[0]["reason_id"])  # type: ignore[arg-type]
    assert WORDS not in timeline_of(session_id)
    assert "erased" in timeline_of(session_id)


def test_an_erased_reason_is_gone_from_the_rows_of_its_mission_too(cast: Cast) -> None:
    session_id = cancelled(cast)
    reason_id = told(SessionCancelled)[0]["reason_id"]
    Mission.objects.filter(pk__in=[cast.mission.pk, cast.other_mission.pk]).update(reopened_because=WORDS)
    actions.erase_reason(reason_id)  # type: ignore[arg-type]
    session = Session.objects.get(pk=session_id)
    assert (session.status, session.cancelled_because) == ("cancelled", ERASED)
    assert Mission.objects.get(pk=cast.mission.pk).reopened_because == ERASED
    assert Mission.objects.get(pk=cast.other_mission.pk).reopened_because == WORDS, "others may say the same"


def test_a_reason_that_no_fact_names_is_erased_where_it_stands(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor)
    place = session.assignments.get()
    place.reason = WORDS
    place.save()
    (written,) = queries.reasons_written(cast.mission.pk)
    assert (written.key, written.text) == (f"planning.assignment.reason:{place.pk}", WORDS)
    assert queries.reasons_written(cast.other_mission.pk) == []
    assert actions.erase_written(written.key)
    place.refresh_from_db()
    assert place.reason == ERASED
    assert queries.reasons_written(cast.mission.pk) == []
    for nothing in (written.key, "planning.assignment.reason:", "planning.assignment.round:1", "x", ""):
        assert not actions.erase_written(nothing)


def test_timelines_read_all_reasons_at_once(cast: Cast, django_assert_num_queries: Any) -> None:
    ids = [actions.keep_reason(f"R{n}") for n in range(30)]
    with django_assert_num_queries(1):
        assert len(queries.reasons(ids)) == 30
    with django_assert_num_queries(0):
        assert queries.reasons([]) == {}


def test_reasons_on_record_leave_the_payloads_and_find_back(cast: Cast) -> None:
    migration = import_module("cordee.journal.migrations.0002_reasons")
    before = {"mission_id": 7, "reason": WORDS}
    entry = Entry.objects.create(
        at=cast.mission.opened_at, fact=MissionReopened.__name__, actor_kind="user", payload=before
    )
    silent = Entry.objects.create(
        at=cast.mission.opened_at,
        fact="SessionPlanned",
        actor_kind="user",
        payload={"session_id": 1, "ref": "S-1", "regularised_because": ""},
    )
    migration.take_out(apps, None)
    entry.refresh_from_db()
    silent.refresh_from_db()
    assert entry.payload == {"mission_id": 7, "reason_id": Reason.objects.get(text=WORDS).pk}
    assert MissionReopened(**entry.payload)
    assert silent.payload == {"session_id": 1, "ref": "S-1", "reason_id": None}
    migration.put_back(apps, None)
    entry.refresh_from_db()
    assert entry.payload == before
