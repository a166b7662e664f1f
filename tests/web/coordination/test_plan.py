"""Planning, changing and cancelling sessions."""

import html as html_of
import re
from datetime import time
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from cordee.clients.models import ClientOrganisation
from cordee.closure import actions as closure
from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.kernel.zones import zone_text
from cordee.missions.rules import LineDraft
from cordee.planning import actions as planning
from cordee.planning import queries
from cordee.planning.models import Session
from cordee.web.coordination.typed_times import wrong_end
from tests.cast import Cast, draft

TOKEN = "6f0f2a52-3c53-4a0e-9f43-1c3d1b1f2a01"


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Return the form as a coordinator fills it in."""
    return {
        "form_token": TOKEN,
        "line": cast.line.pk,
        "count": 1,
        "day": "2027-01-14",
        "starts": "09:00",
        "ends": "12:00",
        "mode": "on_site",
        "place": "Hôtel de ville",
        "address": "",
        "video_link": "",
        "title": "",
        "language": "fr",
        "capacity": 14,
        "instructions": "",
        "time_zone": "Europe/Paris",
        "facilitators": [""],
        **changes,
    }


def asked(html: str, name: str) -> str:
    """Return what a yes to a question is, which must not be given yet."""
    (box,) = re.findall(rf'<input type="checkbox" name="{name}"[^>]*>', html)
    assert "checked" not in box
    return html_of.unescape(re.findall('value="([^"]*)"', box)[0])


def planned(cast: Cast) -> list[Session]:
    return queries.sessions_of(cast.mission.pk)


@pytest.fixture
def path(cast: Cast) -> str:
    return reverse("plan", args=[cast.mission.ref])


def test_the_form_comes_filled_in(camille: Any, cast: Cast, path: str) -> None:
    html = camille.get(path)
    assert "Atelier 3 h: 4 of 4 left to plan" in html
    assert 'name="ends" value="12:00"' in html
    assert "Entrée par la cour, badge à l’accueil." in html
    assert html.index('<option value="Camille Rousset">') < html.index('<option value="Idris Benkirane">')
    assert "Reason for regularising" not in html


def test_four_parallel_sessions_are_planned_in_one_go(camille: Any, cast: Cast, path: str) -> None:
    team = ["Camille Rousset", "noor van den berg", "elodie martin", "benk"]
    html = camille.follow(path, form(cast, count=4, facilitators=team))
    assert "4 sessions planned." in html
    assert [s.title for s in planned(cast)] == [f"Atelier 3 h {x}" for x in "ABCD"]
    people = [s.assignments.get().facilitator.full_name for s in planned(cast)]
    assert people == ["Camille Rousset", "Noor van den Berg", "Élodie Martin", "Idris Benkirane"]


def test_a_double_click_plans_once(camille: Any, cast: Cast, path: str) -> None:
    camille.follow(path, form(cast))
    camille.follow(path, form(cast))
    assert len(planned(cast)) == 1


def rows(*half_days: str, derived: str = "") -> dict[str, Any]:
    """Return the hidden part of the form: half-days such as `14 09:00-12:00`, and the times they were made from."""
    parts = [text.replace("-", " ").split() for text in half_days]
    return {
        "derived": derived and f"2027-01-{derived.replace(' ', '|').replace('-', '|')}",
        "half_days-day": [f"2027-01-{day}" for day, _, _ in parts],
        "half_days-starts": [starts for _, starts, _ in parts],
        "half_days-ends": [ends for _, _, ends in parts],
    }


def saved(session: Session) -> list[str]:
    return [f"{h.day.day} {h.starts:%H:%M}-{h.ends:%H:%M}" for h in queries.half_days(session.pk)]


SAVED = [
    # what stands above, the half-days below, the times these were made from: what is saved
    ("14 09:00-12:00", [], "", ["14 09:00-12:00"]),
    ("14 09:00-17:00", ["14 09:00-12:00"], "14 09:00-12:00", ["14 09:00-12:30", "14 13:30-17:00"]),
    ("15 09:00-12:00", ["14 09:00-12:00"], "14 09:00-12:00", ["15 09:00-12:00"]),
    ("14 08:00-12:00", ["14 09:00-12:00"], "14 09:00-12:00", ["14 08:00-12:00"]),
    ("14 09:00-17:00", ["14 09:00-12:00", "14 13:00-17:00"], "14 09:00-17:00", ["14 09:00-12:00", "14 13:00-17:00"]),
    ("14 09:00-17:00", ["14 09:00-12:00", "14 13:00-17:00"], "14 09:00-16:00", ["14 09:00-12:00", "14 13:00-17:00"]),
    ("14 22:00-01:00", [], "", ["14 22:00-01:00"]),
    ("14 22:00-01:00", ["14 22:00-23:00"], "14 22:00-23:00", ["14 22:00-01:00"]),
    ("14 14:00-00:00", [], "", ["14 14:00-18:30", "14 19:30-00:00"]),
    ("14 16:00-00:30", ["14 16:00-17:00"], "14 16:00-17:00", ["14 16:00-20:00", "14 21:00-00:30"]),
    ("14 21:00-05:00", [], "", ["14 21:00-00:30", "15 01:30-05:00"]),
    (
        "14 21:00-05:00",
        ["14 21:00-01:00", "15 02:00-05:00"],
        "14 21:00-05:00",
        ["14 21:00-01:00", "15 02:00-05:00"],
    ),
]  # fmt: skip
REFUSED = [
    # what stands above, the half-days below, the times these were made from: the field, and what is said beside it
    ("14 09:00-08:00", ["14 09:00-12:00"], "14 09:00-12:00", "ends", "The end is before the start."),
    ("14 18:00-17:00", ["14 09:00-12:00"], "14 09:00-12:00", "ends", "The end is before the start."),
    ("14 09:00-09:00", ["14 09:00-12:00"], "14 09:00-12:00", "ends", "The end is the same as the start."),
    ("14 14:00-12:00", [], "|09:00|12:00", "ends", "The end is before the start."),
    ("14 11:30-00:30", [], "", "ends", "The end is before the start."),
    ("14 09:00-", ["14 09:00-12:00"], "14 09:00-12:00", "ends", "Give the end."),
    ("14 10:00-12:00", ["14 09:00-12:30"], "14 09:00-12:00", "half_days", "The half-days below are not those"),
    ("14 09:00-12:00", ["14 09:00-12:30"], "14 09:00-12:00", "half_days", "The half-days below are not those"),
    ("14 09:00-12:00", ["15 09:00-12:00"], "", "half_days", "The half-days below are not those"),
    ("14 09:00-12:00", ["14 12:00-09:00"], "14 09:00-12:00", "half_days", "Half-day 1: give a day, a start and"),
]  # fmt: skip


def test_beside_an_end_before_its_start_stands_until_when_a_night_may_go() -> None:
    with translation.override("en"):
        assert wrong_end(time(14), time(12)).endswith("it may last twelve hours: end it by 2:00.")
        assert wrong_end(time(12), time(0, 30)).endswith("end it by midnight.")
        assert wrong_end(time(11, 30), time(0, 30)) == "The end is before the start. Correct one of them."
        assert not wrong_end(time(14), time(0))


def above(text: str) -> dict[str, str]:
    day, _, hours = text.partition(" ")
    starts, _, ends = hours.partition("-")
    return {"day": f"2027-01-{day}", "starts": starts, "ends": ends}


@pytest.mark.parametrize(("times", "below", "derived", "expected"), SAVED)
def test_the_times_on_the_screen_are_those_that_are_saved(
    camille: Any, cast: Cast, path: str, *, times: str, below: list[str], derived: str, expected: list[str]
) -> None:
    camille.follow(path, form(cast, **above(times), **rows(*below, derived=derived)))
    (session,) = planned(cast)
    assert saved(session) == expected


@pytest.mark.parametrize(("times", "below", "derived", "field", "sentence"), REFUSED)
def test_times_that_are_not_those_on_the_screen_are_refused_beside_their_field(
    camille: Any,
    cast: Cast,
    path: str,
    *,
    times: str,
    below: list[str],
    derived: str,
    field: str,
    sentence: str,
) -> None:
    values = form(cast, **above(times), **rows(*below, derived=derived))
    answer = camille.post(path, values)
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert errors[field][0].startswith(sentence)
    assert not planned(cast)
    bound = answer.context["form"]
    assert (bound["day"].value(), bound["starts"].value(), bound["ends"].value()) == tuple(
        above(times).values()
    )
    assert [f"{row.starts}-{row.ends}" for row in bound.rows] == [text.split()[1] for text in below]


@pytest.mark.parametrize(("times", "below", "derived", "expected"), SAVED)
def test_a_change_saves_the_times_on_the_screen(
    camille: Any, cast: Cast, *, times: str, below: list[str], derived: str, expected: list[str]
) -> None:
    (session,) = planning.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=draft(), by=COMMAND
    )
    path = reverse("change_session", args=[session.ref])
    camille.follow(path, change(session, cast, **above(times), **rows(*below, derived=derived)))
    assert saved(session) == expected


@pytest.mark.parametrize(("times", "below", "derived", "field", "sentence"), REFUSED)
def test_a_change_to_times_that_make_no_sense_changes_nothing(
    camille: Any, cast: Cast, *, times: str, below: list[str], derived: str, field: str, sentence: str
) -> None:
    (session,) = planning.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=draft(), by=COMMAND
    )
    path = reverse("change_session", args=[session.ref])
    answer = camille.post(path, change(session, cast, **above(times), **rows(*below, derived=derived)))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field][0].startswith(sentence)
    assert saved(session) == ["14 09:00-12:00"]


@pytest.mark.parametrize(
    ("times", "below", "derived", "shown_above", "shown_below"),
    [
        # nobody touched the half-days: they are made anew
        ("14 08:00-13:00", ["14 09:00-12:00"], "14 09:00-12:00", "14 08:00-13:00", ["14 08:00-13:00"]),
        # a half-day was corrected last: the times above follow
        ("14 09:00-12:00", ["14 10:00-12:30"], "14 09:00-12:00", "14 10:00-12:30", ["14 10:00-12:30"]),
        ("14 09:00-17:00", ["14 09:00-12:30"], "14 09:00-17:00", "14 09:00-12:30", ["14 09:00-12:30"]),
        # the times were changed after a half-day was corrected: the break by hand stays
        (
            "15 09:00-18:00",
            ["14 09:00-12:00", "14 13:00-17:00"],
            "14 09:00-17:00",
            "15 09:00-18:00",
            ["15 09:00-12:00", "15 13:00-18:00"],
        ),
        # … as far as it can
        (
            "14 14:00-17:00",
            ["14 09:00-12:00", "14 13:00-17:00"],
            "14 09:00-17:00",
            "14 14:00-17:00",
            ["14 14:00-17:00"],
        ),
        # an end that makes no sense moves nothing
        ("14 09:00-08:00", ["14 09:00-12:00"], "14 09:00-12:00", "14 09:00-08:00", ["14 09:00-12:00"]),
        # the end follows the start
        ("14 22:00-12:00", ["14 09:00-12:00"], "14 09:00-12:00", "14 22:00-01:00", ["14 22:00-01:00"]),
    ],
)  # fmt: skip
def test_while_typing_the_page_follows(
    camille: Any,
    cast: Cast,
    path: str,
    *,
    times: str,
    below: list[str],
    derived: str,
    shown_above: str,
    shown_below: list[str],
) -> None:
    values = form(cast, **above(times), **rows(*below, derived=derived), show="half_days")
    shown = camille.post(path, values).context["form"]
    assert {name: shown[name].value() for name in ("day", "starts", "ends")} == above(shown_above)
    assert [f"{row.day[-2:]} {row.starts}-{row.ends}" for row in shown.rows] == shown_below


def test_half_days_of_other_times_are_not_announced(camille: Any, cast: Cast, path: str) -> None:
    values = form(cast, **above("14 09:00-08:00"), **rows("14 09:00-12:00", derived="14 09:00-12:00"))
    assert camille.post(path, values | {"show": "half_days"}).context["summary"] == []
    assert camille.post(path, values).context["summary"] == []
    assert camille.post(path, form(cast, show="half_days")).context["summary"] != []


def test_the_form_says_that_an_end_is_one_of_the_next_day(camille: Any, cast: Cast, path: str) -> None:
    def note(ends: str) -> tuple[str, str]:
        answer = camille.post(path, form(cast, starts="22:00", ends=ends, show="half_days"))
        return answer.context["form"].end_note

    assert note("23:00") == ("", "")
    assert note("01:00") == ("info", "Ends the next day.")
    assert note("21:00")[0] == "late"


@pytest.mark.parametrize(
    ("client_postcode", "address_before", "zone"),
    [
        ("", "", "Europe/Paris"),
        ("75011", "", "Europe/Paris"),
        ("97400", "", "Indian/Reunion"),
        ("", "2 rue Victor-Hugo, 97110 Pointe-à-Pitre", "America/Guadeloupe"),
        ("97400", "2 rue Victor-Hugo, 97110 Pointe-à-Pitre", "America/Guadeloupe"),
    ],
)
def test_a_new_session_takes_the_zone_of_its_place_never_that_of_the_last_one(
    camille: Any, cast: Cast, path: str, *, client_postcode: str, address_before: str, zone: str
) -> None:
    ClientOrganisation.objects.filter(pk=cast.valmont.pk).update(postal_code=client_postcode)
    before = draft(time_zone="Pacific/Noumea", address=address_before)
    planning.plan_sessions(mission_id=cast.mission.pk, line_id=cast.line.pk, draft=before, by=COMMAND)
    answer = camille.client.get(path)
    assert answer.context["form"]["time_zone"].value() == zone
    told = "" if zone == "Europe/Paris" else zone_text(zone, "en")
    assert answer.context["form"].zone_elsewhere == told
    assert told in answer.content.decode()


def test_an_address_elsewhere_asks_for_its_zone_once(camille: Any, cast: Cast, path: str) -> None:
    far = {"address": "1 rue de Paris, 97400 Saint-Denis"}
    html = camille.post(path, form(cast, **far)).content.decode()
    assert "Réunion" in html
    assert not planned(cast), "nothing is saved at an hour that nobody may have meant"
    assert 'value="1 rue de Paris, 97400 Saint-Denis"' in html
    camille.follow(path, form(cast, **far, time_zone="Indian/Reunion"))
    (there,) = planned(cast)
    assert there.time_zone == "Indian/Reunion"


def test_who_means_the_zone_that_is_given_sends_again(camille: Any, cast: Cast, path: str) -> None:
    far = {"address": "1 rue de Paris, 97400 Saint-Denis"}
    html = camille.post(path, form(cast, **far)).content.decode()
    asked = re.search(r'name="zone_asked" value="([^"]+)"', html)
    assert asked
    elsewhere = {"address": "97100 Basse-Terre"}
    camille.post(path, form(cast, **elsewhere, zone_asked=asked[1]))
    assert not planned(cast), "another address is another question"
    camille.follow(path, form(cast, **far, zone_asked=asked[1]))
    assert [s.time_zone for s in planned(cast)] == ["Europe/Paris"]


def test_a_remote_session_has_the_zone_that_is_given(camille: Any, cast: Cast, path: str) -> None:
    remote = {"mode": "remote", "video_link": "https://video.example/x", "address": "97400 Saint-Denis"}
    camille.follow(path, form(cast, **remote))
    assert [s.time_zone for s in planned(cast)] == ["Europe/Paris"]


def test_half_days_are_shown_before_anything_is_planned(camille: Any, cast: Cast, path: str) -> None:
    answer = camille.post(path, form(cast, ends="17:00", place="Gymnase", show="half_days"))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not planned(cast)
    assert "2 half-days, each signed for:" in html
    assert 'name="half_days-ends" value="12:30"' in html
    assert 'name="half_days-starts" value="13:30"' in html
    assert 'value="Gymnase"' in html


def test_the_end_follows_the_start_until_it_is_given_by_hand(camille: Any, cast: Cast, path: str) -> None:
    html = camille.post(path, form(cast, starts="14:00", derived="|09:00|12:00", show="x")).content.decode()
    assert 'name="ends" value="17:00"' in html
    html = camille.post(path, form(cast, starts="08:00", derived="|09:00|13:00", show="x")).content.decode()
    assert 'name="ends" value="12:00"' in html


def test_half_days_given_by_hand_are_kept(camille: Any, cast: Cast, path: str) -> None:
    by_hand = {
        "derived": "2027-01-14|09:00|12:00",
        "half_days-day": ["2027-01-14", "2027-01-15", ""],
        "half_days-starts": ["09:00", "14:00", ""],
        "half_days-ends": ["12:00", "16:30", ""],
    }
    camille.follow(path, form(cast, **by_hand))
    assert [(h.day.day, h.ends) for h in queries.half_days(planned(cast)[0].pk)] == [
        (14, time(12)),
        (15, time(16, 30)),
    ]


def test_one_more_half_day_is_offered_on_the_next_working_day(camille: Any, cast: Cast, path: str) -> None:
    html = camille.post(path, form(cast, day="2027-01-15", show="one_more")).content.decode()
    assert 'name="half_days-day" value="2027-01-18"' in html


def test_after_two_half_days_the_next_is_a_morning(camille: Any, cast: Cast, path: str) -> None:
    html = camille.post(path, form(cast, ends="17:00", show="one_more")).content.decode()
    assert html.count('name="half_days-day" value="2027-01-14"') == 2
    third = html.split('name="half_days-day" value="2027-01-15"')[1]
    assert 'name="half_days-starts" value="09:00"' in third


def test_a_training_of_a_day_has_two_half_days(camille: Any, olga: Any, cast: Cast) -> None:
    from cordee.missions import actions as missions  # noqa: PLC0415 - this story alone

    order = missions.record_order(
        client_id=cast.valmont.pk,
        sector="public_body",  # type: ignore[arg-type]
        title="Formation",
        agreed_on=cast.mission.order.agreed_on,
        lines=[
            LineDraft(service_type_id=cast.training.pk, quantity=1),
            LineDraft(service_type_id=cast.workshop.pk, quantity=1),
        ],
        by=cast.actor(cast.olga),
    )
    mission = closure.open_mission(
        order_id=order.pk, coordinator_id=cast.camille.pk, by=cast.actor(cast.olga)
    )
    path = reverse("plan", args=[mission.ref])
    assert 'name="ends" value="17:00"' in camille.get(path)
    line = order.lines.get(position=1)
    asked = form(cast, line=line.pk, ends="", show="half_days")
    shown = camille.post(path, asked).context["form"]
    camille.follow(path, form(cast, line=line.pk, ends=shown["ends"].value()))
    half_days = queries.half_days(queries.sessions_of(mission.pk)[0].pk)
    assert [(h.starts, h.ends) for h in half_days] == [(time(9), time(12, 30)), (time(13, 30), time(17))]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "2027-01-02"}, "This session starts in the past"),
        ({"count": 5}, "That is more than the client ordered for Atelier 3 h"),
        ({"day": "2027-03-28", "starts": "02:30", "ends": "05:00"}, "does not exist: the clocks go forward"),
        ({"place": ""}, "A session on site needs a place."),
        ({"mode": "remote"}, "A remote session needs its video link."),
        ({"time_zone": "Valmont"}, "“Valmont” is not a time zone."),
        ({"ends": "08:00"}, "The end is before the start."),
        ({"day": "2132-01-14"}, "Choose a day from 4 January 2022 to 4 January 2032. Look at the year."),
        ({"day": "9999-12-31"}, "Choose a day from 4 January 2022 to 4 January 2032. Look at the year."),
        ({"day": "0001-01-01"}, "Choose a day from 4 January 2022 to 4 January 2032. Look at the year."),
        ({"facilitators": ["Personne"]}, "Nobody in the network is called “Personne”."),
        ({"facilitators": ["reseau"]}, "Several people match “reseau”"),
    ],
)
def test_each_refusal_is_told_and_nothing_typed_is_lost(
    camille: Any, cast: Cast, path: str, changes: dict[str, Any], sentence: str
) -> None:
    values = form(cast, title="Groupe du matin", instructions="Prendre le badge") | changes
    html = camille.refused(path, values)
    assert sentence in html
    assert "Groupe du matin" in html
    assert "Prendre le badge" in html
    assert not planned(cast)


def test_beyond_the_order_leads_to_an_amendment(camille: Any, olga: Any, cast: Cast, path: str) -> None:
    assert "mailto:bonjour@" in camille.refused(path, form(cast, count=5))
    assert reverse("order", args=[cast.mission.order.ref]) in olga.refused(path, form(cast, count=5))


def test_when_everything_is_planned_the_page_says_so_first(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    assert "Everything the client ordered is planned already." in camille.get(path)


def test_a_clash_is_shown_before_it_is_made(camille: Any, cast: Cast, path: str) -> None:
    other = planning.plan_sessions(
        mission_id=cast.other_mission.pk,
        line_id=cast.other_mission.order.lines.get().pk,
        draft=draft(starts="10:00", ends="13:00"),
        facilitator_ids=[cast.noor.pk],
        by=cast.actor(cast.dan),
    )[0]
    values = form(cast, facilitators=["Noor van den Berg"])
    html = camille.post(path, values | {"show": "x"}).content.decode()
    assert f"already expected at that time on Atelier ({other.ref})" in html
    html = camille.refused(path, values)
    assert "is already expected at the same time" in html
    assert "Put on anyway" in html
    assert not planned(cast)
    answered = values | {"despite_clash": asked(html, "despite_clash")}
    planning.put_on(
        session_id=_second_clash(cast).pk, facilitator_id=cast.noor.pk, despite_clash=True, by=COMMAND
    )
    html = camille.refused(path, answered)
    assert "S-2027-0002-B" in html, "asked again: it was about one session, and now there are two"
    assert not planned(cast)
    camille.follow(path, values | {"despite_clash": asked(html, "despite_clash")})
    assert planned(cast)[0].assignments.get().facilitator == cast.noor


def _second_clash(cast: Cast) -> Session:
    return planning.plan_sessions(
        mission_id=cast.other_mission.pk,
        line_id=cast.other_mission.order.lines.get().pk,
        draft=draft(starts="11:30", ends="13:30"),
        by=cast.actor(cast.dan),
    )[0]


def test_operations_regularise_with_a_reason_that_stays(olga: Any, cast: Cast, path: str) -> None:
    past = form(cast, day="2026-12-18")
    html = olga.refused(path, past)
    assert "To regularise it, give the reason" in html
    olga.follow(path, past | {"regularised_because": "Tenue avant la signature"})
    assert planned(cast)[0].regularised_because == "Tenue avant la signature"


def test_only_who_runs_the_mission_plans(come: Any, cast: Cast, path: str) -> None:
    come(cast.farid).get(path, status=403)
    come(cast.dan).get(path, status=404)


def change(session: Session, cast: Cast, **changes: Any) -> dict[str, Any]:
    return form(cast, title=session.title, expected_version=session.version, place=session.place) | changes


def test_a_session_is_changed(camille: Any, cast: Cast, sessions: list[Session]) -> None:
    session = sessions[0]
    path = reverse("change_session", args=[session.ref])
    html = camille.get(path)
    assert 'value="2027-01-14"' in html
    assert "told by e-mail" in html
    html = camille.follow(path, change(session, cast, starts="10:00", ends="13:00", place="Salle B"))
    assert "10:00 – 13:00" in html
    assert "Salle B" in html


def test_who_changes_a_session_reads_when_it_is_told_and_how_to_take_it_back(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    session = sessions[0]
    path = reverse("change_session", args=[session.ref])
    html = camille.follow(path, change(session, cast, place="Salle B"))
    told = "To take the change back, put the old date, times and place back before then: nothing leaves."
    assert re.search(
        rf"The session was changed\. Those concerned are told at [^.;]+\. {re.escape(told)}", html
    )
    assert "changed; those who come are told, unless it was put back before the news left" in html


def test_of_a_title_that_changed_nobody_is_said_to_be_told(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    session = sessions[0]
    path = reverse("change_session", args=[session.ref])
    html = camille.follow(path, change(session, cast, title="Autre"))
    assert "The session was changed." in html
    assert "Those concerned are told" not in html


def test_the_second_of_two_is_told(camille: Any, olga: Any, cast: Cast, sessions: list[Session]) -> None:
    session = sessions[0]
    path = reverse("change_session", args=[session.ref])
    camille.follow(path, change(session, cast, place="Salle B"))
    html = olga.refused(path, change(session, cast, place="Salle C", form_token=TOKEN[:-1] + "2"))
    assert "Somebody else changed this while you were editing." in html
    assert "Salle C" in html
    assert planned(cast)[0].place == "Salle B"


def test_a_change_that_makes_somebody_be_in_two_places_is_shown_first(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    planning.amend_order_line(line_id=cast.line.pk, quantity=5, reason="Un de plus", by=COMMAND)
    (later,) = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(starts="14:00", ends="17:00"),
        facilitator_ids=[sessions[0].assignments.order_by("pk")[0].facilitator_id],
        by=COMMAND,
    )
    path = reverse("change_session", args=[later.ref])
    assert "Put on anyway" not in camille.get(path)
    html = camille.refused(path, change(later, cast, starts="11:00", ends="14:00"))
    assert "is already expected at the same time" in html
    assert "Put on anyway" in html
    wanted = change(later, cast, starts="11:00", ends="14:00", despite_clash=asked(html, "despite_clash"))
    assert "11:00 – 14:00" in camille.follow(path, wanted)


def test_fewer_places_than_people_enrolled_is_asked(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    people = [Person(email=f"{name}@valmont.example", first_name=name) for name in ("ana", "bo", "zoe")]
    enrolment.enrol(session_id=sessions[0].pk, people=people, by=cast.actor(cast.camille))
    path = reverse("change_session", args=[sessions[0].ref])
    assert "Lower it all the same" not in camille.get(path)
    html = camille.refused(path, change(sessions[0], cast, capacity="2"))
    assert "3 people are enrolled already, for a capacity of 2." in html
    assert "Lower it all the same" in html
    wanted = change(sessions[0], cast, capacity="2", despite_enrolled=asked(html, "despite_enrolled"))
    enrolment.enrol(session_id=sessions[0].pk, people=[Person(email="eva@valmont.example")], by=COMMAND)
    html = camille.refused(path, wanted)
    assert "4 people are enrolled already, for a capacity of 2." in html, "asked again, with the new number"
    wanted = change(sessions[0], cast, capacity="2", despite_enrolled=asked(html, "despite_enrolled"))
    camille.follow(path, wanted)
    assert planned(cast)[0].capacity == 2


def test_the_times_of_a_session_that_began_are_fixed(
    camille: Any, cast: Cast, sessions: list[Session], now: Any
) -> None:
    now.move_to("2027-01-14 09:30")
    path = reverse("change_session", args=[sessions[0].ref])
    html = camille.refused(path, change(sessions[0], cast, starts="10:00", ends="13:00"))
    assert "its times cannot be changed" in html


def test_cancelling_tells_whom_it_concerns_and_needs_a_reason(
    camille: Any, cast: Cast, sessions: list[Session]
) -> None:
    enrolment.enrol(
        session_id=sessions[1].pk, people=[Person(email="a@valmont.example")], by=cast.actor(cast.camille)
    )
    path = reverse("cancel_session", args=[sessions[1].ref])
    html = camille.get(path)
    assert "1 participant is told not to come." in html
    assert "Noor van den Berg" in html
    html = camille.refused(path, {"form_token": TOKEN, "reason": " "})
    assert "Cancelling needs a reason" in html
    html = camille.follow(path, {"form_token": TOKEN, "reason": "Grève"})
    assert "The session is cancelled." in html
    assert "Grève" in html
    assert "is cancelled." in camille.get(reverse("change_session", args=[sessions[1].ref]))
