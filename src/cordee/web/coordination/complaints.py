"""Complaining about a session or a mission: in one's own name, or for somebody who told; and following one's own."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from cordee.enrolment import queries as enrolment
from cordee.kernel.actor import Actor
from cordee.missions.models import Mission
from cordee.missions.rules import can_run
from cordee.network.models import Facilitator
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.quality import actions, queries, rules
from cordee.quality.models import Complaint
from cordee.quality.rules import Raiser
from cordee.web.complaints import ComplaintForm, WordsForm, threads
from cordee.web.pages import carry_out, mission_or_404, page, session_or_404, status_of
from cordee.web.request import Request

_MYSELF = "me"


class ToldForm(ComplaintForm):
    """A complaint, and who told it; `tellers` by the key of their choice."""

    teller = forms.ChoiceField(label=gettext_lazy("Who says it?"), initial=_MYSELF)
    field_order = ("form_token", "teller", "kind", "words", "confidential", "about")

    def __init__(self, *args: Any, tellers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tellers:
            field: Any = self.fields["teller"]
            field.choices = [(_MYSELF, _("I do")), *tellers]
        else:
            del self.fields["teller"]

    def raiser(self, actor: Actor) -> Raiser:
        """Return who raises it: the actor, or somebody who told them."""
        kind, _dash, number = self.cleaned_data.get("teller", _MYSELF).partition("-")
        if kind == "person":
            return Raiser(enrolment_id=int(number))
        if kind == "contact":
            return Raiser(contact_id=int(number))
        if actor.facilitator_id is not None:
            return Raiser(facilitator_id=actor.facilitator_id)
        return Raiser(staff_id=actor.user_id)


@sensitive_post_parameters("words", "about")
@page()
def session_complaint(request: Request, ref: str) -> HttpResponse:
    """Take a complaint about a session."""
    session = session_or_404(request, ref)
    places = planning.running([session.pk]).get(session.pk, [])
    people = [place.facilitator for place in places]
    return _page(request, session.mission, session, people, back_url=reverse("session", args=[ref]))


@sensitive_post_parameters("words", "about")
@page()
def mission_complaint(request: Request, ref: str) -> HttpResponse:
    """Take a complaint about a mission."""
    mission = mission_or_404(request, ref)
    people = planning.facilitators_on(mission.pk)
    return _page(request, mission, None, people, back_url=reverse("mission", args=[ref]))


def _page(
    request: Request, mission: Mission, session: Session | None, people: list[Facilitator], *, back_url: str
) -> HttpResponse:
    actor = request.viewer.actor
    others = [p for p in (*people, mission.coordinator) if p and p.pk != actor.facilitator_id]
    form = ToldForm(
        request.POST if request.method == "POST" else None,
        people=list(dict.fromkeys(others)),
        tellers=_tellers(mission, session, actor),
    )
    about = {"session_id": session.pk} if session else {"mission_id": mission.pk}

    def do() -> str:
        made = actions.receive(draft=form.draft(), raiser=form.raiser(actor), **about, by=actor)
        return _address(made, actor) or back_url

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Kept, with a number: who raised it has it by mail."))
        if done:
            return done
    context = {
        "form": form,
        "session": session,
        "mission": mission,
        "back_url": back_url,
        "own": queries.raised_by(actor, **about),
    }
    return render(request, "coordination/complaint.html", context, status=status_of(form))


def _tellers(mission: Mission, session: Session | None, actor: Actor) -> list[tuple[str, str]]:
    """Return in whose name the actor may write down a complaint, their own apart."""
    if not (can_run(mission, actor) or rules.handles(actor)):
        return []
    contacts = enrolment.contacts_to_ask(mission)
    people = enrolment.enrolments(session.pk) if session else []
    return [
        *((f"contact-{c.pk}", f"{c.full_name}, {mission.order.client.name}") for c in contacts),
        *((f"person-{e.pk}", e.participant.full_name) for e in people),
    ]


def _address(complaint: Complaint, actor: Actor) -> str:
    """Return where who wrote it down sees it: nowhere what was told by somebody else and is not theirs to see to."""
    if rules.raised_by(complaint, actor):
        return reverse("own_complaint", args=[complaint.ref])
    if rules.handles(actor) and rules.may_read(complaint, actor):
        return reverse("complaint", args=[complaint.ref])
    return ""


@sensitive_post_parameters("words")
@page()
def own_complaint(request: Request, ref: str) -> HttpResponse:
    """Show somebody with an account what they raised, and what was said since; take what they say more."""
    found, actor = queries.own(ref), request.viewer.actor
    if found is None or not rules.raised_by(found, actor):
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        actions.answer(complaint_id=found.pk, words=form.cleaned_data["words"], by=actor)
        return reverse("own_complaint", args=[ref])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Thank you, it is with who sees to it."))
        if done:
            return done
    (thread,) = threads([found])
    context = {"complaint": found, "thread": thread, "form": form}
    return render(request, "coordination/own_complaint.html", context, status=status_of(form))
