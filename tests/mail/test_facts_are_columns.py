"""What keys and references said of messages before there were columns for it is kept, both ways."""

from datetime import date
from typing import Any

import pytest

from cordee.kernel import clock
from cordee.mail.models import Message
from tests.migrating import before, migrate

WAS = "0003_told"
# key, what it was filed under → kind, id, occasion, day, version
ROWS = [
    ("staffing:7:2:3", "assignment:7", ("assignment", 7, 2, None, 3)),
    ("staffing-off:7:2", "assignment:7", ("assignment", 7, 2, None, 0)),
    ("joining:812:ab12cd34:4:0", "enrolment:812", ("enrolment", 812, 0, None, 4)),
    ("joining-off:812:ab12cd34:1", "enrolment:812", ("enrolment", 812, 0, None, 0)),
    ("list_invitation:5:991", "list_invitation:5", ("list_invitation", 5, 991, None, 0)),
    ("registration:9:2", "registration:9", ("registration", 9, 2, None, 0)),
    ("registration-off:9:3", "registration:9", ("registration", 9, 3, None, 0)),
    ("invitation:3", "user:3", ("user", 3, 0, None, 0)),
    ("lost-links:4", "lost-links:4", ("lost-links", 4, 0, None, 0)),
    ("again:12:1", "message:12", ("message", 12, 0, None, 0)),
    (
        "reminder:6:2027-01-14:8:ab12cd34",
        "reminder:6:2027-01-14",
        ("reminder", 6, 0, date(2027, 1, 14), 0),
    ),
    ("group_profile:6:2027-01-14:7", "placement:6:2027-01-14", ("placement", 6, 0, date(2027, 1, 14), 0)),
    ("list_missing:1:2027-01-14:ab12cd34", "lists:1:2027-01-14", ("lists", 1, 0, date(2027, 1, 14), 0)),
    ("staffing_reminder:7:2", "unanswered:7:2", ("unanswered", 7, 2, None, 0)),
    (
        "staffing_unanswered:1:2027-01-04:ab12cd34",
        "unanswered:of:1:2027-01-04",
        ("unanswered-of", 1, 0, date(2027, 1, 4), 0),
    ),
    ("something else", "", ("", 0, 0, None, 0)),
    ("and:another", "of another shape", ("of another shape", 0, 0, None, 0)),
]
COLUMNS = ("about_kind", "about_id", "occasion", "about_day", "version")


@pytest.mark.django_db(transaction=True)
def test_rows_get_their_columns_and_lose_nothing_on_the_way_back() -> None:
    with before("mail", WAS) as apps:
        old = apps.get_model("mail", "Message").objects
        old.bulk_create(_row(apps, key, ref) for key, ref, _ in ROWS)
        migrate([("mail", "0004_facts_are_columns")])
        for key, _, columns in ROWS:
            assert Message.objects.values_list(*COLUMNS).get(key=key) == columns, key
        migrate([("mail", WAS)])
        assert dict(old.values_list("key", "subject_ref")) == {key: ref for key, ref, _ in ROWS}
        old.all().delete()


def _row(apps: Any, key: str, ref: str) -> Any:
    now = clock.now()
    return apps.get_model("mail", "Message")(
        key=key,
        subject_ref=ref,
        purpose="x",
        to_email="a@x.fr",
        subject="s",
        text="t",
        due_at=now,
        queued_at=now,
    )
