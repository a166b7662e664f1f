"""An administrator erases a participant who asked for it, and says which where several have one address."""

from typing import Any
from uuid import uuid4

from django.urls import reverse

from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Participant
from cordee.enrolment.rules import Person
from cordee.journal.models import Entry
from cordee.kernel import clock
from cordee.missions.models import Mission
from tests.cast import Cast
from tests.steps import plan
from tests.web.coordination.conftest import Visitor

ADDRESS = "reprographie@valmont.example"


def test_somebody_is_erased_once_it_is_known_who_and_nothing_holds_it(*, cast: Cast, seat: Any) -> None:
    ada, page = Visitor(seat(cast.ada)), reverse("erase_participant")
    (session,) = plan(cast, cast.noor)
    people = [Person(email=ADDRESS, first_name=name, last_name="Martin") for name in ("Ana", "Bo")]
    enrolment.enrol(session_id=session.pk, people=people, by=cast.actor(cast.camille))
    ana = Participant.objects.get(first_name="Ana")
    assert f'href="{page}"' in ada.get(reverse("people"))

    def form(**values: Any) -> dict[str, Any]:
        return {"form_token": str(uuid4()), "email": ADDRESS, "sure": "on", **values}

    assert "No participant has this address" in ada.refused(page, form(email="x@y.fr"))
    html = ada.refused(page, form())
    assert "choose one" in html
    assert "Ana Martin, Ville de Valmont" in html
    chosen = form(participant=str(ana.pk))
    html = ada.refused(page, chosen)
    assert "is not closed" in html, "her proof is not complete"
    assert ADDRESS in html, "nothing typed is lost"
    Mission.objects.update(status="closed", closed_at=clock.now())
    assert "Bo Martin" in ada.refused(page, form(participant=str(ana.pk), sure=""))
    for _ in range(2):
        ada.follow(page, chosen)
    assert [p.full_name for p in Participant.objects.order_by("pk")] == ["[…]", "Bo Martin"]
    (entry,) = Entry.objects.filter(fact="ParticipantErased")
    assert (entry.user_id, entry.mission_id) == (cast.ada.pk, cast.mission.pk)
