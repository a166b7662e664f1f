"""What suppliers are owed: one row for each invoice, issued in their name or expected from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.fees.states import ReceivedState
from cordee.invoices.models import VAT_LABELS
from cordee.reasons import ReasonField

RECEIVED_LABELS = {
    ReceivedState.RECEIVED: _("finance looks at it"),
    ReceivedState.ACCEPTED: pgettext_lazy("invoice", "accepted"),
    ReceivedState.RETURNED: pgettext_lazy("invoice", "returned"),
}


class Payable(models.Model):
    """What a supplier is owed by one invoice. How far it is stands on the invoice alone: on `invoice` where Cordée
    issues it, on the `ReceivedInvoice` where the supplier does.
    """

    supplier = models.ForeignKey("suppliers.Supplier", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey("fees.FeeRequest", null=True, on_delete=models.PROTECT, related_name="+")
    """The request that it answers; none where one invoice is for a month."""
    month = models.DateField()
    """First day of the calendar month (of the organisation's zone) that it counts in."""
    invoice = models.OneToOneField("invoices.Invoice", null=True, on_delete=models.PROTECT, related_name="+")
    """Issued in the supplier's name; none: the supplier's own is expected."""
    credits = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    """A credit note on that one: owed by the supplier where it was paid, worth nothing where it was not."""
    total_excl = models.DecimalField(max_digits=10, decimal_places=2)
    """Euros excluding VAT; below zero on a credit note."""
    opened_at = models.DateTimeField()
    settled = models.BooleanField(default=False)
    """Nothing of it is owed: a payment that stands pays it, as `payments` says, or neither it nor its credit note was
    ever paid, and they are worth nothing together. What is owed is found without reading the rest.
    """

    class Meta:
        indexes = (
            models.Index(fields=["supplier"], condition=models.Q(settled=False), name="payables_owed"),
            models.Index(fields=["supplier", "-id"], name="payables_of_supplier"),
            models.Index(fields=["month"], name="payables_by_month"),
            models.Index(fields=["supplier", "month", "total_excl"], name="payables_of_supplier_by_month"),
        )

    def __str__(self) -> str:
        return f"{self.supplier_id}: {self.total_excl}"


class PayableLine(models.Model):
    """One fee on one invoice, in euros excluding VAT. A fee stands on one at a time."""

    payable = models.ForeignKey(Payable, on_delete=models.PROTECT, related_name="lines")
    fee_line = models.ForeignKey("fees.FeeLine", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    """As on the invoice, from 1."""
    unit_amount = models.DecimalField(max_digits=8, decimal_places=2)
    live = models.BooleanField(default=True)
    """Not credited."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["fee_line"], condition=models.Q(live=True), name="a_fee_is_billed_once"
            ),
            models.UniqueConstraint(fields=["payable", "position"], name="one_fee_per_position"),
        )

    def __str__(self) -> str:
        return f"{self.payable_id}/{self.position}: {self.unit_amount}"


class ReceivedInvoice(models.Model):
    """A supplier's own invoice for a payable, as it was given; amounts in `currency`, to the cent."""

    payable = models.ForeignKey(Payable, on_delete=models.PROTECT, related_name="received", db_index=False)
    """Found by `received_of_payable`."""
    supplier = models.ForeignKey("suppliers.Supplier", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    currency = models.CharField(max_length=3, default="EUR")
    excl = models.DecimalField(max_digits=10, decimal_places=2)
    vat = models.DecimalField(max_digits=10, decimal_places=2)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    rate = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    """Of another currency: how much of it is one euro on the day of the invoice."""
    rate_source = models.CharField(max_length=120, blank=True)
    read = models.JSONField(null=True)
    """What the file says of itself (`invoices.reading.ReadInvoice` as text); none where it is a page alone."""
    differences = models.JSONField(default=list)
    """The codes of what differed from what is due when it was given."""
    state = models.CharField(
        max_length=10, choices=list(RECEIVED_LABELS.items()), default=ReceivedState.RECEIVED
    )
    due_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    reason = ReasonField(blank=True, of_mission="payable__request__mission_id")
    """Why finance returned it."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["payable"],
                condition=~models.Q(state="returned"),
                name="one_invoice_received_per_payable",
            ),
            models.UniqueConstraint(
                fields=["supplier", "number"],
                condition=~models.Q(state="returned"),
                name="a_number_is_received_once",
            ),
            models.CheckConstraint(
                condition=models.Q(currency="EUR") | models.Q(rate__gt=0), name="another_currency_has_a_rate"
            ),
        )
        indexes = (
            models.Index(fields=["state", "given_at"], name="received_by_state"),
            # With all that tells when a payable is due.
            models.Index(fields=["payable", "state", "due_on"], name="received_of_payable"),
            models.Index(
                fields=["decided_at"],
                condition=models.Q(state=ReceivedState.ACCEPTED),
                name="received_by_acceptance",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.state}"


class ReceivedVat(models.Model):
    """What an accepted invoice of a supplier has under one VAT rule, euros: as the rules were when it was accepted, so
    that a period that was declared stays as it was.
    """

    received = models.ForeignKey(ReceivedInvoice, on_delete=models.PROTECT, related_name="by_rule")
    rule = models.CharField(max_length=15, choices=list(VAT_LABELS.items()))
    base = models.DecimalField(max_digits=10, decimal_places=2)
    vat = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["received", "rule"], name="one_base_per_rule"),)

    def __str__(self) -> str:
        return f"{self.received_id}: {self.rule} {self.base}"
