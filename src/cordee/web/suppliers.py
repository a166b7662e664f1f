"""What the facilitator's and the office's pages on a supplier have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cordee.suppliers.models import PAPER_LABELS, BankAccount, Paper, Supplier
from cordee.suppliers.rules import papers as paper_rules
from cordee.suppliers.rules.accounts import is_cooling
from cordee.suppliers.states import AccountState, PaperKind
from cordee.web.components import formatting


def account_told(account: BankAccount) -> str:
    """Return where a bank account stands, in words."""
    if account.state == AccountState.PROPOSED:
        return _("to be confirmed from %(email)s") % {"email": account.asked_of}
    if account.state == AccountState.CONFIRMED and is_cooling(account) and account.usable_from:
        return _("paid to from %(day)s on") % {"day": formatting.short_day(account.usable_from)}
    return account.get_state_display()


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One kind of paper: the last that was given, and whether it still proves something."""

    kind: PaperKind
    label: str
    paper: Paper | None
    tag: str
    told: str


def paper_rows(
    supplier: Supplier, papers: Sequence[Paper], missing: Sequence[PaperKind], today: date
) -> list[PaperRow]:
    """Return the papers of a supplier, one line for each kind."""
    rows = []
    for kind in (*paper_rules.expected_of(supplier.kind), PaperKind.INSURANCE):
        of_kind = [p for p in papers if p.kind == kind]
        last = max(of_kind, key=lambda p: (p.expires_on, p.pk), default=None)
        valid = last is not None and last.expires_on >= today
        tag = "done" if valid else "late" if kind in missing else "wait" if last else "neutral"
        told = _("valid") if valid else _("expired") if last else _("not given")
        rows.append(PaperRow(kind, str(PAPER_LABELS[kind]), last, tag, told))
    return rows


def paper_answer(paper: Paper, content: bytes) -> HttpResponse:
    """Answer with a paper, as what it is."""
    kind = paper.file.content_type
    response = HttpResponse(content, content_type=kind)
    ending = {"application/pdf": "pdf", "image/png": "png"}.get(kind, "jpg")
    name = slugify(f"{paper.get_kind_display()} {paper.dated}")
    response["Content-Disposition"] = f'inline; filename="{name}.{ending}"'
    return response
