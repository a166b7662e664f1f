"""Reasons that stood in the payloads of facts get rows of their own; payloads of before keep nothing of them."""

from datetime import UTC, datetime

import pytest

from cordee.journal.models import Entry
from cordee.journal.queries import reasons
from tests.migrating import before

AT = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_a_reason_leaves_the_payload(db: None) -> None:
    with before("journal", "0001_initial") as apps:
        entries = apps.get_model("journal", "Entry").objects

        def told(fact: str, **payload: object) -> int:
            entry = entries.create(
                at=AT,
                fact=fact,
                subject="session_id:7",
                actor_kind="command",
                payload={"session_id": 7, **payload},
            )
            return int(entry.pk)

        cancelled = told("SessionCancelled", reason="Zoé est malade")
        without = told("SessionPlanned", regularised_because="")
        other = told("PresenceRecorded", reason="a code, not a reason")
    payloads = dict(Entry.objects.values_list("pk", "payload"))
    reason_id = payloads[cancelled].pop("reason_id")
    assert reasons([reason_id]) == {reason_id: "Zoé est malade"}
    assert payloads == {
        cancelled: {"session_id": 7},
        without: {"session_id": 7, "reason_id": None},
        other: {"session_id": 7, "reason": "a code, not a reason"},
    }
    with before("journal", "0001_initial") as apps:
        back = dict(apps.get_model("journal", "Entry").objects.values_list("pk", "payload"))
        assert back[cancelled] == {"session_id": 7, "reason": "Zoé est malade"}
        assert back[without] == {"session_id": 7, "regularised_because": ""}
