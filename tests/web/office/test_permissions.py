"""Who may open which page of the office."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.catalogue.queries import fee_schedules
from tests.cast import Cast

# name, kwargs, who may open it; the others are told that they may not.
ALL = ("olga", "farid", "quitterie", "ada")
TABLE = [
    ("office_todo", (), ALL),
    ("failed_facts", (), ("olga", "quitterie", "ada")),
    ("missions", (), ALL),
    ("name_coordinator", ("mission",), ("olga",)),
    ("reopen_mission", ("mission",), ("olga",)),
    ("allow_request", ("mission",), ("farid",)),
    ("orders_to_open", (), ALL),
    ("new_order", (), ("olga",)),
    ("order", ("order",), ALL),
    ("change_order", ("order",), ("olga",)),
    ("amend_line", ("order", "line"), ("olga",)),
    ("change_line", ("order", "line"), ("olga",)),
    ("clients", (), ALL),
    ("new_client", (), ("olga",)),
    ("client", ("client",), ALL),
    ("change_client", ("client",), ("olga",)),
    ("new_contact", ("client",), ("olga",)),
    ("change_contact", ("client", "contact"), ("olga",)),
    ("catalogue", (), ALL),
    ("new_service", (), ("olga", "ada")),
    ("change_service", ("service",), ("olga", "ada")),
    ("new_fee_schedule", (), ("olga", "ada")),
    ("fee_schedule", ("schedule",), ALL),
    ("people", (), ALL),
    ("invite_colleague", (), ("ada",)),
    ("invite_facilitator", (), ("olga", "ada")),
    ("person", ("user",), ALL),
    ("change_facilitator", ("facilitator",), ("olga", "ada")),
    ("fee_requests", (), ALL),
    ("approved_fees", (), ALL),
    ("mails", (), ("olga", "quitterie", "ada")),
    ("organisation", (), ("ada",)),
]


def _url(cast: Cast, name: str, wanted: tuple[str, ...]) -> str:
    things: dict[str, Any] = {
        "mission": cast.mission.ref,
        "order": cast.mission.order.ref,
        "line": cast.line.pk,
        "client": cast.valmont.pk,
        "contact": cast.contact.pk,
        "service": cast.workshop.pk,
        "schedule": fee_schedules()[0].pk,
        "user": cast.camille.user_id,
        "facilitator": cast.camille.pk,
    }
    return reverse(name, args=[things[w] for w in wanted])


def test_each_page_opens_to_those_who_may_and_to_nobody_else(cast: Cast, seat: Any) -> None:
    for name, wanted, allowed in TABLE:
        url = _url(cast, name, wanted)
        for who in (*ALL, "camille", "dan"):
            answer = seat(getattr(cast, who)).get(url)
            assert answer.status_code == (200 if who in allowed else 403), f"{name} for {who}"


def test_nobody_logged_in_is_sent_to_the_log_in_page(cast: Cast) -> None:
    for name, wanted, _allowed in TABLE:
        answer = Client().get(_url(cast, name, wanted))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith(reverse("account_login")), name


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("open_mission", ["C-2027-0001"]),
        ("approve_fees", ["R-2027-0001-A"]),
        ("return_fees", ["R-2027-0001-A"]),
        ("suspend_person", [1]),
        ("restore_person", [1]),
        ("send_mail_again", [1]),
        ("retry_fact", [1]),
    ],
)
def test_what_changes_things_takes_no_plain_visit(cast: Cast, seat: Any, name: str, args: list[Any]) -> None:
    who = {"approve_fees": cast.farid, "return_fees": cast.farid, "open_mission": cast.olga}.get(
        name, cast.ada
    )
    assert seat(who).get(reverse(name, args=args)).status_code == 404
    assert seat(cast.camille).post(reverse(name, args=args)).status_code == 403


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("order", ["C-1999-0001"]),
        ("client", [987654]),
        ("change_contact", ["client", 987654]),
        ("fee_schedule", [987654]),
        ("change_service", [987654]),
        ("person", [987654]),
        ("change_facilitator", [987654]),
        ("fee_request", ["R-1999-0001-A"]),
        ("mail_message", [987654]),
        ("amend_line", ["order", 987654]),
    ],
)
def test_what_does_not_exist_is_not_found(cast: Cast, seat: Any, name: str, args: list[Any]) -> None:
    real = {"client": cast.valmont.pk, "order": cast.mission.order.ref}
    url = reverse(name, args=[real.get(a, a) for a in args])
    assert seat(cast.olga).get(url).status_code == 404


def test_a_line_of_another_order_is_not_found(cast: Cast, seat: Any) -> None:
    url = reverse("amend_line", args=[cast.other_mission.order.ref, cast.line.pk])
    assert seat(cast.olga).get(url).status_code == 404
