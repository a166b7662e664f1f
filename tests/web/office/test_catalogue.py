"""Services and fee schedules."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cordee.catalogue import actions, queries
from cordee.catalogue.models import FeeRate, FeeSchedule, ServiceType
from cordee.catalogue.rules import ServiceChanges
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.quality import actions as quality
from cordee.quality.rules.improving import ImprovementDraft
from cordee.web.office.schedules import field_name
from tests.cast import Cast
from tests.papers import PDF
from tests.surveys.checking import ask_again


def grid(page: Any, hidden: dict[str, str], **changes: str) -> dict[str, str]:
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields if name.startswith("rate-")}
    return {**hidden, **{name: "" if v is None else str(v) for name, v in shown.items()}, **changes}


def test_a_service_is_added_and_changed(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    url = reverse("new_service")
    values = {
        "name": "Conférence 1 h 30",
        "kind": "workshop",
        "minutes": "90",
        "half_days": "1",
        "capacity": "100",
        "code": "",
    }
    client.post(url, {**hidden(client.get(url)), **values})
    service = ServiceType.objects.get(name="Conférence 1 h 30")
    assert service.code == "conference-1-h-30"
    change = reverse("change_service", args=[service.pk])
    form = hidden(client.get(change)) | {"cold_after_days": "60"}
    client.post(change, {**form, **values, "code": service.code, "name": "Conférence"})  # no longer on sale
    service.refresh_from_db()
    assert (service.name, service.is_active) == ("Conférence", False)
    assert "no longer on sale" in words(client.get(reverse("catalogue")))
    told = client.post(
        change,
        {**form, **values, "form_token": hidden(client.get(change))["form_token"], "code": service.code},
    )
    assert told.status_code == 422
    assert "On record now: no" not in words(told)
    assert "On record now: Conférence" in words(told)


def test_a_code_that_is_taken_is_refused(cast: Cast, seat: Any, hidden: Any) -> None:
    client = seat(cast.olga)
    url = reverse("new_service")
    values = {
        "name": "X",
        "kind": "workshop",
        "minutes": "90",
        "half_days": "1",
        "capacity": "9",
        "code": "workshop",
    }
    refused = client.post(url, {**hidden(client.get(url)), **values})
    assert refused.status_code == 422
    assert "already has the code" in refused.context["form"].errors["code"][0]


def test_a_new_schedule_begins_with_the_amounts_in_force(
    cast: Cast, seat: Any, hidden: Any, words: Any
) -> None:
    client = seat(cast.olga)
    url = reverse("new_fee_schedule")
    done = client.post(url, {**hidden(client.get(url)), "name": "Grille d’été", "valid_from": "2027-07-01"})
    summer = FeeSchedule.objects.get(name="Grille d’été")
    assert done["Location"] == reverse("fee_schedule", args=[summer.pk])
    text = words(client.get(done["Location"]))
    assert "In force from Thursday 1 July 2027 on." in text
    assert "In force today: Grille 2026" in text
    before = FeeSchedule.objects.get(name="Grille 2026")
    assert queries.rate_table(summer.pk) == queries.rate_table(before.pk)
    again = client.post(url, {**hidden(client.get(url)), "name": "Encore", "valid_from": "2027-07-01"})
    assert "A fee schedule already begins on" in again.context["form"].errors["valid_from"][0]


def test_the_grid_changes_and_empties_amounts(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    schedule = FeeSchedule.objects.get()
    url = reverse("fee_schedule", args=[schedule.pk])
    page = client.get(url)
    assert "In force today, since Thursday 1 January 2026." in words(page)
    changed = field_name((cast.workshop.pk, "education", "facilitation"))
    emptied = field_name((cast.training.pk, "company", "coordination"))
    assert changed == f"rate-{cast.workshop.pk}-education-facilitation"
    form = grid(page, hidden(page), **{changed: "260.50", emptied: ""})
    assert client.post(url, form).status_code == 302
    rates = queries.rate_table(schedule.pk)
    assert rates[cast.workshop.pk, "education", "facilitation"].amount == Decimal("260.50")
    assert (cast.training.pk, "company", "coordination") not in rates
    assert len(rates) == 15


def test_a_bad_amount_is_shown_in_its_cell_and_nothing_is_saved(
    cast: Cast, seat: Any, hidden: Any, words: Any
) -> None:
    client = seat(cast.olga)
    url = reverse("fee_schedule", args=[FeeSchedule.objects.get().pk])
    page = client.get(url)
    bad = field_name((cast.workshop.pk, "company", "facilitation"))
    other = field_name((cast.workshop.pk, "education", "facilitation"))
    refused = client.post(url, grid(page, hidden(page), **{bad: "-3", other: "999"}))
    assert refused.status_code == 422
    assert refused.context["form"].errors[bad]
    assert "Atelier 3 h, Facilitation, Company" in words(refused)
    assert not FeeRate.objects.filter(amount=999).exists()


def test_two_people_on_the_same_grid(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    schedule = FeeSchedule.objects.get()
    url = reverse("fee_schedule", args=[schedule.pk])
    page = client.get(url)
    cell = (cast.workshop.pk, "company", "facilitation")
    form = grid(page, hidden(page), **{field_name(cell): "300"})
    actions.set_rates(schedule_id=schedule.pk, rates={cell: Decimal(275)}, by=COMMAND)
    told = client.post(url, form)
    assert told.status_code == 422
    assert "On record now: 275.00" in words(told)
    assert client.post(url, {**form, **hidden(told)}).status_code == 302
    assert queries.rate_table(schedule.pk)[cell].amount == 300


def test_finance_reads_the_grid_without_changing_it(cast: Cast, seat: Any, words: Any) -> None:
    client = seat(cast.farid)
    url = reverse("fee_schedule", args=[FeeSchedule.objects.get().pk])
    page = client.get(url)
    assert "€250.00" in words(page)
    assert "Save the fees" not in words(page)
    cell = field_name((cast.workshop.pk, "company", "facilitation"))
    assert client.post(url, {cell: "1"}).status_code == 403
    assert not FeeRate.objects.filter(amount=1).exists()


def test_a_schedule_that_was_replaced_says_until_when(cast: Cast, seat: Any, words: Any) -> None:
    actions.add_fee_schedule(name="Grille 2027", valid_from=date(2027, 1, 1), by=COMMAND)
    old = FeeSchedule.objects.get(name="Grille 2026")
    text = words(seat(cast.olga).get(reverse("fee_schedule", args=[old.pk])))
    assert "it applied from Thursday 1 January 2026 until Thursday 31 December 2026" in text
    assert "In force today: Grille 2027" in text


def test_the_programme_and_what_registration_asks(cast: Cast, seat: Any, hidden: Any, words: Any) -> None:
    client = seat(cast.olga)
    url = reverse("change_service", args=[cast.workshop.pk])
    programme = reverse("service_programme", args=[cast.workshop.pk])
    shown = client.get(url).context["form"]
    values = {
        name: shown[name].value()
        for name in ("name", "kind", "minutes", "half_days", "capacity", "code", "cold_after_days")
    }
    values |= {"is_active": "on", "programme": "Objectifs", "registration_fields": " Service \n\nRayon\n"}
    upload = SimpleUploadedFile("p.pdf", PDF, content_type="application/pdf")
    assert (
        client.post(url, {**hidden(client.get(url)), **values, "programme_file": upload}).status_code == 302
    )
    service = ServiceType.objects.get(pk=cast.workshop.pk)
    assert (service.programme, service.registration_fields) == ("Objectifs", ["Service", "Rayon"])
    assert client.get(programme).content == PDF
    page = client.get(url)
    assert programme in page.content.decode()
    assert "Service Rayon" in words(page)
    client.post(url, {**hidden(page), **values, "no_programme_file": "on"})
    assert client.get(programme).status_code == 404
    for labels, why in (
        ("\n".join("abcdefghi"), "At most 8"),
        ("A\nA", "asked twice"),
        ("x" * 61, "longer than 60"),
    ):
        refused = client.post(url, {**hidden(client.get(url)), **values, "registration_fields": labels})
        assert refused.status_code == 422
        assert why in refused.context["form"].errors["registration_fields"][0]


def test_one_choice_asks_the_same_questions_at_the_end(cast: Cast, seat: Any, hidden: Any) -> None:
    ask_again(cast)
    olga = seat(cast.olga)
    url = reverse("change_service", args=[cast.workshop.pk])
    form = olga.get(url).context["form"]
    assert form["check_questionnaire_id"].value() == -1, "it is what is asked before"
    values = {f.name: f.value() for f in form if f.value() not in (None, False, "")}
    refused = olga.post(url, {**values, **hidden(olga.get(url)), "placement_questionnaire_id": ""})
    assert "No question is asked before the session." in refused.content.decode()
    for chosen, same in (("", False), ("-1", True)):
        values["check_questionnaire_id"] = chosen
        assert olga.post(url, {**values, **hidden(olga.get(url))}).status_code == 302
        cast.workshop.refresh_from_db()
        asked = cast.workshop.check_questionnaire_id
        assert asked == (cast.workshop.placement_questionnaire_id if same else None)


def programme(cast: Cast, text: str, change: str = "") -> None:
    actions.change_service_type(
        service_type_id=cast.workshop.pk,
        changes=ServiceChanges(programme=text),
        programme_change=change,
        expected_version=None,
        by=cast.actor(cast.olga),
    )


def test_versions_of_a_programme_say_what_changed_and_what_brought_it(
    cast: Cast, seat: Any, hidden: Any, words: Any, django_assert_max_num_queries: Any
) -> None:
    programme(cast, "Objectif : comprendre.\n<script>x</script>")
    programme(cast, "Objectif : agir.\n<script>x</script>", "L’objectif est d’agir.")
    draft = ImprovementDraft(
        title="Faire agir", why="", expected="On agit", owner_id=cast.quitterie.pk, due_on=clock.today()
    )
    made = quality.open_improvement(draft=draft, by=cast.actor(cast.quitterie))
    number = cast.workshop.programmes.latest("number").number
    here = reverse("programmes", args=[cast.workshop.pk])
    brought = reverse("programme_brought", args=[cast.workshop.pk, number])
    quitterie = seat(cast.quitterie)
    page = quitterie.get(here)
    row = page.context["rows"][0]
    assert [(line.kind, line.text) for line in row.lines] == [
        ("del", "Objectif : comprendre."),
        ("ins", "Objectif : agir."),
    ]
    assert "L’objectif est d’agir." in words(page)
    assert b"<script>x" not in page.content
    sent = {**hidden(page), "improvement": str(made.pk)}
    assert quitterie.post(brought, sent).url == f"{here}#v{number}"
    assert quitterie.post(brought, {**sent, "improvement": "999999"}).status_code == 404
    assert "Faire agir" in words(quitterie.get(here))
    assert "Faire agir" not in words(seat(cast.olga).get(here)), "improvements are quality's"
    assert made.ref in words(seat(cast.olga).get(here))
    assert "Programmes that it changed" in words(quitterie.get(reverse("improvement", args=[made.ref])))
    for n in range(35):
        programme(cast, f"Version {n}")
    with django_assert_max_num_queries(12):
        page = quitterie.get(here)
    assert len(page.context["rows"]) == 30
    assert page.context["rows"][-1].lines, "the last one of a page is compared, too"
