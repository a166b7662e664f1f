"""Orders: recording, opening, changing, amending."""

from decimal import Decimal
from typing import Any

from django.urls import reverse

from cordee.kernel.actor import COMMAND
from cordee.missions.models import Amendment, Mission, Order
from cordee.planning import actions as planning
from tests.cast import Cast, draft


def new_order_url(cast: Cast) -> str:
    return f"{reverse('new_order')}?client={cast.valmont.pk}"


def agreed(cast: Cast, form: dict[str, str], **changes: Any) -> dict[str, Any]:
    return {
        **form,
        "title": "Semaine du climat",
        "agreed_on": "2027-01-03",
        "sector": "public_body",
        "contact": cast.contact.pk,
        "funder": "OPCO",
        "practical_information": "Sonner deux fois.",
        "internal_notes": "Groupe difficile.",
        "coordinator": "",
        "lines-0-service": cast.workshop.pk,
        "lines-0-quantity": "4",
        "lines-0-expected_participants": "48",
        "lines-0-unit_price": "950.50",
        **changes,
    }


def test_the_client_is_found_first(cast: Cast, seat: Any, words: Any) -> None:
    client = seat(cast.olga)
    page = client.get(reverse("new_order") + "?q=valm")
    assert new_order_url(cast) in page.content.decode()
    nothing = client.get(reverse("new_order") + "?q=atlantis")
    assert "No client found" in words(nothing)
    assert reverse("new_client") + "?then=order" in nothing.content.decode()
    assert client.get(reverse("new_order") + "?client=987654").status_code == 404


def test_an_order_is_recorded_and_its_mission_opened_in_one_go(
    cast: Cast, seat: Any, hidden: Any, words: Any
) -> None:
    client = seat(cast.olga)
    page = client.get(new_order_url(cast))
    assert page.context["form"]["sector"].value() == "public_body"  # the client's own, by default
    form = agreed(cast, hidden(page), coordinator=cast.noor.pk)
    answers = [client.post(new_order_url(cast), form) for _ in range(2)]  # a double click
    order = Order.objects.get(title="Semaine du climat")
    mission = Mission.objects.get(order=order)
    assert {a["Location"] for a in answers} == {reverse("mission", args=[mission.ref])}
    assert mission.coordinator_id == cast.noor.pk
    line = order.lines.get()
    assert (line.quantity, line.expected_participants, line.unit_price) == (4, 48, Decimal("950.50"))
    assert (line.facilitation_fee, order.contact_id, order.funder) == (None, cast.contact.pk, "OPCO")
    for url in (reverse("order", args=[order.ref]), reverse("mission", args=[mission.ref])):
        text = words(client.get(url))
        assert "Practical information, for participants Sonner deux fois." in text
        assert "Internal notes, for the team Groupe difficile." in text


def test_an_order_may_be_recorded_and_opened_later(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    client.post(new_order_url(cast), agreed(cast, hidden(client.get(new_order_url(cast))), later="1"))
    order = Order.objects.get(title="Semaine du climat")
    assert not Mission.objects.filter(order=order).exists()
    page = client.get(reverse("order", args=[order.ref]))
    assert "no mission yet" in words(page)
    opened = client.post(reverse("open_mission", args=[order.ref]))
    mission = Mission.objects.get(order=order)
    assert opened["Location"] == reverse("name_coordinator", args=[mission.ref])
    again = client.post(reverse("open_mission", args=[order.ref]))
    assert again["Location"] == reverse("mission", args=[mission.ref])


def test_a_line_is_added_without_losing_what_was_typed(
    cast: Cast, seat: Any, hidden: Any, words: Any
) -> None:
    client = seat(cast.olga)
    typed = agreed(cast, hidden(client.get(new_order_url(cast))), title="", add_line="1")
    page = client.post(new_order_url(cast), typed)
    assert page.status_code == 200
    assert "Nothing was saved yet" not in words(page)
    assert page.context["form"]["practical_information"].value() == "Sonner deux fois."
    assert page.context["form"]["internal_notes"].value() == "Groupe difficile."
    assert [form["quantity"].value() for form in page.context["lines"].forms] == ["4", None]
    form = {
        **agreed(cast, hidden(page)),
        "lines-1-service": cast.training.pk,
        "lines-1-quantity": "1",
        "lines-1-facilitation_fee": "500",
    }
    client.post(new_order_url(cast), form)
    lines = Order.objects.get(title="Semaine du climat").lines.order_by("position")
    assert [(line.service_type_id, line.quantity) for line in lines] == [
        (cast.workshop.pk, 4),
        (cast.training.pk, 1),
    ]
    assert lines[1].facilitation_fee == 500


def test_lines_left_empty_do_not_count_but_one_is_needed(
    cast: Cast, seat: Any, hidden: Any, words: Any
) -> None:
    client = seat(cast.olga)
    empty = {
        "lines-0-service": "",
        "lines-0-quantity": "",
        "lines-0-expected_participants": "",
        "lines-0-unit_price": "",
    }
    refused = client.post(new_order_url(cast), agreed(cast, hidden(client.get(new_order_url(cast))), **empty))
    assert refused.status_code == 422
    assert "This order has no line." in words(refused)
    assert "Semaine du climat" in refused.content.decode()
    assert not Order.objects.filter(title="Semaine du climat").exists()


def test_refusals_stand_beside_their_field(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    form = hidden(client.get(new_order_url(cast)))
    late = client.post(new_order_url(cast), agreed(cast, form, agreed_on="2027-03-01"))
    assert late.status_code == 422
    assert "agreed on a day to come" in late.context["form"].errors["agreed_on"][0]
    half = client.post(new_order_url(cast), agreed(cast, form, **{"lines-0-quantity": ""}))
    assert half.status_code == 422
    assert "Something is missing in the lines." in words(half)
    assert half.context["lines"].forms[0].errors["quantity"]
    nonsense = client.post(new_order_url(cast), agreed(cast, form, **{"lines-TOTAL_FORMS": "x"}))
    assert nonsense.status_code == 422
    assert not Order.objects.filter(title="Semaine du climat").exists()


def test_the_contact_of_another_client_is_not_taken(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.olga)
    form = agreed(cast, hidden(client.get(new_order_url(cast))), contact=cast.contact.pk + 999)
    assert client.post(new_order_url(cast), form).status_code == 422


def test_the_page_of_an_order_shows_counters_and_amendments(
    cast: Cast, seat: Any, words: Any, hidden: Any
) -> None:
    client = seat(cast.olga)
    planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        count=2,
        facilitator_ids=[cast.noor.pk, cast.idris.pk],
        by=COMMAND,
    )
    url = reverse("amend_line", args=[cast.mission.order.ref, cast.line.pk])
    form = hidden(client.get(url))
    done = client.post(url, {**form, "quantity": "3", "reason": "Un groupe de moins, accord de Sophie"})
    assert done["Location"] == reverse("order", args=[cast.mission.order.ref])
    page = client.get(done["Location"])
    text = words(page)
    assert "Atelier 3 h, prestations: 4 → 3" in text
    assert "Un groupe de moins, accord de Sophie" in text
    assert "Olga Petrov" in text
    line = page.context["lines"][0]
    assert (line.line.quantity, line.planned, line.requested) == (3, 2, 0)
    assert "€2,700.00" in text


def test_an_amendment_never_goes_below_what_is_planned(
    cast: Cast, seat: Any, words: Any, hidden: Any
) -> None:
    client = seat(cast.olga)
    planning.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=draft(), count=2, by=COMMAND
    )
    url = reverse("amend_line", args=[cast.mission.order.ref, cast.line.pk])
    refused = client.post(url, {**hidden(client.get(url)), "quantity": "1", "reason": "Trop"})
    assert refused.status_code == 422
    assert "2 prestations of this line are already planned." in refused.context["form"].errors["quantity"][0]
    assert "Trop" in refused.content.decode()
    assert not Amendment.objects.exists()


