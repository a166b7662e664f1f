"""Which messages must exist about how facilitators are paid."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from cordee.accounts import queries as accounts
from cordee.accounts.models import User
from cordee.kernel import clock, zones
from cordee.kernel.periods import local
from cordee.kernel.permissions import Role
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.mail import actions as mail
from cordee.mail import queries as mail_queries
from cordee.mail.actions import Wanted
from cordee.mail.states import About
from cordee.notifications import compose, office
from cordee.notifications.mails import Mail, Purpose
from cordee.notifications.queries import rule_of
from cordee.organisation.queries import the_organisation
from cordee.payments import queries as payments
from cordee.suppliers import queries
from cordee.suppliers.models import PAPER_LABELS, BankAccount, Paper, Supplier
from cordee.suppliers.rules.accounts import masked
from cordee.suppliers.rules.mandates import code_of
from cordee.suppliers.states import ACCOUNT_LINK, ACCOUNT_LINK_LASTS, AccountState, PaperKind

_PAPER = "paper"


@transaction.atomic
def mandate_code(signing_id: int) -> None:
    """Send the code by which a mandate is signed; not once another was asked for, or it has ended. Safe to run
    twice.
    """
    signing = queries.signing(signing_id)
    if signing is None or queries.last_signing(signing.supplier_id) != signing:
        return
    if signing.expires_at <= clock.now():
        return
    code = code_of(signing)
    values = {
        "first_name": signing.signer,
        "supplier": signing.supplier.name,
        "code": f"{code[:3]} {code[3:]}",
    }
    wanted = _to_supplier(
        Purpose.MANDATE_CODE,
        key=f"mandate-code:{signing.pk}",
        about=About("supplier", signing.supplier_id, occasion=signing.pk),
        to=signing.sent_to,
        language=signing.language,
        values=values,
        until=signing.expires_at,
    )
    mail.reconcile([wanted])


@transaction.atomic
def account_to_confirm(account_id: int) -> None:
    """Ask at the old address whether a new bank account is theirs; not once it is settled. Safe to run twice."""
    account = queries.account(account_id)
    if account is None:
        return
    key = f"account:{account.pk}"
    if account.state != AccountState.PROPOSED:
        mail.cancel([key])
        return
    until = account.proposed_at + ACCOUNT_LINK_LASTS
    link = links.give(purpose=ACCOUNT_LINK, subject_id=account.pk, to=account.asked_of, until=until)
    giver = accounts.user(account.user_id) if account.user_id else None
    values = {
        "supplier": account.supplier.name,
        "account": masked(account.iban),
        "name": giver.full_name if giver else the_organisation().name,
    }
    wanted = _to_supplier(
        Purpose.ACCOUNT_CONFIRM,
        key=key,
        about=About("account", account.pk),
        to=account.asked_of,
        language=giver.language if giver else "fr",
        values=values,
        url=compose.address(reverse("bank_account", args=[token(link)])),
        until=until,
    )
    mail.reconcile([wanted])


@transaction.atomic
def account_changed(account_id: int) -> None:
    """Tell finance that a supplier is paid to another account from now on. Safe to run twice."""
    account = queries.account(account_id)
    if account and account.usable_from:
        mail.reconcile(_to_finance(account, Purpose.ACCOUNT_CHANGED))


@transaction.atomic
def account_disowned(account_id: int) -> None:
    """Tell finance that an account was given which is not the supplier's. Safe to run twice."""
    account = queries.account(account_id)
    if account:
        mail.reconcile(_to_finance(account, Purpose.ACCOUNT_DISOWNED))


def _to_finance(account: BankAccount, purpose: Mail) -> list[Wanted]:
    giver = accounts.user(account.user_id) if account.user_id else None
    told: list[Wanted] = []
    for user in accounts.with_role(Role.FINANCE):
        day = account.usable_from or clock.now()
        values = {
            "first_name": user.first_name,
            "supplier": account.supplier.name,
            "email": account.asked_of,
            "name": giver.full_name if giver else "",
            "day": compose.day_words(local(day, zones.home()).date(), compose.written_in(user.language)),
        }
        told += office.letter(
            user,
            purpose,
            key=f"{purpose}:{account.pk}:{user.pk}",
            values=values,
            path=reverse("supplier", args=[account.supplier_id]),
        )
    return told


