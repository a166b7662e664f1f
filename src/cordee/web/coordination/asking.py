"""Asking the client for the names: whom, with which link, and ending it; refusing somebody they gave."""

from typing import Any, override
from uuid import uuid4

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.clients import actions as clients
from cordee.clients.models import Contact
from cordee.clients.rules import ContactChanges
from cordee.enrolment import actions, queries
from cordee.enrolment.rules import list_is_open
from cordee.enrolment.states import Source
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.missions.models import Mission
from cordee.missions.rules import is_running
from cordee.notifications.pages import address_of
from cordee.planning.queries import sessions_of
from cordee.web.coordination.refusals import way_to_reopen, with_ways_out
from cordee.web.pages import (
    HouseForm,
    attempt,
    carry_out,
    enrolment_or_404,
    mission_or_404,
    need_to_run,
    only_post,
    page,
    session_or_404,
    status_of,
)
from cordee.web.request import Request

SOMEBODY_ELSE = "new"


class AskForm(HouseForm):
    """Whom to ask: one of the client's contacts, or somebody added to them here."""

    contact = forms.ChoiceField(
        label=gettext_lazy("Who has the names?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whom to ask.")},
    )
    first_name = forms.CharField(label=gettext_lazy("First name"), required=False, max_length=100)
    last_name = forms.CharField(label=gettext_lazy("Last name"), required=False, max_length=100)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("The link goes there; it is kept with the client's contacts."),
    )

    def __init__(
        self, *args: Any, contacts: list[Contact], may_edit: bool, preferred: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {str(c.pk): c for c in contacts}
        self.may_edit = may_edit
        field: Any = self.fields["contact"]
        field.choices = [
            (key, f"{c.full_name}, {c.email}" if c.email else c.full_name)
            for key, c in self.contacts.items()
            if c.email or may_edit
        ] + ([(SOMEBODY_ELSE, _("somebody else at the client's"))] if may_edit else [])
        if preferred is not None:
            field.initial = str(preferred)

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs: an address where there is none, a name for somebody new."""
        asked = super().clean() or self.cleaned_data
        chosen = asked.get("contact", "")
        if chosen == SOMEBODY_ELSE and not (asked.get("first_name") or asked.get("last_name")):
            self.add_error("first_name", _("Whom? Give their name."))
        if chosen and "email" not in self.errors and not (self._address(chosen) or asked.get("email")):
            self.add_error("email", _("An address is needed: the link goes there."))
        return asked

    def _address(self, chosen: str) -> str:
        return self.contacts[chosen].email if chosen in self.contacts else ""

    def contact_id(self, client_id: int, by: Actor) -> int:
        """Return the contact that was chosen, completed or added to the client's first. Raises Refused."""
        asked = self.cleaned_data
        if asked["contact"] == SOMEBODY_ELSE:
            names = {name: asked[name] for name in ("first_name", "last_name", "email")}
            return clients.add_contact(client_id=client_id, **names, by=by).pk
        contact = self.contacts[asked["contact"]]
        if not contact.email:
            clients.change_contact(contact_id=contact.pk, changes=ContactChanges(email=asked["email"]), by=by)
        return contact.pk


def _ask_form(request: Request, mission: Mission) -> AskForm:
    contacts = queries.contacts_to_ask(mission)
    return AskForm(
        request.POST or None,
        contacts=contacts,
        may_edit=request.viewer.actor.may(Permission.EDIT_CLIENTS),
        preferred=next((c.pk for c in contacts if c.email), None),
    )


@page()
def ask_client(request: Request, ref: str) -> HttpResponse:
    """Choose whom to ask for the names; show who was asked, and when they came."""
    mission = mission_or_404(request, ref)
    need_to_run(request, mission)
    actor = request.viewer.actor
    form = _ask_form(request, mission)
    here = reverse("ask_client", args=[ref])

    @transaction.atomic
    def do() -> str:
        contact_id = form.contact_id(mission.order.client_id, actor)
        actions.ask_contact(mission_id=mission.pk, contact_id=contact_id, by=actor)
        return here

    if form.is_valid():
        done = carry_out(request, form, do, done=_("The link leaves by e-mail within a minute."))
        if done:
            return done
    context = {
        "mission": mission,
        "order": mission.order,
        "form": form,
        "may_edit": form.may_edit,
        "nobody": not form.fields["contact"].choices,  # type: ignore[attr-defined]  # a field of choices
        "without_email": [c for c in form.contacts.values() if not c.email and not form.may_edit],
        "asked": _asked(mission),
        "refusals": with_ways_out(
            (b for b in form.refusals if b.field not in form.fields), way_to_reopen(request, mission)
        ),
        "why_not": _why_not(mission),
        "plan_url": reverse("plan", args=[ref]),
        "closes_days_before": request.viewer.organisation.list_closes_days_before,
    }
    return render(request, "coordination/ask_client.html", context, status=status_of(form))


def _asked(mission: Mission) -> list[dict[str, Any]]:
    """Return those who were asked, each with the link they were given as long as it lives."""
    return [
        {
            "to": a,
            "id": f"link-{a.invitation.pk}",
            "link": address_of(a) if a.is_live else "",
            "token": uuid4(),
        }
        for a in queries.asked(mission.pk)
    ]


def _why_not(mission: Mission) -> list[Any]:
    """Return what keeps anybody from being asked now."""
    blockers = list(is_running(mission))
    to_come = queries.something_to_come(sessions_of(mission.pk))
    return blockers or ([] if to_come else [{"message": _("No session is to come."), "code": "nothing"}])


@page()
def ask_again(request: Request, ref: str, contact_id: int) -> HttpResponse:
    """Send the link to somebody once more."""
    only_post(request)
    mission = mission_or_404(request, ref)
    need_to_run(request, mission)
    if contact_id not in {a.contact.pk for a in queries.asked(mission.pk)}:
        raise Http404
    form = HouseForm(request.POST)
    here = reverse("ask_client", args=[ref])

    def do() -> str:
        actions.ask_contact(mission_id=mission.pk, contact_id=contact_id, by=request.viewer.actor)
        return here

    if not form.is_valid():
        return HttpResponseRedirect(here)
    done = carry_out(request, form, do, done=_("The link leaves once more."))
    return done or attempt(request, do, back_to=here)


@page()
def end_link(request: Request, ref: str, invitation_id: int) -> HttpResponse:
    """End the link of somebody who was asked."""
    only_post(request)
    mission = mission_or_404(request, ref)
    need_to_run(request, mission)
    asked = next((a for a in queries.asked(mission.pk) if a.invitation.pk == invitation_id), None)
    if asked is None:
        raise Http404
    return attempt(
        request,
        lambda: actions.revoke_link(invitation_id=invitation_id, by=request.viewer.actor),
        back_to=reverse("ask_client", args=[ref]),
        done=_("The link of %(name)s opens nothing any more.") % {"name": asked.contact.full_name},
    )


class RefusalForm(HouseForm):
    """Why not."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The client's contact reads it on their page."),
    )


@page()
def refuse_person(request: Request, ref: str, enrolment_id: int) -> HttpResponse:
    """Refuse somebody whom the client gave."""
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    enrolment = enrolment_or_404(request, session, enrolment_id)
    form = RefusalForm(request.POST or None)

    def do() -> str:
        actions.refuse(enrolment_id=enrolment_id, reason=form.cleaned_data["reason"], by=request.viewer.actor)
        return reverse("session", args=[ref]) + "#people"

    name = enrolment.participant.full_name
    if form.is_valid():
        done = carry_out(request, form, do, done=_("%(name)s is refused.") % {"name": name})
        if done:
            return done
    context = {
        "session": session,
        "mission": session.mission,
        "enrolment": enrolment,
        "name": name,
        "form": form,
        "given_by_client": enrolment.source == Source.CONTACT,
        "refusals": with_ways_out((b for b in form.refusals if b.field not in form.fields), {}),
        "why_not": [*list_is_open(session), *is_running(session.mission)],
    }
    return render(request, "coordination/refuse_person.html", context, status=status_of(form))
