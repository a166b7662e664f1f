"""Sessions that were cancelled before it was kept when get the moment from the journal."""

from datetime import timedelta

import pytest

from cordee.journal.models import Entry
from cordee.kernel.actor import COMMAND
from cordee.planning import actions
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.migrating import before
from tests.steps import plan


@pytest.mark.django_db(transaction=True)
def test_the_moment_comes_from_the_journal(cast: Cast, now: MovableClock) -> None:
    told, silent, planned = plan(cast, count=3)
    now.at += timedelta(hours=1)
    for session in (told, silent):
        actions.cancel_session(session_id=session.pk, reason="x", by=COMMAND)
    Entry.objects.filter(subject=f"session_id:{silent.pk}").delete()
    with before("planning", "0002_zone_of_the_organisation") as apps:
        columns = {field.name for field in apps.get_model("planning", "Session")._meta.get_fields()}
        assert "cancelled_at" not in columns
        rows = apps.get_model("planning", "Session").objects
        assert rows.filter(status="cancelled").count() == 2, "the way back loses nothing else"
    kept = dict(Session.objects.values_list("pk", "cancelled_at"))
    assert kept[told.pk] == now.at
    assert kept[silent.pk]
    assert kept[silent.pk].year == 2000, "whatever left since counts"
    assert kept[planned.pk] is None
