"""Through whom one bills: the kind first, then only what that kind needs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.kernel import clock
from cordee.suppliers import actions
from cordee.suppliers.models import KIND_LABELS, Supplier
from cordee.suppliers.rules.identity import Identity
from cordee.suppliers.states import INVOICE_THEMSELVES, SOLE_TRADERS, SupplierKind
from cordee.web.facilitation.paid.door import current, home, supplier_page
from cordee.web.office.suppliers.structures import MADE, OWN, ChangeStructureForm, NewStructureForm
from cordee.web.pages import carry_out, facilitator_page, status_of
from cordee.web.request import Request


def kinds() -> list[dict[str, str]]:
    """Return the kinds to choose from, each with who that is."""
    told = {
        SupplierKind.MICRO: _("You have a SIRET of your own, under the regime of micro-entrepreneurs."),
        SupplierKind.SOLE_TRADER: _("You have a SIRET of your own, without that regime."),
        SupplierKind.COMPANY: _("EURL, SASU and SCOP as well, whether it is yours or employs you."),
        SupplierKind.ASSOCIATION: _("An association with a SIRET."),
        SupplierKind.UMBRELLA: _("You are employed by a company that invoices your work."),
        SupplierKind.ABROAD: _("It is established outside France, and sends its own invoices."),
    }
    address = reverse("my_structure_new")
    return [
        {"label": str(KIND_LABELS[kind]), "detail": detail, "url": f"{address}?kind={kind}"}
        for kind, detail in told.items()
    ]


@facilitator_page
def new_structure(request: Request) -> HttpResponse:
    """Ask for the kind, then for what an invoice says of it."""
    kind = next((k for k in SupplierKind if k == request.GET.get("kind")), None)
    own, user = request.viewer.actor.facilitator_id or 0, request.viewer.user
    if kind is None:
        status = 422 if request.method == "POST" else 200
        return render(request, "facilitation/paid/kind.html", {"kinds": kinds()}, status=status)
    first = current(own) is None
    initial: dict[str, Any] = {"since": None if first else clock.today(), "email": user.email if user else ""}
    initial["sends_invoices"] = OWN if kind in INVOICE_THEMSELVES else MADE
    if kind in SOLE_TRADERS and user:
        initial["name"] = user.full_name
    form = NewStructureForm(request.POST or None, kind=kind, initial=initial)

    def do() -> str:
        identity = Identity(kind=kind, **form.values(kind))
        actions.register(
            facilitator_id=own,
            identity_=identity,
            since=form.cleaned_data["since"],
            by=request.viewer.actor,
        )
        return home()

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("It is noted. See what is still missing."))
        if answer:
            return answer
    context = {"form": form, "kind": KIND_LABELS[kind]}
    return render(request, "facilitation/paid/new_structure.html", context, status=status_of(form))


@supplier_page
def change_structure(request: Request, supplier: Supplier) -> HttpResponse:
    """Change what an invoice says; of one person, also under which regime they are."""
    form = ChangeStructureForm(request.POST or None, supplier=supplier, by_office=False)

    def do() -> str:
        actions.change(
            supplier_id=supplier.pk,
            changes=form.changes(),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return home()

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("It is changed."))
        if answer:
            return answer
    context = {"form": form, "supplier": supplier}
    return render(request, "facilitation/paid/change_structure.html", context, status=status_of(form))
