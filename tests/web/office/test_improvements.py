"""The registers of improvements and risks at the office: opened from where it is seen that something is needed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from cordee.kernel import clock
from cordee.quality import actions
from cordee.quality.models import Complaint, Improvement, Risk
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.states import ComplaintKind
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import plan
from tests.web.coordination.conftest import Visitor


@pytest.fixture
def come(seat: Any) -> Any:
    return lambda person: Visitor(seat(person))


@pytest.fixture
def quitterie(cast: Cast, come: Any) -> Any:
    return come(cast.quitterie)


def form(cast: Cast, **values: Any) -> dict[str, Any]:
    due = clock.today() + timedelta(days=20)
    plan = {"title": "Confirmer la salle", "expected": "Plus de retard", "owner": cast.ada.pk, "due_on": due}
    return {"form_token": str(uuid4()), **plan, **values}


def risk(cast: Cast, **values: Any) -> dict[str, Any]:
    judged = {"what": "Salle fermée", "likelihood": 2, "gravity": 3, "against": "Appel", "owner": cast.ada.pk}
    day = clock.today() + timedelta(days=20)
    return {"form_token": str(uuid4()), **judged, "review_by": day, **values}


def raised(cast: Cast, **changes: Any) -> Complaint:
    draft = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words="La salle était fermée.", **changes)
    raiser = Raiser(staff_id=cast.quitterie.pk)
    return actions.receive(draft=draft, raiser=raiser, by=cast.actor(cast.quitterie))


def test_from_a_complaint_to_what_came_of_it(*, cast: Cast, quitterie: Any, now: MovableClock) -> None:
    ref = raised(cast).ref
    complaint = reverse("complaint", args=[ref])
    page = reverse("new_improvement") + f"?complaint={ref}"
    assert f'href="{page}"' in quitterie.get(complaint)
    html = quitterie.refused(page, form(cast, expected=""))
    assert "Confirmer la salle" in html, "nothing typed is lost"
    given = form(cast)
    for _ in range(2):
        assert ref in quitterie.follow(page, given)
    made = Improvement.objects.get()
    own = reverse("improvement", args=[made.ref])
    assert f'href="{own}"' in quitterie.get(complaint)
    now.move_to("2027-02-10 09:00")
    assert own in quitterie.get(reverse("improvements") + "?state=late")
    day = clock.today() + timedelta(days=3)
    replan = {"form_token": str(uuid4()), "owner": cast.quitterie.pk, "due_on": day}
    assert "Planned anew" in quitterie.follow(reverse("replan_improvement", args=[made.ref]), replan)
    assert own not in quitterie.get(reverse("improvements") + "?state=late")
    done = reverse("improvement_done", args=[made.ref])
    quitterie.refused(done, {"form_token": str(uuid4()), "words": ""})
    how = {"form_token": str(uuid4()), "words": "Appel la veille"}
    assert "Appel la veille" in quitterie.follow(done, how)
    judge = reverse("judge_improvement", args=[made.ref])
    said = {"form_token": str(uuid4()), "words": "Aucun retard"}
    assert "Aucun retard" in quitterie.refused(judge, said)
    assert "Measured: effective" in quitterie.follow(judge, {**said, "effect": "effective"})
    give_up = {"form_token": str(uuid4()), "reason": "Trop tard"}
    assert "Trop tard" in quitterie.refused(reverse("give_up_improvement", args=[made.ref]), give_up)


def test_a_figure_is_offered_and_too_few_answers_are_told(*, cast: Cast, quitterie: Any) -> None:
    page = reverse("new_improvement") + "?figure=hot/content"
    assert 'value="hot/content" selected' in quitterie.get(page)
    html = quitterie.follow(page, form(cast, figure="hot/content", rise="0.3", service=cast.workshop.pk))
    assert cast.workshop.name in html
    made = Improvement.objects.get()
    how = {"form_token": str(uuid4()), "words": "Appel"}
    quitterie.follow(reverse("improvement_done", args=[made.ref]), how)
    html = quitterie.follow(reverse("measure_improvement", args=[made.ref]))
    assert "there are 0 answers: fewer than 5" in html
    for nowhere in ("complaint=Q-2027-0009", "comment=7", f"comment={2**63}", "session=S-2027-0001-Z"):
        quitterie.get(reverse("new_improvement") + f"?{nowhere}", 404)


def test_the_auditor_reads_and_learns_nothing_of_what_is_confidential(
    *, cast: Cast, quitterie: Any, come: Any
) -> None:
    secret = raised(cast, confidential=True)
    quitterie.follow(reverse("new_improvement") + f"?complaint={secret.ref}", form(cast))
    quitterie.follow(reverse("new_risk"), risk(cast))
    own = reverse("improvement", args=[Improvement.objects.get().ref])
    assert secret.ref in quitterie.get(own)
    cast.farid.roles = ["auditor"]
    cast.farid.save()
    auditor = come(cast.farid)
    for page in (own, reverse("improvements"), reverse("risks")):
        html = auditor.get(page)
        for hidden in (secret.ref, "complaint of", "A complaint", "onfidential"):
            assert hidden not in html
    assert "Written by quality" in auditor.get(own)


def test_a_risk_is_looked_at_again(*, cast: Cast, quitterie: Any, now: MovableClock) -> None:
    assert "Appel" in quitterie.refused(reverse("new_risk"), risk(cast, what=""))
    assert "2 × 3 = <b>6</b>" in quitterie.follow(reverse("new_risk"), risk(cast))
    now.move_to("2027-02-10 09:00")
    assert ">late<" in quitterie.get(reverse("risks"))
    page = reverse("risk", args=[Risk.objects.get().pk])
    assert "4 × 3 = <b>12</b>" in quitterie.follow(page, risk(cast, likelihood=4))
    assert "6 → 12" in quitterie.get(page)


def test_lists_of_thirty_cost_as_much_as_one(
    *, cast: Cast, quitterie: Any, django_assert_num_queries: Any
) -> None:
    quitterie.follow(reverse("new_improvement"), form(cast))
    quitterie.follow(reverse("new_risk"), risk(cast))
    made, judged = Improvement.objects.get(), Risk.objects.get()
    for full in (False, True):
        for name, most in (("improvements", 5), ("risks", 5)):
            with django_assert_num_queries(most):
                quitterie.get(reverse(name))
        for number in range(0 if full else 30):
            made.pk, made.ref, judged.pk = None, f"A-2027-{1000 + number}", None
            made.save(force_insert=True)
            judged.save(force_insert=True)


@pytest.mark.parametrize("who", ["farid", "noor"])
def test_whoever_is_asked_finds_it_in_their_to_do_and_reads_nothing_else_of_quality(
    *, cast: Cast, quitterie: Any, come: Any, who: str
) -> None:
    person = getattr(cast, who)
    secret = raised(cast, confidential=True)
    user_id = cast.actor(person).user_id
    page = reverse("new_improvement") + f"?complaint={secret.ref}"
    quitterie.follow(page, form(cast, owner=user_id, why="Un retard"))
    own = reverse("improvement", args=[Improvement.objects.get().ref])
    asked = come(person)
    assert own in asked.get(reverse("my_work" if who == "noor" else "office_todo"))
    html = asked.get(own)
    for shown in ("Confirmer la salle", "Un retard", "Plus de retard", "Written by quality"):
        assert shown in html
    for hidden in (
        secret.ref,
        f'href="{reverse("improvements")}"',
        reverse("replan_improvement", args=["A-2027-0001"]),
    ):
        assert hidden not in html
    for closed in ("improvements", "risks", "complaints"):
        asked.get(reverse(closed), 403)
    other = come(cast.olga)
    other.get(own, 404)
    done = reverse("improvement_done", args=[Improvement.objects.get().ref])
    said = {"form_token": str(uuid4()), "words": "Appel la veille"}
    assert other.post(done, said).status_code == 404
    assert "Appel la veille" in asked.follow(done, said)
    assert own not in asked.get(reverse("my_work" if who == "noor" else "office_todo"))
    assert "Appel la veille" in quitterie.get(own)


def test_whoever_is_asked_reads_no_session_and_no_figure_that_is_not_theirs(
    *, cast: Cast, quitterie: Any, come: Any
) -> None:
    (session,) = plan(cast, cast.elodie, title="Séance des autres")
    owner = {"owner": cast.noor.user_id, "figure": "hot/content", "rise": "0.3"}
    quitterie.follow(reverse("new_improvement") + f"?session={session.ref}", form(cast, **owner))
    made = Improvement.objects.get()
    own, noor = reverse("improvement", args=[made.ref]), come(cast.noor)
    for state in ("done", "measured"):
        values = {
            "effect": "without",
            "before_mean": 3,
            "after_mean": 3,
            "before_answers": 9,
            "after_answers": 9,
        }
        measured = {**values, "measured_on": clock.today()} if state == "measured" else {}
        Improvement.objects.update(state=state, done_on=clock.today(), **measured)
        for visitor, reads in ((noor, False), (quitterie, True)):
            html = visitor.get(own)
            assert ("Séance des autres" in html) == reads
            assert ("In the three months before" in html) == reads
    assert "Without effect" in noor.get(own).replace("without effect", "Without effect")


def test_a_risk_to_look_at_again_rises_in_the_to_do_of_quality(
    *, cast: Cast, quitterie: Any, come: Any, now: MovableClock
) -> None:
    quitterie.follow(reverse("new_risk"), risk(cast))
    again = reverse("risks") + "?state=late"
    assert "Risk to look at again" not in quitterie.get(reverse("office_todo"))
    assert "Salle fermée" not in quitterie.get(again)
    now.move_to("2027-02-10 09:00")
    assert f'href="{again}"' in quitterie.get(reverse("office_todo"))
    assert "Salle fermée" in quitterie.get(again)
    assert "Risk to look at again" in quitterie.get(reverse("office_todo"))
    assert "Risk to look at again" not in come(cast.olga).get(reverse("office_todo"))
