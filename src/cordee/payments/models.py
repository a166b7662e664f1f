"""Batches of payments to suppliers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.payments.states import BatchState, PaymentState

BATCH_LABELS = {
    BatchState.DRAFT: _("waits for the second person"),
    BatchState.APPROVED: pgettext_lazy("batch", "approved"),
    BatchState.EXPORTED: _("given to the bank"),
    BatchState.EXECUTED: _("executed"),
    BatchState.CANCELLED: pgettext_lazy("batch", "cancelled"),
}
PAYMENT_LABELS = {
    PaymentState.PLANNED: _("to be paid"),
    PaymentState.PAID: _("paid"),
    PaymentState.REJECTED: _("sent back by the bank"),
    PaymentState.DROPPED: _("taken out"),
}


class Batch(models.Model):
    """Payments that leave together, in one file for the bank."""

    ref = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=10, choices=list(BATCH_LABELS.items()), default=BatchState.DRAFT)
    execute_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.BigIntegerField(null=True)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    """As it was exported first: exported again, it is the same."""
    exported_at = models.DateTimeField(null=True)
    exported_by = models.BigIntegerField(null=True)
    executed_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    """The day on which finance said so, often some days later; none of those of before this was kept."""
    cancelled_because = models.BigIntegerField(null=True)
    """Why (`journal.queries.reasons`)."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("made_by")),
                name="a_second_person_approves",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["exported", "executed"]) | models.Q(file__isnull=False),
                name="exported_batch_has_its_file",
            ),
        )
        indexes = (models.Index(fields=["state", "-id"], name="batches_by_state"),)

    def __str__(self) -> str:
        return f"{self.ref}: {self.state}"


class Payment(models.Model):
    """One transfer to one supplier, in euros, with the account as it was when the batch was made."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="payments", db_index=False)
    """Found by `payments_of_batch`."""
    supplier = models.ForeignKey("suppliers.Supplier", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=35, unique=True)
    """Comes back on statements (end to end)."""
    amount = models.DecimalField(max_digits=11, decimal_places=2)
    account = models.ForeignKey("suppliers.BankAccount", on_delete=models.PROTECT, related_name="+")
    remittance = models.CharField(max_length=140)
    state = models.CharField(max_length=8, choices=list(PAYMENT_LABELS.items()), default=PaymentState.PLANNED)
    rejected_because = models.BigIntegerField(null=True)
    """What the bank said (`journal.queries.reasons`)."""
    sent_back_on = models.DateField(null=True)
    """When it was known that the bank sent back what it had carried out."""

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="nothing_is_paid_below_zero"),
        )
        indexes = (
            models.Index(fields=["supplier", "-id"], name="payments_of_supplier"),
            # With the amount, so that the sum of a batch is found without reading its payments.
            models.Index(fields=["batch", "state", "amount"], name="payments_of_batch"),
            models.Index(
                fields=["sent_back_on"],
                condition=models.Q(sent_back_on__isnull=False),
                name="payments_sent_back",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount}"


class Part(models.Model):
    """What a payment pays: an invoice, or a credit note that is set off (below zero). Euros, VAT included."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="parts")
    payable = models.ForeignKey("fees.Payable", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=11, decimal_places=2)
    live = models.BooleanField(default=True)
    """The payment stands."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["payable"], condition=models.Q(live=True), name="an_invoice_is_paid_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.payable_id}, {self.amount}"
