"""Links that were given before know the address they were sent to: that of whom they are for."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from django.db import migrations

AT_ONCE = 500


def fill(apps: Any, schema_editor: Any) -> None:
    """Note on every link that still opens the address of whom it is for."""
    links = apps.get_model("links", "PersonalLink").objects.filter(revoked_at=None, sent_to="")
    for purpose, addresses in _ADDRESSES.items():
        ids = list(links.filter(purpose=purpose).order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(ids), AT_ONCE):
            some = list(links.filter(pk__in=ids[first : first + AT_ONCE]))
            known = addresses(apps, {link.subject_id for link in some})
            for link in some:
                link.sent_to = _mark(known.get(link.subject_id, ""))
            apps.get_model("links", "PersonalLink").objects.bulk_update(some, ["sent_to"])


def _mark(email: str) -> str:
    return sha256(email.lower().encode()).hexdigest()[:32]


def _of(app: str, model: str, path: str) -> Callable[[Any, Iterable[int]], dict[int, str]]:
    return lambda apps, ids: dict(
        apps.get_model(app, model).objects.filter(pk__in=set(ids)).values_list("pk", path)
    )


def _of_registrations(apps: Any, ids: Iterable[int]) -> dict[int, str]:
    """Return the address as it was corrected on the list, for who is on one."""
    rows = list(
        apps.get_model("registration", "Registration")
        .objects.filter(pk__in=set(ids))
        .values_list("pk", "email", "enrolment_id")
    )
    on_list = _of("enrolment", "Enrolment", "participant__email")(apps, {e for _, _, e in rows if e})
    return {pk: on_list.get(enrolment_id, email) for pk, email, enrolment_id in rows}


_ADDRESSES: dict[str, Callable[[Any, Iterable[int]], dict[int, str]]] = {
    "participant": _of("enrolment", "Enrolment", "participant__email"),
    "registration": _of_registrations,
    "list": _of("enrolment", "ListInvitation", "contact__email"),
    "staffing": _of("planning", "Assignment", "facilitator__user__email"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_words_and_rules"),
        ("links", "0003_sent_to"),
        ("enrolment", "0002_lists_and_groups"),
        ("registration", "0001_initial"),
        ("planning", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
