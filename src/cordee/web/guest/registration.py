"""Registering oneself on a session, by a link that anybody may pass on; on the day it takes walk-ins."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.enrolment import queries as lists
from cordee.enrolment.rules import Person
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.names import normal_email
from cordee.kernel.periods import local
from cordee.registration import actions, queries, rules
from cordee.registration.models import Invitation
from cordee.web import limits
from cordee.web.guest.doors import Door
from cordee.web.guest.robots import GuardedForm
from cordee.web.pages import carry_out, status_of
from cordee.web.places import place_of
from cordee.web.request import Request

ANYBODY = Actor(ActorKind.LINK)


class RegistrationForm(GuardedForm):
    """Who wants to come, and what the service asks beside the name."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    first_name = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        help_text=gettext_lazy("If you have only one name, write it in either field."),
    )

    def __init__(self, *args: Any, asked: list[str], at_door: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        if at_door:
            self.fields["email"].required = False
            self.fields["email"].help_text = _("Leave it empty if you have none.")
        for number, label in enumerate(asked):
            self.fields[f"asked_{number}"] = forms.CharField(label=label, required=False, max_length=200)

    def person(self) -> Person:
        values = {name: self.cleaned_data[name] for name in ("email", "first_name", "last_name")}
        details = {label: self.cleaned_data[f"asked_{n}"] for n, label in enumerate(self.asked)}
        return Person(**values, details=details)

    def shown(self) -> list[forms.BoundField]:
        """Return the fields that are for people."""
        return [field for field in self.visible_fields() if field.name != "homepage"]


open_to_anybody = Door(
    lambda _request, token: queries.by_token(token), language=lambda invitation: invitation.session.language
)
"""The link of a session may be passed on: it is nobody's own."""


@open_to_anybody
def register(request: Request, invitation: Invitation) -> HttpResponse:
    """Show what there is to register on, and take the registration; on the day, put people on the list."""
    session = invitation.session
    at_door = not list(rules.door_is_open(invitation, session, session.mission))
    closed = [] if at_door else list(rules.is_open(invitation, session, session.mission))
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        asked=session.line.service_type.registration_fields,
        at_door=at_door,
    )
    if form.is_valid() and not _is_too_much(request, invitation, form, at_door=at_door):
        do = _walk_in(invitation, form) if at_door else _ask(invitation, form)
        answer = carry_out(request, form, do)
        if answer:
            return answer
    context = _about(invitation) | {"form": form, "at_door": at_door, "closed": closed}
    return render(request, "guest/register.html", context, status=status_of(form))


def _is_too_much(request: Request, invitation: Invitation, form: RegistrationForm, *, at_door: bool) -> bool:
    """Tell whether too many come from one place, to one session or with one address; a class is not many."""
    asked = [("walk_in" if at_door else "register", None), ("register_session", invitation.token)]
    if email := normal_email(form.cleaned_data["email"]):
        asked.append(("register_address", email))
    if not any(limits.is_met(request, action, key=key) for action, key in asked):
        return False
    wait = limits.in_words(limits.seconds_to_wait(request))
    form.add_error(
        None,
        _("Many people register at this moment. Wait %(time)s, then send it again: it is all still here.")
        % {"time": wait},
    )
    return True


def _ask(invitation: Invitation, form: RegistrationForm) -> Callable[[], str]:
    def do() -> str:
        actions.ask(invitation_id=invitation.pk, person=form.person(), by=ANYBODY)
        return reverse("registered", args=[invitation.token])

    return do


def _walk_in(invitation: Invitation, form: RegistrationForm) -> Callable[[], str]:
    def do() -> str:
        actions.walk_in(invitation_id=invitation.pk, person=form.person(), by=ANYBODY)
        return reverse("walked_in", args=[invitation.token])

    return do


def _about(invitation: Invitation) -> dict[str, Any]:
    session = invitation.session
    taken = lists.counts([session.pk]).get(session.pk, 0)
    return {
        "token": invitation.token,
        "session": session,
        "starts": session.starts,
        "ends": session.ends,
        "closes": local(rules.closing(invitation, session), session.time_zone),
        "place": place_of(session),
        "full": taken >= session.capacity,
        "programme": session.line.service_type.programme,
    }


@open_to_anybody
def registered(request: Request, invitation: Invitation) -> HttpResponse:
    """Say what happens next, whoever registered."""
    return render(request, "guest/registered.html", _about(invitation))


@open_to_anybody
def walked_in(request: Request, invitation: Invitation) -> HttpResponse:
    """Welcome who is there; before and after the day there is only the registration."""
    if list(rules.door_is_open(invitation, invitation.session, invitation.session.mission)):
        return HttpResponseRedirect(reverse("register", args=[invitation.token]))
    return render(request, "guest/walked_in.html", _about(invitation))
