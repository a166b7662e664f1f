"""Clients and their contacts."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.clients import actions, queries
from cordee.clients.models import SECTOR_LABELS, ClientOrganisation
from cordee.clients.rules import ClientChanges, ContactChanges
from cordee.clients.states import Sector
from cordee.kernel.names import compact
from cordee.kernel.permissions import Permission
from cordee.missions import queries as missions
from cordee.web.components.formatting import page_locale
from cordee.web.office.forms import EditForm, LightSelect, changes_of
from cordee.web.pages import HouseForm, carry_out, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

FIELDS = ("name", "sector", "siret", "address", "postal_code", "city", "country")
CONTACT_FIELDS = ("first_name", "last_name", "position", "email", "phone")


class ClientFilters(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Search"),
        widget=forms.SearchInput(attrs={"placeholder": gettext_lazy("Name, city or SIRET")}),
    )
    sector = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Sector"),
        choices=[("", gettext_lazy("All")), *SECTOR_LABELS.items()],
    )


class ClientForm(HouseForm):
    """Who orders."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        choices=list(SECTOR_LABELS.items()),
        help_text=gettext_lazy(
            "Drives the fees, and whether participants must be enrolled before the session."
        ),
    )
    siret = forms.CharField(
        label=gettext_lazy("SIRET"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("14 digits, for clients established in France."),
    )
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=300)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), required=False, max_length=12)
    city = forms.CharField(label=gettext_lazy("City"), required=False, max_length=100)
    country = forms.ChoiceField(label=gettext_lazy("Country"), initial="FR", widget=LightSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["country"]
        field.choices = countries()

    def clean_siret(self) -> str:
        """Take the digits as they are copied, with any kind of space between."""
        return compact(self.cleaned_data["siret"])


class ChangeClientForm(ClientForm, EditForm):
    """A client as it stands on record."""


class ContactForm(HouseForm):
    """Somebody at the client's."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=100)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=100)
    position = forms.CharField(label=gettext_lazy("Position"), required=False, max_length=100)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )


def countries() -> list[tuple[str, str]]:
    """Return the countries by name in the language of the page, France first."""
    names = page_locale().territories
    plain = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]  # noqa: PLR2004
    return sorted(plain, key=lambda c: (c[0] != "FR", c[1]))


@page(Permission.VIEW_CLIENTS)
def clients_list(request: Request) -> HttpResponse:
    form = ClientFilters(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    shown = slice_of(request, queries.clients(asked.get("q") or "", asked.get("sector") or ""))
    narrowed = bool(set(request.GET) - {"page"})
    context = {
        "form": form,
        "page": shown,
        "narrowed": narrowed,
        "clear_url": reverse("clients") if narrowed else "",
        "may_edit": request.viewer.actor.may(Permission.EDIT_CLIENTS),
    }
    return render(request, "office/clients.html", context)


@page(Permission.VIEW_CLIENTS)
def client(request: Request, client_id: int) -> HttpResponse:
    """Show a client, its contacts, and what it ordered, newest first."""
    found = client_or_404(client_id)
    actor = request.viewer.actor
    orders = slice_of(request, missions.orders_of_client(found.pk), per_page=20)
    context = {
        "client": found,
        "country": dict(countries()).get(found.country, found.country) if found.country != "FR" else "",
        "contacts": sorted(found.contacts.all(), key=lambda c: (c.last_name, c.first_name)),
        "page": orders,
        "may_edit": actor.may(Permission.EDIT_CLIENTS),
        "may_order": actor.may(Permission.MANAGE_ORDERS),
        "may_see_missions": actor.may(Permission.VIEW_MISSIONS),
        "sees_surveys": actor.may(Permission.VIEW_SURVEYS),
    }
    return render(request, "office/client.html", context)


def client_or_404(client_id: int) -> ClientOrganisation:
    found = queries.client(client_id)
    if found is None:
        raise Http404
    return found


@page(Permission.EDIT_CLIENTS)
def new_client(request: Request) -> HttpResponse:
    """Add a client; `?then=order` goes on to its first order."""
    form = ClientForm(request.POST or None, initial={"name": request.GET.get("name", "")})

    def do() -> str:
        values = {**changes_of(form, *FIELDS), "sector": Sector(form.cleaned_data["sector"])}
        made = actions.add_client(**values, by=request.viewer.actor)
        return _on_to(request, made.pk)

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The client is added."))
        if answer:
            return answer
    return render(request, "office/new_client.html", {"form": form}, status=status_of(form))


@page(Permission.EDIT_CLIENTS)
def change_client(request: Request, client_id: int) -> HttpResponse:
    found = client_or_404(client_id)
    initial = {name: getattr(found, name) for name in FIELDS}
    form = ChangeClientForm(request.POST or None, initial=initial, version=found.version)

    def do() -> str:
        actions.change_client(
            client_id=found.pk,
            changes=ClientChanges(**changes_of(form, *FIELDS)),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return reverse("client", args=[found.pk])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The client is changed."))
        if answer:
            return answer
    return render(
        request, "office/change_client.html", {"client": found, "form": form}, status=status_of(form)
    )


@page(Permission.EDIT_CLIENTS)
def new_contact(request: Request, client_id: int) -> HttpResponse:
    """Add somebody at the client's; `?then=order` goes on to a new order."""
    found = client_or_404(client_id)
    form = ContactForm(request.POST or None)

    def do() -> str:
        values = changes_of(form, *CONTACT_FIELDS)
        actions.add_contact(client_id=found.pk, **values, by=request.viewer.actor)
        return _on_to(request, found.pk)

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The contact is added."))
        if answer:
            return answer
    return render(request, "office/new_contact.html", {"client": found, "form": form}, status=status_of(form))


@page(Permission.EDIT_CLIENTS)
def change_contact(request: Request, client_id: int, contact_id: int) -> HttpResponse:
    found = client_or_404(client_id)
    contact = next((c for c in found.contacts.all() if c.pk == contact_id), None)
    if contact is None:
        raise Http404
    form = ContactForm(
        request.POST or None, initial={name: getattr(contact, name) for name in CONTACT_FIELDS}
    )

    def do() -> str:
        changes = ContactChanges(**changes_of(form, *CONTACT_FIELDS))
        actions.change_contact(contact_id=contact.pk, changes=changes, by=request.viewer.actor)
        return reverse("client", args=[found.pk])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The contact is changed."))
        if answer:
            return answer
    context = {"client": found, "contact": contact, "form": form}
    return render(request, "office/change_contact.html", context, status=status_of(form))


def _on_to(request: Request, client_id: int) -> str:
    """Return where to go next: on with the order it was needed for, else to the client."""
    if request.GET.get("then") == "order" and request.viewer.actor.may(Permission.MANAGE_ORDERS):
        return f"{reverse('new_order')}?client={client_id}"
    return reverse("client", args=[client_id])
