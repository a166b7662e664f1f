"""What happened to a supplier, in sentences: also who looked at what."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cordee.invoices.content import VatRule
from cordee.invoices.models import VAT_LABELS
from cordee.journal import queries as journal
from cordee.journal.queries import TimelineEntry
from cordee.kernel.actor import ActorKind
from cordee.network.queries import everybodys_names
from cordee.suppliers.models import KIND_LABELS, PAPER_LABELS
from cordee.suppliers.states import PaperKind, SupplierKind
from cordee.web.components import formatting
from cordee.web.components.things import Line

type Payload = Mapping[str, Any]
type Sentence = Callable[[Payload, Mapping[int, str]], str]

_SHOWN = 50


def history(supplier_id: int) -> list[Line]:
    """Return what happened to a supplier, newest first: three queries."""
    entries = journal.timeline_of(f"supplier_id:{supplier_id}", limit=_SHOWN)
    users = {e.user_id for e in entries if e.user_id is not None}
    facilitators = {e.payload["facilitator_id"] for e in entries if "facilitator_id" in e.payload}
    names, chosen = everybodys_names(users, facilitators)
    texts = journal.reasons(e.payload["reason_id"] for e in entries if "reason_id" in e.payload)
    return [Line(e.at, _sentence(e, chosen, texts), _who(e, names)) for e in entries if e.fact in SENTENCES]


def _sentence(entry: TimelineEntry, chosen: Mapping[int, str], texts: Mapping[int, str]) -> str:
    payload = dict(entry.payload)
    if "reason_id" in payload:
        payload["reason"] = texts.get(payload["reason_id"]) or _("the reason was erased")
    return SENTENCES[entry.fact](payload, chosen)


def _who(entry: TimelineEntry, names: Mapping[int, str]) -> str:
    if entry.user_id is not None:
        return names.get(entry.user_id) or _("somebody")
    if entry.actor_kind == ActorKind.LINK:
        return _("through the mail that was sent")
    return _("on the command line") if entry.actor_kind == ActorKind.COMMAND else _("Cordée, by itself")


def _registered(p: Payload, _names: Mapping[int, str]) -> str:
    return _("Registered: %(kind)s.") % {"kind": KIND_LABELS[SupplierKind(p["kind"])]}


def _changed(_p: Payload, _names: Mapping[int, str]) -> str:
    return _("The identity was changed.")


def _chosen(p: Payload, names: Mapping[int, str]) -> str:
    return _("%(name)s bills through it from %(day)s on.") % {
        "name": names.get(p["facilitator_id"]) or _("somebody"),
        "day": formatting.long_day(date.fromisoformat(p["since"])),
    }


def _closed(p: Payload, _names: Mapping[int, str]) -> str:
    return _("Closed: %(reason)s") % {"reason": p["reason"]}


def _reopened(_p: Payload, _names: Mapping[int, str]) -> str:
    return _("Opened again.")


def _vat(p: Payload, _names: Mapping[int, str]) -> str:
    values = {
        "rule": VAT_LABELS[VatRule(p["rule"])],
        "day": formatting.long_day(date.fromisoformat(p["since"])),
    }
    if p["service_type_id"] is None:
        return _("VAT from %(day)s on: %(rule)s.") % values
    return _("VAT of one service from %(day)s on: %(rule)s.") % values


def _account_confirmed(p: Payload, _names: Mapping[int, str]) -> str:
    day = formatting.long_day(datetime.fromisoformat(p["usable_from"]))
    if p["first"]:
        return _("The first bank account was confirmed.")
    return _("Another bank account was confirmed; it is paid to from %(day)s on.") % {"day": day}


def _account_withdrawn(p: Payload, _names: Mapping[int, str]) -> str:
    if p["by_mail"]:
        return _("Whoever got the mail says that the bank account is not theirs.")
    return _("A bank account that was not confirmed was given up.")


def _revoked(p: Payload, _names: Mapping[int, str]) -> str:
    return _("The mandate was ended: %(reason)s") % {"reason": p["reason"]}


def _paper(p: Payload, _names: Mapping[int, str]) -> str:
    return _("A paper was given: %(paper)s.") % {"paper": PAPER_LABELS[PaperKind(p["kind"])]}


def _account_proposed(_p: Payload, _names: Mapping[int, str]) -> str:
    return _("A bank account was given; its confirmation was asked for by mail.")


def _account_shown(_p: Payload, _names: Mapping[int, str]) -> str:
    return _("Looked at the whole bank account number.")


def _code_asked(_p: Payload, _names: Mapping[int, str]) -> str:
    return _("A code to sign the mandate was asked for.")


def _signed(_p: Payload, _names: Mapping[int, str]) -> str:
    return _("The mandate was signed.")


def _paper_shown(_p: Payload, _names: Mapping[int, str]) -> str:
    return _("Opened a legal paper.")


SENTENCES: dict[str, Sentence] = {
    "SupplierRegistered": _registered,
    "SupplierChanged": _changed,
    "SupplierChosen": _chosen,
    "SupplierClosed": _closed,
    "SupplierReopened": _reopened,
    "VatRegimeSet": _vat,
    "AccountProposed": _account_proposed,
    "AccountConfirmed": _account_confirmed,
    "AccountWithdrawn": _account_withdrawn,
    "AccountShown": _account_shown,
    "MandateCodeAsked": _code_asked,
    "MandateSigned": _signed,
    "MandateRevoked": _revoked,
    "PaperGiven": _paper,
    "PaperShown": _paper_shown,
}
"""How people read each fact about a supplier."""
