"""The pages of indicators: what quality reads there, declares and replaces."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.audits import actions, queries
from cordee.audits.models import Audit, Declaration
from cordee.audits.states import Standing
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND, SYSTEM
from cordee.kernel.permissions import Role
from cordee.mail.models import Message
from cordee.mail.states import MessageState
from tests.cast import THURSDAY, Cast
from tests.conftest import MovableClock
from tests.dashboards import wrong_behind
from tests.papers import PDF
from tests.refusals import refused
from tests.steps import confirm, enrol, plan
from tests.web.coordination.conftest import Visitor


@pytest.fixture
def quitterie(cast: Cast, seat: Any) -> Visitor:
    return Visitor(seat(cast.quitterie))


def form(**values: Any) -> dict[str, Any]:
    return {"form_token": str(uuid4()), "words": "Une veille chaque mois.", **values}


def test_a_session_that_is_over_is_counted_where_it_proves_something(
    *, cast: Cast, quitterie: Visitor, now: MovableClock, settle: Any
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana")
    settle()
    Message.objects.filter(purpose="joining").update(state=MessageState.SENT, sent_at=clock.now())
    page = reverse("indicator", args=[17])
    assert "No session was held" in quitterie.get(page)
    now.move_to("2027-01-20 09:00")
    html = quitterie.get(page)
    assert "No session was held" not in html
    assert "1 / 1" in html
    (nine,) = queries.indicators(*_year(), numbers=[9])
    assert (nine.figures[0].count, nine.figures[0].of) == (1, 1), "the joining instructions left"
    (twelve,) = queries.indicators(*_year(), numbers=[12])
    assert [m.blocker.code for m in twelve.missing] == ["no_presence"]


def _year() -> Any:
    return clock.today().replace(month=1, day=1), clock.today().replace(month=12, day=31)


def test_quality_declares_in_words_and_as_a_file_and_replaces_it(*, cast: Cast, quitterie: Visitor) -> None:
    page = reverse("indicator", args=[23])
    assert "Nothing is declared" in quitterie.get(page)
    given = form(valid_until="2027-12-31")
    for _ in range(2):
        html = quitterie.follow(page, {**given, "file": SimpleUploadedFile("veille.pdf", PDF)})
    assert "Une veille chaque mois." in html
    first = Declaration.objects.get()
    file = quitterie.client.get(reverse("declared_file", args=[first.pk]))
    assert (file.content, file["Content-Type"]) == (PDF, "application/pdf")
    assert "proven" in html
    html = quitterie.follow(page, form(words="Deux veilles.", replaces=first.pk))
    assert "replaced" in html
    assert "Une veille chaque mois." in html, "what was replaced stays on record"
    assert [d.words for d in queries.declared([23])[23]] == ["Deux veilles."]
    html = quitterie.refused(page, form(words="Encore.", file=SimpleUploadedFile("a.pdf", b"GIF89a")))
    assert "Encore." in html, "nothing typed is lost"


def test_what_cannot_be_declared_is_refused(*, cast: Cast) -> None:
    by = cast.actor(cast.quitterie)
    first = actions.declare(indicator=23, words="Une veille", by=by)
    actions.declare(indicator=23, words="Deux", replaces_id=first.pk, by=by)
    for changes, code in (
        ({"indicator": 34}, "no_such_indicator"),
        ({"words": " "}, "nothing_said"),
        ({"words": "a" * 5_001}, "too_long"),
        ({"file": b"GIF89a"}, "not_a_pdf"),
        ({"valid_until": clock.today().replace(year=2026)}, "over_already"),
        ({"replaces_id": first.pk}, "replaced_meanwhile"),
        ({"replaces_id": 0}, "replaced_meanwhile"),
        ({"by": cast.actor(cast.olga)}, "not_quality"),
    ):
        with refused(code):
            actions.declare(**{"indicator": 23, "words": "Trois", "by": by, **changes})
    with refused("nothing_offered"):
        actions.offer(kinds=[], by=by)


def test_what_is_offered_decides_what_applies(*, cast: Cast, quitterie: Visitor) -> None:
    page = reverse("offered_kinds")
    quitterie.follow(page, {"form_token": str(uuid4()), "kinds": ["training", "apprenticeship"]})
    (fourteen,) = queries.indicators(*_year(), numbers=[14])
    assert fourteen.standing == Standing.TO_COMPLETE
    assert "Tick at least one" in quitterie.refused(page, {"form_token": str(uuid4())})


def test_the_list_is_filtered_and_costs_the_same_whatever_there_is(
    *, cast: Cast, quitterie: Visitor, now: MovableClock
) -> None:
    page = reverse("indicators")
    quitterie.get(page)
    with CaptureQueriesContext(connection) as few:
        html = quitterie.get(page)
    assert html.count("<section") == 7
    assert quitterie.get(page + "?criterion=7&period=2027").count("<section") == 1
    assert "14. " not in quitterie.get(page + "?state=to_complete")
    assert "No indicator is like this" in quitterie.get(page + "?state=proven&criterion=1")
    for day in range(3):
        (session,) = plan(cast, cast.noor, day=THURSDAY + timedelta(days=day))
        confirm(cast, session, cast.noor)
        enrol(cast, session, "Ana", "Bo")
    for number in (1, 4, 23):
        for _ in range(3):
            actions.declare(indicator=number, words="Oui", by=cast.actor(cast.quitterie))
    now.move_to("2027-02-20 09:00")
    with CaptureQueriesContext(connection) as lots:
        quitterie.get(page)
    assert len(lots) == len(few) <= 13
    every = {one.indicator.number: one for one in queries.indicators(*_year())}
    with CaptureQueriesContext(connection) as one_alone:
        assert queries.indicators(*_year(), numbers=[17]) == [every[17]]
    assert len(one_alone) == 3, "what is declared, what is offered, and the sessions"


def test_an_audit_is_drawn_made_taken_and_looked_at(
    *, cast: Cast, quitterie: Visitor, seat: Any, now: MovableClock
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    now.move_to("2027-01-20 09:00")
    asked = {"form_token": str(uuid4()), "since": "2027-01-01", "until": "2027-01-31", "count": "10"}
    html = quitterie.refused(reverse("new_audit"), {**asked, "refs": "M-2020-0001"})
    assert "M-2020-0001" in html, "nothing typed is lost"
    for _ in range(2):
        html = quitterie.follow(reverse("new_audit"), {**asked, "seed": "graine choisie"})
    audit = Audit.objects.get()
    page, file = reverse("audit", args=[audit.ref]), reverse("audit_file", args=[audit.ref])
    assert "The file is being made" in html
    assert cast.mission.ref in html
    assert quitterie.client.get(file).status_code == 404
    actions.build(audit_id=audit.pk, by=SYSTEM)
    assert f'href="{file}"' in quitterie.get(page)
    accounts.invite_colleague(
        email="aude@audit.example",
        first_name="Aude",
        last_name="It",
        roles=[Role.AUDITOR],
        ends_on=date(2027, 2, 1),
        by=COMMAND,
    )
    aude = Visitor(seat(User.objects.get(email="aude@audit.example")))
    assert audit.ref in aude.get(reverse("audits"))
    assert f'href="{file}"' in aude.get(page)
    assert aude.client.get(file).content[:2] == b"PK"
    assert aude.follow(reverse("new_audit"), asked | {"form_token": str(uuid4()), "seed": "la mienne"}).count(
        "la mienne"
    )
    assert set(audit.missions.all()) == set(Audit.objects.exclude(pk=audit.pk).get().missions.all())
    aude.get(reverse("invite_auditor"), 403)
    assert "The file was taken" in quitterie.get(page)
    seen = quitterie.get(reverse("person", args=[User.objects.get(email="aude@audit.example").pk]))
    assert f"Opened {page}" in seen
    assert reverse("invite_auditor") not in seen, "what was refused was not seen"
    assert "Opened" not in quitterie.get(reverse("person", args=[cast.quitterie.pk]))


def test_each_number_of_an_indicator_opens_as_many_rows_as_it_says(
    *, cast: Cast, quitterie: Visitor, now: MovableClock, settle: Any
) -> None:
    sessions = plan(cast, cast.noor, count=2)
    for session in sessions:
        enrol(cast, session, "Ana", "Bo")
    confirm(cast, sessions[0], cast.noor)
    settle()
    now.move_to("2027-01-20 09:00")
    assert wrong_behind(quitterie.client) == []
    rows = reverse("indicator_rows", args=[17, "staffed"])
    left_out = quitterie.get(rows + "?others=on")
    assert sessions[1].ref in left_out
    assert sessions[0].ref not in left_out
    people = quitterie.get(reverse("indicator_rows", args=[9, "told"]) + "?others=on")
    assert "A. N. (" in people
    assert "Ana" not in people, "initials alone"
    for nothing in (f"{rows}?period=2026", reverse("indicator_rows", args=[17, "recorded"])):
        assert quitterie.client.get(nothing).status_code == (200 if "2026" in nothing else 404)
