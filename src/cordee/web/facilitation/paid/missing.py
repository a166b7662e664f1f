"""What a facilitator still has to do before they can be paid, in words said to them."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.kernel import clock
from cordee.kernel.refusals import Blocker, Turn
from cordee.suppliers.models import PAPER_LABELS
from cordee.suppliers.rules import readiness
from cordee.suppliers.rules.readiness import Standing
from cordee.suppliers.states import PaperKind
from cordee.web.components.things import Thing


def things(standing: Standing, missing: Sequence[PaperKind]) -> list[Thing]:
    """Return what is still missing, each with whose turn it is and what leads there."""
    blockers = [
        *readiness.cannot_be_invoiced(standing),
        *readiness.cannot_be_paid(standing.supplier, standing.account, standing.proposed, clock.now()),
        *readiness.papers_due(missing, standing.supplier.name),
    ]
    return [_thing(b, standing) for b in blockers if b.code != "own_invoice"]


def _thing(blocker: Blocker, standing: Standing) -> Thing:
    waits = blocker.turn == Turn.TIME or blocker.code == "account_to_confirm"
    turns = {Turn.TIME: _("Nothing to do"), Turn.FINANCE: _("Finance")}
    title, detail, label, url = _words(blocker, standing)
    return Thing(
        when=turns.get(blocker.turn, _("Your turn")),
        kind="wait" if waits else "late",
        title=title,
        detail=detail,
        action_label=label,
        url=url,
    )


def _words(blocker: Blocker, standing: Standing) -> tuple[str, str, str, str]:
    """Return what is missing: title, detail, button and where it leads."""
    code, name = blocker.code, {"name": standing.supplier.name}
    if code == "no_vat_rule":
        return _("Is VAT charged?"), _("It stands on each invoice."), _("Answer"), reverse("my_vat")
    if code == "no_account":
        detail = _("It is confirmed by a mail, then used.")
        return _("Your bank account"), detail, _("Give it"), reverse("my_bank_account")
    if code == "no_mandate":
        detail = _("By it we make the invoices of %(name)s; you sign it with a code by mail.") % name
        return _("The mandate"), detail, _("Read and sign"), reverse("my_mandate")
    if code == "account_to_confirm":
        email = standing.proposed.asked_of if standing.proposed else ""
        detail = _("Open the link in the mail that was sent to %(email)s.") % {"email": email}
        return _("Confirm the bank account"), detail, "", ""
    if code.startswith("paper_"):
        kind = PaperKind(code.removeprefix("paper_"))
        detail = _("The law asks for it, and for a new one every six months.")
        give = f"{reverse('my_papers')}?kind={kind}"
        return str(PAPER_LABELS[kind]), detail, _("Give the paper"), give
    if code == "supplier_closed":
        detail = _("Your fees wait until you bill through another one, or finance opens it again.")
        return blocker.message, detail, _("Give another structure"), reverse("my_structure_new")
    if code == "account_outside_sepa":
        return blocker.message, blocker.fix, _("Give another one"), reverse("my_bank_account")
    if code == "account_cooling":
        return blocker.message, blocker.fix, "", ""
    return blocker.message, blocker.fix, _("Correct"), reverse("my_structure")
