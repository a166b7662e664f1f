"""The people of the house: the list, and inviting colleagues and facilitators."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.accounts import actions as accounts_actions
from cordee.accounts import queries as accounts
from cordee.accounts.models import ROLE_LABELS, User
from cordee.kernel.permissions import ROLES, Permission, Role
from cordee.network import actions as network_actions
from cordee.network import queries as network
from cordee.network.models import Facilitator
from cordee.web.components.markup import markup
from cordee.web.fields import DayField
from cordee.web.office.coordinators import PeopleSearch
from cordee.web.office.forms import changes_of
from cordee.web.pages import HouseForm, carry_out, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of


@dataclass(frozen=True, slots=True)
class Row:
    """An account as the list shows it."""

    user: User
    facilitator: Facilitator | None
    usable: bool


def role_choices() -> list[tuple[str, str]]:
    """Return the office roles, each with the sentence that says what it is for."""
    return [
        (
            role.value,
            markup('{}<small class="role-purpose">{}</small>', ROLE_LABELS[role], _(ROLES[role].purpose)),
        )
        for role in Role
    ]


class RolesField(forms.MultipleChoiceField):
    """Which roles an account holds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, choices=role_choices, **kwargs)


class PersonForm(HouseForm):
    """Who is invited; the invitation leaves by e-mail."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=100)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=100)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("They log in with it; the invitation goes there."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, initial="fr")


def _last_day(**more: Any) -> DayField:
    return DayField(years_before=5, years_after=5, label=gettext_lazy("Last day"), **more)


class AuditorForm(PersonForm):
    """A guest who audits, until a day."""

    ends_on = _last_day(help_text=gettext_lazy("Of the audit: the account stops working after this day."))


class ColleagueForm(PersonForm):
    """A colleague at the office."""

    roles = RolesField(label=gettext_lazy("Roles"))
    ends_on = _last_day(
        required=False,
        help_text=gettext_lazy(
            "For auditors and others who come for a time: the account stops working after this day."
        ),
    )


class FacilitatorForm(PersonForm):
    """A freelance facilitator of the network."""

    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    city = forms.CharField(label=gettext_lazy("City"), required=False, max_length=100)
    can_coordinate = forms.BooleanField(
        label=gettext_lazy("May be put in charge of missions"), required=False, initial=True
    )


def people_found(search: str) -> QuerySet[User]:
    """Return the accounts whose name or address contains every word; a facilitator is found by city too."""
    found = accounts.people(search)
    if search:
        in_network = network.facilitators(search, active_only=False).order_by().values("user_id")
        found = found | accounts.people().filter(pk__in=in_network)
    return found


@page(Permission.VIEW_PEOPLE)
def people_list(request: Request) -> HttpResponse:
    """List every account with its roles."""
    form = PeopleSearch(request.GET)
    form.is_valid()
    search = form.cleaned_data.get("q") or ""
    shown = slice_of(request, people_found(search))
    facilitators = network.by_account(user.pk for user in shown.items)
    actor = request.viewer.actor
    context = {
        "form": form,
        "page": shown,
        "rows": [Row(u, facilitators.get(u.pk), accounts.is_usable(u)) for u in shown.items],
        "clear_url": reverse("people") if search else "",
        "may_manage": actor.may(Permission.MANAGE_PEOPLE),
        "may_invite": actor.may(Permission.INVITE_FACILITATORS),
    }
    return render(request, "office/people.html", context)


@page(Permission.MANAGE_PEOPLE)
def invite_colleague(request: Request) -> HttpResponse:
    form = ColleagueForm(request.POST or None)
    return _invite(request, form, lambda: form.cleaned_data["roles"], "office/invite_colleague.html")


@page(Permission.INVITE_AUDITORS)
def invite_auditor(request: Request) -> HttpResponse:
    """Make the account of a guest who audits; what they open stands on its page."""
    form = AuditorForm(request.POST or None)
    return _invite(request, form, lambda: [Role.AUDITOR], "office/invite_auditor.html")


def _invite(
    request: Request, form: PersonForm, roles: Callable[[], Iterable[str]], template: str
) -> HttpResponse:
    def do() -> str:
        user = accounts_actions.invite_colleague(
            **changes_of(form, "email", "first_name", "last_name", "language", "ends_on"),
            roles=[Role(role) for role in roles()],
            by=request.viewer.actor,
        )
        return reverse("person", args=[user.pk])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The invitation leaves by e-mail."))
        if answer:
            return answer
    return render(request, template, {"form": form}, status=status_of(form))


@page(Permission.INVITE_FACILITATORS)
def invite_facilitator(request: Request) -> HttpResponse:
    form = FacilitatorForm(request.POST or None)

    def do() -> str:
        names = ("email", "first_name", "last_name", "language", "phone", "city", "can_coordinate")
        facilitator = network_actions.invite_facilitator(**changes_of(form, *names), by=request.viewer.actor)
        return reverse("person", args=[facilitator.user_id])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The invitation leaves by e-mail."))
        if answer:
            return answer
    return render(request, "office/invite_facilitator.html", {"form": form}, status=status_of(form))