def test_two_people_amending_the_second_is_told(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    url = reverse("amend_line", args=[cast.mission.order.ref, cast.line.pk])
    first, second = hidden(client.get(url)), hidden(client.get(url))
    assert client.post(url, {**first, "quantity": "5", "reason": "Un de plus"}).status_code == 302
    told = client.post(url, {**second, "quantity": "3", "reason": "Un de moins"})
    assert told.status_code == 422
    text = words(told)
    assert "Somebody else changed this while you were editing." in text
    assert text.count("On record now:") == 1
    assert "On record now: 5" in text
    assert "Un de moins" in told.content.decode()
    assert [a.after for a in Amendment.objects.all()] == [5]
    again = client.post(url, {**hidden(told), "quantity": "3", "reason": "Un de moins"})
    assert again.status_code == 302
    cast.line.refresh_from_db()
    assert cast.line.quantity == 3


def test_prices_and_fees_of_a_line_are_corrected(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.olga)
    url = reverse("change_line", args=[cast.mission.order.ref, cast.line.pk])
    form = hidden(client.get(url))
    client.post(
        url,
        {
            **form,
            "expected_participants": "50",
            "unit_price": "880",
            "facilitation_fee": "300",
            "coordination_fee": "",
        },
    )
    cast.line.refresh_from_db()
    assert (cast.line.unit_price, cast.line.facilitation_fee, cast.line.coordination_fee) == (880, 300, None)


def test_the_second_editor_is_told_and_sees_what_was_saved(
    cast: Cast, seat: Any, hidden: Any, words: Any
) -> None:
    client = seat(cast.olga)
    url = reverse("change_order", args=[cast.mission.order.ref])
    first, second = hidden(client.get(url)), hidden(client.get(url))
    values = {
        "agreed_on": "2026-12-12",
        "sector": "public_body",
        "contact": cast.contact.pk,
        "funder": "",
        "practical_information": "",
    }
    assert client.post(url, {**first, **values, "title": "Titre de l’autre"}).status_code == 302
    told = client.post(url, {**second, **values, "title": "Mon titre"})
    assert told.status_code == 422
    text = words(told)
    assert "Somebody else changed this while you were editing." in text
    assert "On record now: Titre de l’autre" in text
    assert "Mon titre" in told.content.decode()
    assert client.post(url, {**hidden(told), **values, "title": "Mon titre"}).status_code == 302
    assert Order.objects.get(pk=cast.mission.order_id).title == "Mon titre"


def test_a_closed_mission_locks_its_order(cast: Cast, seat: Any, words: Any, now: Any) -> None:
    Mission.objects.filter(pk=cast.mission.pk).update(status="closed", closed_at=now.at)
    client = seat(cast.olga)
    order = reverse("order", args=[cast.mission.order.ref])
    text = words(client.get(order))
    assert "is closed: nothing in it can be changed" in text
    assert "Reopen the mission with a reason" in text
    for name in ("amend_line", "change_line"):
        page = words(client.get(reverse(name, args=[cast.mission.order.ref, cast.line.pk])))
        assert "is closed: nothing in it can be changed" in page


def test_an_order_costs_few_queries(cast: Cast, seat: Any, django_assert_max_num_queries: Any) -> None:
    client = seat(cast.olga)
    with django_assert_max_num_queries(12):
        client.get(reverse("order", args=[cast.mission.order.ref]))
