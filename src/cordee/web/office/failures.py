"""What should have followed from a fact and did not: seen by people, and tried again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.journal import actions as journal_actions
from cordee.journal import queries as journal
from cordee.journal.facts import subscription
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.missions import queries as missions
from cordee.planning import queries as planning
from cordee.web.coordination.timeline import sentences
from cordee.web.pages import attempt, only_post, page
from cordee.web.request import Request

HAPPENED = {
    "AccountConfirmed": gettext_lazy("A bank account was confirmed"),
    "AccountProposed": gettext_lazy("A bank account was given"),
    "AccountWithdrawn": gettext_lazy("A bank account was given up"),
    "AccommodationAsked": gettext_lazy("An access need was told"),
    "ColleagueInvited": gettext_lazy("A colleague was invited"),
    "FacilitatorInvited": gettext_lazy("A facilitator was invited"),
    "BatchApproved": gettext_lazy("A batch of payments was approved"),
    "BatchCancelled": gettext_lazy("A batch of payments was cancelled"),
    "BatchExecuted": gettext_lazy("A batch of payments was executed"),
    "BatchExported": gettext_lazy("The bank's file of a batch was taken"),
    "BatchPrepared": gettext_lazy("A batch of payments was prepared"),
    "ClientChanged": gettext_lazy("A client was changed"),
    "ContactChanged": gettext_lazy("A contact of a client was changed"),
    "FeeRatesChanged": gettext_lazy("A fee schedule was changed"),
    "InvoiceAccepted": gettext_lazy("An invoice was accepted"),
    "InvoiceContested": gettext_lazy("An invoice was contested"),
    "InvoiceCredited": gettext_lazy("An invoice was taken back by a credit note"),
    "InvoiceHandedOver": gettext_lazy("An invoice was handed over to the platform"),
    "InvoiceIssued": gettext_lazy("An invoice was issued"),
    "InvoiceStatusTold": gettext_lazy("The platform told what became of an invoice"),
    "MailRulesChanged": gettext_lazy("The timing of the mails was changed"),
    "MailWordsChanged": gettext_lazy("The words of a mail were changed"),
    "MandateCodeAsked": gettext_lazy("A code to sign a mandate was asked for"),
    "MandateSigned": gettext_lazy("A supplier signed the mandate to make its invoices"),
    "OrganisationChanged": gettext_lazy("The settings of the organisation were changed"),
    "PaperGiven": gettext_lazy("A legal paper was given"),
    "PaymentRejected": gettext_lazy("The bank sent a payment back"),
    "PaymentTakenOut": gettext_lazy("A payment was taken out of a batch"),
    "SupplierChanged": gettext_lazy("What is known of a supplier was changed"),
    "SupplierChosen": gettext_lazy("It was said through whom a facilitator bills"),
    "SupplierReopened": gettext_lazy("A supplier was opened again"),
    "VatRegimeSet": gettext_lazy("The VAT rule of a supplier was set"),
}
"""The facts that belong to no mission: a timeline tells the others."""
NO_ANSWER = gettext_lazy("A server that is needed did not answer. Trying again later is usually enough.")
CAUSES = {
    "OperationalError": gettext_lazy("The database was busy. Trying again is usually enough."),
    "DoesNotExist": gettext_lazy("What it is about is no longer there."),
    "Refused": gettext_lazy("A rule of the house stood against it."),
    "ConnectionError": NO_ANSWER,
    "ConnectionRefusedError": NO_ANSWER,
    "TimeoutError": NO_ANSWER,
    "gaierror": NO_ANSWER,
}
"""Why it failed, by the kind of error (the word before the colon): the raw text is for who looks after the software."""


def _is_hidden(fact: str, actor: Actor) -> bool:
    """Tell whether a fact is of complaints, any of which may be confidential: not even that one came in is told."""
    return fact.startswith("Complaint") and not actor.may(Permission.HANDLE_CONFIDENTIAL_COMPLAINTS)


@page(Permission.VIEW_MAIL)
def failed_facts(request: Request) -> HttpResponse:
    """List what was given up, newest first, with the reason."""
    failed = journal.failed_deliveries()
    refs = missions.refs(d.mission_id for d in failed if d.mission_id)
    sessions = planning.by_ids(d.entry.payload.get("session_id", 0) for d in failed)
    told = sentences([d.entry for d in failed], sessions.values(), confidential=True)
    told |= {d.entry.id: "" for d in failed if _is_hidden(d.entry.fact, request.viewer.actor)}
    rows = [
        {
            "delivery": d,
            "what": told.get(d.entry.id) or HAPPENED.get(d.entry.fact) or _("Something was changed"),
            "follows": _follows(d.subscriber),
            "mission_ref": refs.get(d.mission_id or 0, ""),
            "why": _why(d.error),
        }
        for d in failed
    ]
    return render(request, "office/failures.html", {"rows": rows, "may_retry": _may_retry(request)})


@page(Permission.EDIT_SETTINGS, Permission.RUN_ANY_MISSION)
def retry_fact(request: Request, delivery_id: int) -> HttpResponse:
    """Try one more time."""
    only_post(request)
    return attempt(
        request,
        lambda: journal_actions.retry(delivery_id),
        back_to=reverse("failed_facts"),
        done=_("It will be tried again within a minute."),
    )


def _follows(subscriber: str) -> str:
    """Tell what should have followed, as the subscriber says itself (see `automations/`)."""
    known = subscription(subscriber)
    return str(known.follows) if known and known.follows else _("What follows by itself")


def _why(error: str) -> str:
    """Tell in people's words why a step failed."""
    kind = error.partition(":")[0]
    if kind.startswith("SMTP"):
        return str(NO_ANSWER)
    return str(CAUSES.get(kind, _("An error of the software: give the details to whoever looks after it.")))


def _may_retry(request: Request) -> bool:
    actor = request.viewer.actor
    return actor.may(Permission.EDIT_SETTINGS) or actor.may(Permission.RUN_ANY_MISSION)
