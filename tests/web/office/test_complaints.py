"""The register at the office, and complaining on the pages of a session, a mission, a participant and a contact."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.states import LIST_LINK, PARTICIPANT_LINK
from cordee.kernel.actor import COMMAND
from cordee.links import actions as links
from cordee.links.models import PersonalLink
from cordee.links.queries import token
from cordee.planning.models import Session
from cordee.quality import actions
from cordee.quality.models import Complaint
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.states import ComplaintKind, Direction
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import ask_client, confirm, enrol, plan
from tests.web.coordination.conftest import Visitor

WORDS = "La salle était fermée."


@pytest.fixture
def come(seat: Any) -> Any:
    return lambda person: Visitor(seat(person))


@pytest.fixture
def quitterie(cast: Cast, come: Any) -> Any:
    return come(cast.quitterie)


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor, language="en")
    confirm(cast, session, cast.noor)
    return session


@pytest.fixture
def ana(cast: Cast, session: Session) -> Enrolment:
    return enrol(cast, session, "Ana")[0]


def raised(ana: Enrolment, **changes: Any) -> Complaint:
    draft = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words=WORDS, **changes)
    raiser = Raiser(enrolment_id=ana.pk)
    return actions.receive(draft=draft, raiser=raiser, session_id=ana.session_id, by=COMMAND)


def form(**values: Any) -> dict[str, Any]:
    return {"form_token": str(uuid4()), "kind": "complaint", "words": WORDS, **values}


# --- who raises it --------------------------------------------------------------------------------
def test_a_participant_tells_once_follows_it_and_answers(
    *, cast: Cast, ana: Enrolment, client: Client
) -> None:
    until = ana.session.ends_at
    link = links.give(purpose=PARTICIPANT_LINK, subject_id=ana.pk, to=ana.participant.email, until=until)
    page = reverse("participant_complaint", args=[token(link)])
    assert f'href="{page}"' in client.get(reverse("participant", args=[token(link)])).text
    given = form(about=str(cast.noor.pk))
    for _ in range(2):
        html = client.post(page, given, follow=True).text
        assert Complaint.objects.get().ref in html
    made = Complaint.objects.get()
    assert (made.confidential, made.enrolment_id, made.session_id) == (True, ana.pk, ana.session_id)
    by = cast.actor(cast.quitterie)
    for direction, words in ((Direction.TO_THEM, "Quand ?"), (Direction.NOTE, "Témoin à appeler")):
        actions.add(complaint_id=made.pk, direction=direction, words=words, by=by)
    html = client.get(page).text
    assert "Quand ?" in html
    assert "Témoin" not in html
    html = client.post(page, form(complaint=made.ref, words="Hier."), follow=True).text
    assert "Hier." in html
    assert Complaint.objects.count() == 1, "an answer is no complaint"
    assert client.post(page, form(complaint="Q-2027-0009")).status_code == 404
    refused = client.post(page, form(words="", kind="incident", about=str(cast.noor.pk)))
    assert refused.status_code == 422
    assert f'value="{cast.noor.pk}" selected' in refused.text, "nothing chosen is lost"


def test_the_contact_of_the_client_tells_through_their_link(
    *, cast: Cast, session: Session, client: Client
) -> None:
    ask_client(cast)
    secret = token(PersonalLink.objects.get(purpose=LIST_LINK))
    page = reverse("contact_complaint", args=[secret])
    assert f'href="{page}"' in client.get(reverse("contact_list", args=[secret, session.ref])).text
    html = client.post(page, form(), follow=True).text
    made = Complaint.objects.get()
    assert made.ref in html
    assert (made.contact_id, made.mission_id) == (cast.contact.pk, cast.mission.pk)
    assert WORDS in client.get(page).text
    told = client.post(page, form(words="Il a crié", confidential="on"), follow=True).text
    secret_one = Complaint.objects.get(confidential=True)
    assert secret_one.ref in told, "this once"
    shown = client.get(page).text
    for words in ("Il a crié", secret_one.ref, "confidential"):
        assert words not in shown.split("<form")[0], "who runs the mission sees this link, too"
    assert WORDS in shown
    more = {"complaint": secret_one.ref, "words": "Encore", "form_token": str(uuid4())}
    assert client.post(page, more).status_code == 404


@pytest.mark.parametrize("ref", ["../..", "S-../x", "S-2027-0001-A/x", "M-2027"])
def test_what_is_no_reference_is_said(come: Any, cast: Cast, ref: str) -> None:
    assert "A reference looks like" in come(cast.quitterie).get(
        f"{reverse('new_complaint')}?{urlencode({'ref': ref})}"
    )


def test_behind_a_code_on_paper_nothing_confidential_stands(
    *, cast: Cast, ana: Enrolment, client: Client
) -> None:
    def shown(to: str) -> str:
        until = ana.session.ends_at
        link = links.give(purpose=PARTICIPANT_LINK, subject_id=ana.pk, to=to, until=until)
        return client.get(reverse("participant_complaint", args=[token(link)])).text

    draft = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words=WORDS, about_facilitator_id=cast.noor.pk)
    made = actions.receive(
        draft=draft, raiser=Raiser(enrolment_id=ana.pk), session_id=ana.session_id, by=COMMAND
    )
    assert WORDS in shown(ana.participant.email)
    Participant.objects.update(email="")
    on_paper = shown("")
    assert made.ref not in on_paper, "whoever printed the code reads this page"
    assert WORDS not in on_paper


def test_who_has_an_account_tells_and_follows_their_own(
    *, cast: Cast, come: Any, session: Session, ana: Enrolment
) -> None:
    noor = come(cast.noor)
    page = reverse("session_complaint", args=[session.ref])
    assert f'href="{page}"' in noor.get(reverse("session", args=[session.ref]))
    assert "teller" not in noor.get(page), "in their own name"
    html = noor.follow(page, form(confidential="on"))
    own = reverse("own_complaint", args=[Complaint.objects.get().ref])
    assert WORDS in html
    assert "Autre chose" in noor.follow(own, {"form_token": str(uuid4()), "words": "Autre chose"})
    for other in (cast.camille, cast.elodie, cast.ada):
        come(other).get(own, 404)
    camille = come(cast.camille)
    assert "Ana N" in camille.get(page)
    html = camille.follow(page, form(teller=f"person-{ana.pk}", confidential="on"))
    assert "Q-2027" not in html, "written down for somebody else, it is theirs"
    camille.follow(reverse("mission_complaint", args=[cast.mission.ref]), form(teller="me"))
    raisers = list(Complaint.objects.order_by("pk").values_list("facilitator_id", "enrolment_id"))
    assert raisers == [(cast.noor.pk, None), (None, ana.pk), (cast.camille.pk, None)]
    timeline = camille.get(reverse("mission_timeline", args=[cast.mission.ref]))
    assert timeline.count("A complaint came in") == 1, "of confidential ones it tells nothing"
    assert WORDS not in timeline


# --- the register ---------------------------------------------------------------------------------
def test_quality_takes_answers_and_decides(
    *, cast: Cast, quitterie: Any, come: Any, ana: Enrolment, now: MovableClock
) -> None:
    made, secret = raised(ana), raised(ana, about_facilitator_id=cast.noor.pk)
    page = reverse("complaint", args=[made.ref])
    home = quitterie.get(reverse("office_todo"))
    assert f'href="{page}"' in home
    assert WORDS not in home
    now.move_to("2027-02-10 09:00")
    assert "2 late" in quitterie.get(reverse("office_todo"))
    html = quitterie.get(reverse("complaints"))
    assert html.index(secret.ref) < html.index(made.ref), "what is due first"
    assert made.ref not in quitterie.get(reverse("complaints") + "?state=decided")
    assert made.ref not in quitterie.get(reverse("complaints") + "?kind=incident&state=all")
    html = quitterie.get(page)
    assert WORDS in html
    assert "not yet, or no address is known" in html, "nothing was settled here"
    quitterie.follow(reverse("take_complaint", args=[made.ref]))
    assert "Quand ?" in quitterie.follow(page, form(words="Quand ?", direction="to_them"))
    decide = reverse("decide_complaint", args=[made.ref])
    html = quitterie.refused(decide, form(words="Vous avez raison."))
    assert "Vous avez raison." in html, "nothing typed is lost"
    assert "founded in part" in quitterie.follow(decide, form(words="Oui.", outcome="partly"))
    assert "Oui." in quitterie.refused(decide, form(words="Oui.", outcome="partly")), "told of who was faster"
    reopen = reverse("reopen_complaint", args=[made.ref])
    assert "Un témoin" in quitterie.follow(reopen, {"form_token": str(uuid4()), "reason": "Un témoin"})
    html = quitterie.follow(
        reverse("restrict_complaint", args=[made.ref]), {"form_token": str(uuid4()), "about": ""}
    )
    assert "Made confidential" in html
    for somebody in (cast.olga, cast.farid, cast.camille, cast.noor):
        come(somebody).get(page, 403)


def test_what_came_by_telephone_is_written_down(*, cast: Cast, quitterie: Any, session: Session) -> None:
    page = reverse("new_complaint")
    answer = quitterie.client.get(page, {"ref": f" {session.ref.lower()} "})
    assert answer["Location"] == reverse("session_complaint", args=[session.ref])
    html = quitterie.follow(answer["Location"], form(teller=f"contact-{cast.contact.pk}"))
    assert "Sophie Lefèvre" in html
    assert WORDS in quitterie.follow(page, form(kind="difficulty"))
    assert Complaint.objects.filter(staff_id=cast.quitterie.pk, mission=None).exists()


def test_the_auditor_reads_the_evidence_without_names_or_words(
    *, come: Any, ana: Enrolment, cast: Cast
) -> None:
    made, secret = raised(ana), raised(ana, confidential=True)
    cast.farid.roles = ["auditor"]
    cast.farid.save()
    html = come(cast.farid).get(reverse("complaints") + "?state=all")
    assert made.ref in html
    for hidden in (secret.ref, "Ana", WORDS):
        assert hidden not in html


def test_a_list_of_thirty_costs_as_much_as_one(
    *, quitterie: Any, ana: Enrolment, django_assert_num_queries: Any
) -> None:
    raised(ana)
    quitterie.get(reverse("complaints"))
    for _ in range(2):
        with django_assert_num_queries(6):
            quitterie.get(reverse("complaints"))
        for _ in range(30):
            raised(ana)
