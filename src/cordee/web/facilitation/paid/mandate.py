"""The mandate: read, signed with a code by mail, revoked."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.files import queries as files
from cordee.kernel import clock
from cordee.kernel.refusals import Refused
from cordee.organisation.models import Organisation
from cordee.suppliers import actions, queries
from cordee.suppliers.actions import Seen
from cordee.suppliers.models import Supplier
from cordee.suppliers.rules import mandates as rules
from cordee.suppliers.states import SOLE_TRADERS
from cordee.web.facilitation.paid.door import home, supplier_page
from cordee.web.facilitation.paid.forms import CapacityForm, CodeForm, RevokeForm
from cordee.web.pages import carry_out, status_of
from cordee.web.papers import pdf
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, or a paragraph, or a list."""

    heading: str = ""
    text: str = ""
    items: tuple[str, ...] = ()


def parts_of(text: str) -> list[Part]:
    """Return the words of a mandate as they are drawn on a page."""
    parts = []
    for block in text.split("\n\n"):
        lines = block.split("\n")
        items = tuple(line.removeprefix("- ") for line in lines if line.startswith("- "))
        plain = " ".join(line for line in lines if not line.startswith("- "))
        parts.append(Part(heading=plain[2:]) if plain.startswith("# ") else Part(text=plain, items=items))
    return parts


@supplier_page
def mandate(request: Request, supplier: Supplier) -> HttpResponse:
    """Show what is signed; ask for the code by which it is."""
    organisation, user = request.viewer.organisation, request.viewer.user
    language = get_language() or "fr"
    form = CapacityForm(request.POST or None)
    if supplier.kind in SOLE_TRADERS:
        del form.fields["capacity"]

    def do() -> str:
        actions.ask_code(
            supplier_id=supplier.pk,
            signer=user.full_name if user else "",
            capacity=form.cleaned_data.get("capacity", ""),
            language=language,
            by=request.viewer.actor,
        )
        return reverse("my_mandate_sign")

    if form.is_valid():
        answer = carry_out(request, form, do)
        if answer:
            return answer
    standing = queries.in_force(supplier.pk)
    return render(
        request,
        "facilitation/paid/mandate.html",
        {
            "supplier": supplier,
            "form": form,
            "parts": parts_of(rules.text_for(supplier, organisation, language))[1:],
            "mandate": standing,
            "of_now": standing is not None and rules.is_of_now(standing, organisation),
            "blockers": hindrances(supplier, organisation),
        },
        status=status_of(form),
    )


def hindrances(supplier: Supplier, organisation: Organisation) -> list[object]:
    """Return why nothing can be signed, whoever signs."""
    return list(rules.can_be_signed(supplier, organisation))


@supplier_page
def sign_mandate(request: Request, supplier: Supplier) -> HttpResponse:
    """Take the code of the mail. Not within a transaction: every try counts."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        seen = Seen(ip=request.META.get("REMOTE_ADDR") or None, device=request.headers.get("User-Agent", ""))
        try:
            actions.sign(
                supplier_id=supplier.pk, code=form.cleaned_data["code"], seen=seen, by=request.viewer.actor
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return HttpResponseRedirect(home("mandate"))
    waiting = queries.last_signing(supplier.pk)
    if waiting and waiting.expires_at <= clock.now():
        waiting = None
    context = {"supplier": supplier, "form": form, "waiting": waiting}
    return render(request, "facilitation/paid/sign.html", context, status=status_of(form))


@supplier_page
def revoke_mandate(request: Request, supplier: Supplier) -> HttpResponse:
    """End the mandate, with a reason."""
    standing = queries.in_force(supplier.pk)
    form = RevokeForm(request.POST or None)

    def do() -> str:
        if standing:
            actions.revoke(
                mandate_id=standing.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor
            )
        return home("mandate")

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The mandate has ended."))
        if answer:
            return answer
    context = {"form": form, "supplier": supplier, "mandate": standing}
    return render(request, "facilitation/paid/revoke.html", context, status=status_of(form))


@supplier_page
def mandate_file(request: Request, supplier: Supplier, mandate_id: int) -> HttpResponse:
    """Give the PDF of a mandate of one's own."""
    found = queries.mandate(mandate_id)
    if found is None or found.supplier_id != supplier.pk or found.file is None:
        raise Http404
    return pdf(files.content(found.file), f"mandat-{supplier.name}")
