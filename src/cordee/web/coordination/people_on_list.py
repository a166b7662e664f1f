"""Somebody on the list of a session: corrected, or taken off."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.enrolment import actions, queries
from cordee.enrolment.rules import Person, list_is_open
from cordee.enrolment.rules.wording import shared_mailbox
from cordee.missions.rules import can_run, is_running
from cordee.planning.queries import is_on_session
from cordee.web.coordination.refusals import with_ways_out
from cordee.web.pages import (
    HouseForm,
    attempt,
    carry_out,
    enrolment_or_404,
    need_to_run,
    only_post,
    page,
    session_or_404,
    status_of,
)
from cordee.web.request import Request


class PersonForm(HouseForm):
    """Name and address of one person."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    first_name = forms.CharField(label=gettext_lazy("First name"), required=False, max_length=100)
    last_name = forms.CharField(label=gettext_lazy("Last name"), required=False, max_length=100)

    def person(self) -> Person:
        names = ("email", "first_name", "last_name")
        return Person(**{name: self.cleaned_data[name] for name in names})


@page()
def correct_enrolment(request: Request, ref: str, enrolment_id: int) -> HttpResponse:
    session = session_or_404(request, ref)
    actor = request.viewer.actor
    runs = can_run(session.mission, actor)
    if not runs and not (actor.facilitator_id and is_on_session(session.pk, actor.facilitator_id)):
        raise PermissionDenied
    enrolment = enrolment_or_404(request, session, enrolment_id)
    participant = enrolment.participant
    initial = {name: getattr(participant, name) for name in ("email", "first_name", "last_name")}
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm(initial=initial)
    back = reverse("session", args=[ref]) + "#people"
    if form.is_bound and form.is_valid():

        def do() -> str:
            corrected = actions.correct(enrolment_id=enrolment.pk, person=form.person(), by=actor)
            if others := queries.mailbox_shared_by(corrected):
                messages.info(request, shared_mailbox(corrected.participant.email, others))
            return back

        done = carry_out(request, form, do, done=_("Corrected."))
        if done:
            return done
    context = {
        "session": session,
        "mission": session.mission,
        "enrolment": enrolment,
        "name": participant.full_name,
        "form": form,
        "back_url": back,
        "refusals": with_ways_out((b for b in form.refusals if b.field not in form.fields), {}),
        "may_take_off": runs,
        "why_not": list(list_is_open(session)) or list(is_running(session.mission)),
    }
    return render(request, "coordination/person.html", context, status=status_of(form))


@page()
def cancel_enrolment(request: Request, ref: str, enrolment_id: int) -> HttpResponse:
    only_post(request)
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    enrolment = enrolment_or_404(request, session, enrolment_id)
    return attempt(
        request,
        lambda: actions.cancel_enrolment(enrolment_id=enrolment.pk, by=request.viewer.actor),
        back_to=reverse("session", args=[ref]) + "#people",
        done=_("%(name)s is off the list.") % {"name": enrolment.participant.full_name},
    )
