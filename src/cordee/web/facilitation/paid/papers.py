"""Legal papers of one's own supplier."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cordee.suppliers import actions, queries
from cordee.suppliers.models import Supplier
from cordee.suppliers.states import PaperKind
from cordee.web.facilitation.paid.door import home, supplier_page
from cordee.web.facilitation.paid.forms import PaperForm
from cordee.web.pages import carry_out, status_of
from cordee.web.request import Request
from cordee.web.suppliers import paper_answer


@supplier_page
def give_paper(request: Request, supplier: Supplier) -> HttpResponse:
    bound = request.method == "POST"
    initial = {"kind": request.GET.get("kind", "")}
    form = PaperForm(request.POST if bound else None, request.FILES if bound else None, initial=initial)

    def do() -> str:
        asked = form.cleaned_data
        actions.give_paper(
            supplier_id=supplier.pk,
            kind=PaperKind(asked["kind"]),
            content=asked["file"].read(),
            dated=asked["dated"],
            until=asked["expires_on"],
            by=request.viewer.actor,
        )
        return home("papers")

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("Thank you, the paper is kept."))
        if answer:
            return answer
    context = {"form": form, "title": _("Legal paper"), "supplier": supplier}
    return render(request, "facilitation/paid/one_form.html", context, status=status_of(form))


@supplier_page
def own_paper(request: Request, supplier: Supplier, paper_id: int) -> HttpResponse:
    """Open a paper of one's own; that somebody looked is remembered."""
    found = queries.paper(paper_id)
    if found is None or found.supplier_id != supplier.pk:
        raise Http404
    shown, content = actions.open_paper(paper_id=paper_id, by=request.viewer.actor)
    return paper_answer(shown, content)
