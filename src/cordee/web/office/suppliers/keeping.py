"""What finance does about suppliers: puts right who they are, lets others bill through them, ends and closes."""

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.accounts import queries as accounts
from cordee.kernel import clock
from cordee.kernel.bounds import YEARS_ON_RECORD
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Refused
from cordee.network import queries as network
from cordee.suppliers import actions, queries
from cordee.suppliers.rules import who
from cordee.web.fields import DayField
from cordee.web.office.suppliers.pages import supplier_or_404
from cordee.web.office.suppliers.structures import ChangeStructureForm
from cordee.web.pages import HouseForm, attempt, carry_out, only_post, page, status_of
from cordee.web.request import Request


@page(Permission.EDIT_SUPPLIERS)
def change_supplier(request: Request, supplier_id: int) -> HttpResponse:
    """Put right what the next invoices say of a supplier."""
    supplier = supplier_or_404(supplier_id)
    form = ChangeStructureForm(request.POST or None, supplier=supplier, by_office=True)

    def do() -> str:
        actions.change(
            supplier_id=supplier.pk,
            changes=form.changes(),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return reverse("supplier", args=[supplier.pk])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("It is changed."))
        if answer:
            return answer
    context = {"form": form, "supplier": supplier, "title": _("Change"), "button": _("Save")}
    return render(request, "office/suppliers/one_form.html", context, status=status_of(form))


class AttachForm(HouseForm):
    """Who else bills through a supplier."""

    email = forms.EmailField(label=gettext_lazy("E-mail of the facilitator"), max_length=254)
    since = DayField(
        label=gettext_lazy("Bills through it since"), years_before=YEARS_ON_RECORD, years_after=1
    )


@page(Permission.EDIT_SUPPLIERS)
def attach_facilitator(request: Request, supplier_id: int) -> HttpResponse:
    """Let another facilitator bill through this supplier."""
    supplier = supplier_or_404(supplier_id)
    form = AttachForm(request.POST or None, initial={"since": clock.today()})

    def do() -> str:
        user = accounts.by_email(form.cleaned_data["email"])
        facilitator_id = network.facilitator_id_of(user.pk) if user else None
        if facilitator_id is None:
            raise Refused(who.is_no_facilitator())
        actions.attach(
            supplier_id=supplier.pk,
            facilitator_id=facilitator_id,
            since=form.cleaned_data["since"],
            by=request.viewer.actor,
        )
        return reverse("supplier", args=[supplier.pk])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("It is noted."))
        if answer:
            return answer
    context = {"form": form, "supplier": supplier, "title": _("Add a facilitator"), "button": _("Add")}
    return render(request, "office/suppliers/one_form.html", context, status=status_of(form))


class WhyForm(HouseForm):
    """Why the organisation ends a mandate, or closes a supplier."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


@page(Permission.EDIT_SUPPLIERS)
def end_mandate(request: Request, supplier_id: int, mandate_id: int) -> HttpResponse:
    """End a mandate for the organisation."""
    supplier, found = supplier_or_404(supplier_id), queries.mandate(mandate_id)
    if found is None or found.supplier_id != supplier.pk:
        raise Http404
    form = WhyForm(request.POST or None)
    back = reverse("supplier", args=[supplier.pk])

    def do() -> str:
        actions.revoke(mandate_id=mandate_id, reason=form.cleaned_data["reason"], by=request.viewer.actor)
        return back

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The mandate has ended."))
        if answer:
            return answer
    if found.ended_at is not None and not form.is_bound:
        return HttpResponseRedirect(back)
    context = {
        "form": form,
        "supplier": supplier,
        "title": _("End the mandate"),
        "button": _("End the mandate"),
    }
    return render(request, "office/suppliers/one_form.html", context, status=status_of(form))


@page(Permission.EDIT_SUPPLIERS)
def close_supplier(request: Request, supplier_id: int) -> HttpResponse:
    """Say that a supplier exists no more."""
    supplier = supplier_or_404(supplier_id)
    form = WhyForm(request.POST or None)
    back = reverse("supplier", args=[supplier.pk])

    def do() -> str:
        actions.close(supplier_id=supplier.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor)
        return back

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("Closed: nothing is invoiced in its name any more."))
        if answer:
            return answer
    if not supplier.is_active and not form.is_bound:
        return HttpResponseRedirect(back)
    title = _("Close this supplier")
    lead = _(
        "Nothing is invoiced in its name any more; what was invoiced is paid. Those who bill through it choose another "
        "structure under “How I am paid”: until then their fees wait."
    )
    context = {"form": form, "supplier": supplier, "title": title, "button": title, "lead": lead}
    return render(request, "office/suppliers/one_form.html", context, status=status_of(form))


@page(Permission.EDIT_SUPPLIERS)
def reopen_supplier(request: Request, supplier_id: int) -> HttpResponse:
    """Open a supplier again."""
    only_post(request)
    supplier = supplier_or_404(supplier_id)
    return attempt(
        request,
        lambda: actions.reopen(supplier_id=supplier.pk, by=request.viewer.actor),
        back_to=reverse("supplier", args=[supplier.pk]),
        done=_("It is open again."),
    )