def write_due() -> None:
    """Remind of the papers that expire within a month, once each; nothing is written of one that has its successor.
    Safe to run twice: three queries when there is nothing to do.
    """
    ending = queries.papers_ending(clock.today())
    written = {about.id for about, _purpose in mail_queries.written_about(_about(paper) for paper in ending)}
    for paper in ending:
        if paper.pk not in written:
            _remind(paper)


def ask_for_papers() -> None:
    """Ask for the legal papers that suppliers lack from the amount on from which the law wants them: those who bill
    through them, once in a month as long as it is so. Safe to run twice.
    """
    organisation = the_organisation()
    lacking = Supplier.objects.filter(payments.without_papers(organisation), is_active=True).in_bulk()
    if not lacking or not rule_of(Purpose.PAPERS_DUE).enabled:
        return
    missing, people = payments.papers_missing(lacking, organisation), queries.billed_by(lacking)
    for supplier in lacking.values():
        letters = (_ask(supplier, missing[supplier.pk], f.user) for f in people.get(supplier.pk, ()))
        mail.reconcile([letter for letters_ in letters for letter in letters_])


def _ask(supplier: Supplier, kinds: Sequence[PaperKind], user: User) -> list[Wanted]:
    if not user.is_active:
        return []
    month = clock.today().replace(day=1)
    with translation.override(compose.written_in(user.language)):
        papers = "\n".join(f"– {PAPER_LABELS[kind]}" for kind in kinds)
    return office.letter(
        user,
        Purpose.PAPERS_DUE,
        key=f"papers:{supplier.pk}:{user.pk}:{month:%Y-%m}",
        values={"first_name": user.first_name, "supplier": supplier.name, "papers": papers},
        path=f"{reverse('my_payment')}#papers",
        about=About("supplier", supplier.pk, day=month),
    )


def paper_replaced(supplier_id: int) -> None:
    """Take back what waits about papers that have their successor now. Safe to run twice."""
    supplier = queries.supplier(supplier_id)
    if supplier is None:
        return
    if not payments.papers_missing({supplier_id: supplier}, the_organisation())[supplier_id]:
        asked = mail_queries.of("supplier", [supplier_id])
        mail.reconcile([], obsolete=[m.key for m in asked if m.waits and m.purpose == Purpose.PAPERS_DUE])
    papers: Sequence[Paper] = queries.papers_of(supplier_id)
    known = mail_queries.of(_PAPER, [paper.pk for paper in papers])
    standing = {
        paper.pk for paper in queries.papers_ending(clock.today()) if paper.supplier_id == supplier_id
    }
    mail.reconcile([], obsolete=[m.key for m in known if m.waits and m.about.id not in standing])


def _remind(paper: Paper) -> None:
    user = accounts.user(paper.user_id) if paper.user_id else None
    if user is None or not user.is_active:
        return
    language = compose.written_in(user.language)
    with translation.override(language):
        label = str(PAPER_LABELS[PaperKind(paper.kind)])
    values = {
        "first_name": user.first_name,
        "supplier": paper.supplier.name,
        "paper": label,
        "day": compose.day_words(paper.expires_on, language),
    }
    mail.reconcile(
        office.letter(
            user,
            Purpose.PAPER_ENDS,
            key=f"paper:{paper.pk}",
            values=values,
            path=f"{reverse('my_payment')}#papers",
            about=_about(paper),
        )
    )


def _about(paper: Paper) -> About:
    return About(_PAPER, paper.pk)


def _to_supplier(
    purpose: Mail,
    *,
    key: str,
    about: About,
    to: str,
    language: str,
    values: dict[str, str],
    url: str = "",
    until: datetime,
) -> Wanted:
    organisation, language = the_organisation(), compose.written_in(language)
    letter = compose.write(purpose, organisation=organisation, language=language, values=values, url=url)
    return Wanted(
        key=key,
        purpose=purpose,
        about=about,
        to_email=to,
        to_name=values["supplier"],
        reply_to=organisation.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        language=language,
        until=until,
    )
