"""Reading batches of payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from cordee.accounts.models import User
from cordee.fees.models import PayableLine
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.names import search_key
from cordee.organisation.models import Organisation
from cordee.payments.models import Batch, Part, Payment
from cordee.payments.queries.bank_file import Account, Order, Place, Transfer
from cordee.payments.queries.due import spoiled
from cordee.payments.states import LIVE, OPEN, BatchState, PaymentState
from cordee.suppliers import queries as suppliers


def batches(*, is_open: bool = False, executed: tuple[date, date] | None = None) -> QuerySet[Batch]:
    """Return batches with the number and the sum of their payments that stand, newest first; those that wait for
    somebody or for the bank, or those that the bank executed between two days, both included.
    """
    stands = Payment.objects.filter(batch=OuterRef("pk"), state__in=LIVE).order_by().values("batch")
    # Subqueries, so that only the rows of the page are added up.
    found = Batch.objects.all()
    if is_open:
        found = found.filter(state__in=OPEN)
    if executed:
        found = found.filter(state=BatchState.EXECUTED, executed_on__range=executed)
    return found.annotate(
        count=Coalesce(Subquery(stands.annotate(n=Count("*")).values("n")), 0),
        total=Subquery(stands.annotate(n=Sum("amount")).values("n")),
    ).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Paid:
    """Batches together: how many, and the sum of their payments that stand, in euros."""

    count: int
    amount: Money


def in_batches() -> Paid:
    """Return what stands in batches that the bank has not executed yet: one query."""
    found = Payment.objects.filter(batch__state__in=OPEN, state__in=LIVE)
    counted = found.aggregate(count=Count("batch", distinct=True), amount=Sum("amount"))
    return Paid(counted["count"], Money(counted["amount"] or Decimal(0)))


def paid_by_day(since: date) -> dict[date, Paid]:
    """Return what was paid on each day from one on, the first first; what came back is left out: one query."""
    found = Payment.objects.filter(
        batch__state=BatchState.EXECUTED, batch__executed_on__gte=since, state=PaymentState.PAID
    )
    rows = (
        found.order_by()
        .values("batch__executed_on")
        .annotate(n=Count("batch", distinct=True), sum=Sum("amount"))
    )
    return {
        day: Paid(n, Money(amount))
        for day, n, amount in rows.order_by("batch__executed_on").values_list(
            "batch__executed_on", "n", "sum"
        )
        if day
    }


def to_approve(user_id: int | None) -> QuerySet[Batch]:
    """Return the batches that wait for this person: prepared by somebody else."""
    return Batch.objects.filter(state=BatchState.DRAFT).exclude(made_by=user_id)


def batch_by_ref(ref: str) -> Batch | None:
    return batches().select_related("file").filter(ref=ref).first()


def batch_of(reference: str) -> str:
    """Return the reference of the batch that a payment stands in, from its own: both go to the bank."""
    return reference.rpartition("-")[0]


def payments_of(batch_id: int) -> list[Payment]:
    """Return the payments of a batch that stand, in their order: one query."""
    found = Payment.objects.filter(batch_id=batch_id, state__in=LIVE).select_related(
        "batch", "supplier", "account"
    )
    return list(found.order_by("pk"))


def all_payments_of(batch_id: int, search: str = "") -> QuerySet[Payment]:
    """Return every payment of a batch, with those taken out and sent back, in their order; of those suppliers,
    references and invoices that contain every word of `search`.
    """
    found = Payment.objects.filter(batch_id=batch_id).select_related("supplier", "account")
    for word in search_key(search).split():
        told = Q(reference__icontains=word) | Q(remittance__icontains=word)
        found = found.filter(told | Q(supplier__search_key__contains=word))
    return found.order_by("pk")


def people_paid(payments: Sequence[Payment]) -> dict[int, list[User]]:
    """Return whose fees each payment pays, by payment: two queries."""
    paid = dict(
        Part.objects.filter(payment__in=[p.pk for p in payments]).values_list("payable_id", "payment_id")
    )
    rows = PayableLine.objects.filter(payable__in=paid).select_related("fee_line__facilitator__user")
    found: dict[int, dict[int, User]] = {}
    for row in rows:
        user = row.fee_line.facilitator.user
        found.setdefault(paid[row.payable_id], {})[user.pk] = user
    return {pk: list(users.values()) for pk, users in found.items()}


def parts_of(payments: Sequence[Payment]) -> dict[int, list[Part]]:
    """Return what each payment pays, by payment: one query."""
    found: dict[int, list[Part]] = {payment.pk: [] for payment in payments}
    rows = Part.objects.filter(payment__in=list(found)).select_related("payable__invoice")
    for part in rows.defer("payable__invoice__content").order_by("pk"):
        found[part.payment_id].append(part)
    return found


def changed_since(payments: Sequence[Payment]) -> list[str]:
    """Return the names of the suppliers whose payment is no longer what it would be now: credited, contested or held
    since, or with another bank account.
    """
    accounts = suppliers.account_to_pay({payment.supplier_id for payment in payments}, clock.now())
    parts = parts_of(payments)
    changed = spoiled([part.payable_id for these in parts.values() for part in these])
    return [
        payment.supplier.name
        for payment in payments
        if (account := accounts.get(payment.supplier_id)) is None
        or account.account_id != payment.account_id
        or any(part.payable_id in changed for part in parts[payment.pk])
    ]


def order_of(batch: Batch, payments: Sequence[Payment], organisation: Organisation) -> Order:
    """Return what the bank is asked to do."""
    return Order(
        reference=batch.ref,
        made_at=batch.approved_at or batch.made_at,
        execute_on=batch.execute_on,
        payer=Account(
            holder=organisation.name,
            iban=organisation.bank_iban,
            bic=organisation.bank_bic,
            place=_place(organisation.address, organisation.postal_code, organisation.city, "FR"),
        ),
        transfers=[
            Transfer(
                reference=payment.reference,
                amount=Money(payment.amount),
                to=Account(
                    holder=payment.account.holder,
                    iban=payment.account.iban,
                    bic=payment.account.bic,
                    place=_place(
                        payment.supplier.address,
                        payment.supplier.postal_code,
                        payment.supplier.city,
                        payment.supplier.country,
                    ),
                ),
                remittance=payment.remittance,
            )
            for payment in payments
            if payment.state == PaymentState.PLANNED
        ],
    )


def _place(street: str, postal_code: str, town: str, country: str) -> Place | None:
    """Return an address as banks take it, which has a town; where none is known, none is given."""
    return Place(street=street, postal_code=postal_code, town=town, country=country) if town else None
