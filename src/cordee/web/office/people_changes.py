"""The page of a person: roles, suspension, and what the network knows of a facilitator."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.accounts import actions as accounts_actions
from cordee.accounts import queries as accounts
from cordee.accounts.models import User
from cordee.journal.queries import timeline_of
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission, Role
from cordee.missions import queries as missions
from cordee.network import actions as network_actions
from cordee.network import queries as network
from cordee.network.rules import FacilitatorChanges
from cordee.web.components.things import Line
from cordee.web.coordination.timeline import lines
from cordee.web.fields import DayField
from cordee.web.office.forms import changes_of
from cordee.web.office.people import RolesField
from cordee.web.pages import HouseForm, attempt, carry_out, only_post, page, status_of
from cordee.web.request import Request


class RolesForm(HouseForm):
    """The roles of an account."""

    roles = RolesField(
        label=gettext_lazy("Roles"),
        required=False,
        help_text=gettext_lazy(
            "Facilitators need none: what they may do comes from their missions and sessions."
        ),
    )
    ends_on = DayField(
        years_before=5,
        years_after=5,
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy(
            "For auditors and others who come for a time: the account stops working after this day."
        ),
    )


class NetworkForm(HouseForm):
    """What the office knows of a facilitator."""

    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    city = forms.CharField(label=gettext_lazy("City"), required=False, max_length=100)
    can_coordinate = forms.BooleanField(
        label=gettext_lazy("May be put in charge of missions"), required=False
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("Active in the network"),
        required=False,
        help_text=gettext_lazy("Others are no longer offered for sessions and missions."),
    )


@page(Permission.VIEW_PEOPLE)
def person(request: Request, user_id: int) -> HttpResponse:
    """Show an account; administrators change its roles in place."""
    user = user_or_404(user_id)
    may_manage = request.viewer.actor.may(Permission.MANAGE_PEOPLE)
    if request.method == "POST" and not may_manage:
        raise PermissionDenied
    form = RolesForm(request.POST or None, initial={"roles": user.roles, "ends_on": user.ends_on})

    def do() -> str:
        roles = [Role(role) for role in form.cleaned_data["roles"]]
        accounts_actions.set_roles(
            user_id=user.pk, roles=roles, ends_on=form.cleaned_data["ends_on"], by=request.viewer.actor
        )
        return reverse("person", args=[user.pk])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The roles are changed."))
        if answer:
            return answer
    facilitator = network.by_account([user.pk]).get(user.pk)
    context = {
        "person": user,
        "usable": accounts.is_usable(user),
        "facilitator": facilitator,
        "running": missions.running_by_coordinator([facilitator.pk]).get(facilitator.pk, 0)
        if facilitator
        else 0,
        "form": form,
        "may_manage": may_manage,
        "may_change": request.viewer.actor.may(Permission.INVITE_FACILITATORS),
        "may_see_missions": request.viewer.actor.may(Permission.VIEW_MISSIONS),
        "sees_surveys": request.viewer.actor.may(Permission.VIEW_SURVEYS),
        "visits": _visits(user, request.viewer.actor),
        "is_self": request.viewer.actor.user_id == user.pk,
    }
    return render(request, "office/person.html", context, status=status_of(form))


def _visits(user: User, actor: Actor) -> list[Line]:
    """Return what an auditor opened, for who answers for it."""
    answers = actor.may(Permission.MANAGE_PEOPLE) or actor.may(Permission.KEEP_INDICATORS)
    if Role.AUDITOR not in user.held_roles or not answers:
        return []
    return lines(timeline_of(f"account_id:{user.pk}"), [])


def user_or_404(user_id: int) -> User:
    found = accounts.user(user_id)
    if found is None:
        raise Http404
    return found


@page(Permission.MANAGE_PEOPLE)
def suspend_person(request: Request, user_id: int) -> HttpResponse:
    only_post(request)
    user = user_or_404(user_id)
    return attempt(
        request,
        lambda: accounts_actions.suspend(user_id=user.pk, by=request.viewer.actor),
        back_to=reverse("person", args=[user.pk]),
        done=_("The account is suspended: nobody can log in with it."),
    )


@page(Permission.MANAGE_PEOPLE)
def restore_person(request: Request, user_id: int) -> HttpResponse:
    only_post(request)
    user = user_or_404(user_id)
    return attempt(
        request,
        lambda: accounts_actions.restore(user_id=user.pk, by=request.viewer.actor),
        back_to=reverse("person", args=[user.pk]),
        done=_("The account works again."),
    )


@page(Permission.INVITE_FACILITATORS)
def change_facilitator(request: Request, facilitator_id: int) -> HttpResponse:
    facilitator = network.facilitator(facilitator_id)
    if facilitator is None:
        raise Http404
    names = ("phone", "city", "can_coordinate", "is_active")
    form = NetworkForm(request.POST or None, initial={name: getattr(facilitator, name) for name in names})

    def do() -> str:
        network_actions.change_facilitator(
            facilitator_id=facilitator.pk,
            changes=FacilitatorChanges(**changes_of(form, *names)),
            by=request.viewer.actor,
        )
        return reverse("person", args=[facilitator.user_id])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The facilitator is changed."))
        if answer:
            return answer
    context = {"facilitator": facilitator, "form": form}
    return render(request, "office/change_facilitator.html", context, status=status_of(form))
