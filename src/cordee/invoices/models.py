"""Invoices as they were issued. Numbers, content and lines are never changed; only what became of an invoice is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.invoices.content import NUMBER_LENGTH, VatRule
from cordee.invoices.states import Acceptance, InvoiceState, Kind, TransmissionState

KIND_LABELS = {
    Kind.INVOICE: _("Invoice"),
    Kind.CREDIT_NOTE: _("Credit note"),
    Kind.CORRECTIVE: _("Corrective invoice"),
}
STATE_LABELS = {
    InvoiceState.ISSUED: _("may be contested"),
    InvoiceState.CONTESTED: _("contested"),
    InvoiceState.ACCEPTED: _("accepted"),
    InvoiceState.CREDITED: _("credited"),
    InvoiceState.REPLACED: _("replaced"),
}
ACCEPTANCE_LABELS = {
    Acceptance.SUPPLIER: _("by the supplier"),
    Acceptance.SILENCE: _("nothing was said in time"),
    Acceptance.DISMISSED: _("the contest was dismissed"),
    Acceptance.CREDIT_NOTE: _("a credit note is not contested"),
}
TRANSMISSION_LABELS = {
    TransmissionState.WAITING: _("to hand over"),
    TransmissionState.HANDED_OVER: _("handed over"),
    TransmissionState.DEPOSITED: _("200 · deposited"),
    TransmissionState.ISSUED: _("201 · issued by the platform"),
    TransmissionState.RECEIVED: _("202 · received by the supplier's platform"),
    TransmissionState.AVAILABLE: _("203 · available to the supplier"),
    TransmissionState.TAKEN: _("204 · taken in hand"),
    TransmissionState.APPROVED: _("205 · approved"),
    TransmissionState.REFUSED: _("210 · refused by the supplier"),
    TransmissionState.PAYMENT_SENT: _("211 · payment sent"),
    TransmissionState.PAID: _("212 · paid"),
    TransmissionState.REJECTED: _("213 · rejected by the platform"),
}
VAT_LABELS = {
    VatRule.FRANCHISE: _("No VAT: franchise en base (art. 293 B)"),
    VatRule.EXEMPT_TRAINING: _("No VAT: exempt training (art. 261-4-4° a)"),
    VatRule.STANDARD: _("VAT at 20 %"),
    VatRule.REVERSE_CHARGE: _("Reverse charge: no VAT on the invoice"),
}


class InvoiceSeries(models.Model):
    """The numbers of one supplier. They follow each other for ever, with no new start in January: what the law asks
    for is one sequence without a gap, and so there is no year's end at which two sequences could be mixed up.
    """

    key = models.CharField(max_length=60, unique=True)
    """Whose: given by who asks for an invoice."""
    prefix = models.CharField(max_length=24, unique=True)
    """As it was at the first invoice: a sequence does not change its name."""
    last = models.PositiveIntegerField(default=0)
    last_on = models.DateField(null=True)
    """The day of its last invoice: numbers follow the calendar."""

    def __str__(self) -> str:
        return f"{self.prefix}: {self.last}"


class Invoice(models.Model):
    """One invoice, issued in the name of a supplier (autofacturation, CGI art. 289 I-2). Amounts are euros; those of a
    credit note are positive, its kind says what they mean.
    """

    series = models.ForeignKey(InvoiceSeries, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    """In its series, from 1."""
    number = models.CharField(max_length=NUMBER_LENGTH, unique=True)
    kind = models.CharField(max_length=3, choices=list(KIND_LABELS.items()))
    source = models.CharField(max_length=120, unique=True)
    """What it answers: the same is invoiced once, however often it is asked for."""
    seller = models.CharField(max_length=200)
    """The name of the supplier, as printed."""
    content = models.JSONField()
    """Exactly what stands on it (`content.Content`): PDF and XML are drawn from this."""
    content_sha256 = models.CharField(max_length=64)
    issued_on = models.DateField()
    due_on = models.DateField()
    contest_until = models.DateField()
    """The last day on which its supplier may contest it."""
    total_excl = models.DecimalField(max_digits=12, decimal_places=2)
    vat = models.DecimalField(max_digits=12, decimal_places=2)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    credits = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="credited_by")
    """The invoice that this credit note takes back, or this corrective invoice replaces."""
    state = models.CharField(max_length=10, choices=list(STATE_LABELS.items()), default=InvoiceState.ISSUED)
    accepted_as = models.CharField(max_length=12, choices=list(ACCEPTANCE_LABELS.items()), blank=True)
    issued_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    """Who had it issued; nobody when it followed from an approval."""
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    """The PDF/A-3 with its XML; none as long as it is to be drawn."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["series", "position"], name="one_invoice_per_number"),
            models.CheckConstraint(condition=models.Q(total__gt=0), name="invoice_of_an_amount"),
            models.CheckConstraint(
                condition=models.Q(kind="389", credits=None)
                | models.Q(kind__in=["261", "471"], credits__isnull=False),
                name="what_corrects_names_what",
            ),
            models.CheckConstraint(
                condition=models.Q(state="accepted", accepted_as__gt="") | ~models.Q(state="accepted"),
                name="accepted_invoice_says_how",
            ),
        )
        indexes = (
            models.Index(fields=["state", "-id"], name="invoices_by_state"),
            models.Index(fields=["issued_on"], name="invoices_by_day"),
            models.Index(fields=["id"], condition=models.Q(file=None), name="invoices_to_draw"),
        )

    def __str__(self) -> str:
        return self.number


class InvoiceLine(models.Model):
    """One line of an invoice, as it is in its content: for sums, lists and contests."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    """From 1 (BT-126)."""
    designation = models.TextField()
    quantity = models.DecimalField(max_digits=12, decimal_places=4)
    unit_price = models.DecimalField(max_digits=12, decimal_places=2)
    vat_rule = models.CharField(max_length=15, choices=list(VAT_LABELS.items()))
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    """Excluding VAT."""
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["invoice", "position"], name="one_line_per_place"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="line_of_an_amount"),
        )

    def __str__(self) -> str:
        return f"{self.position}: {self.amount}"


class Contest(models.Model):
    """A supplier says that a line is wrong. What both sides said is kept by the journal, and can be erased."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="contests")
    line = models.OneToOneField(InvoiceLine, on_delete=models.PROTECT, related_name="contest")
    words_id = models.BigIntegerField()
    """What is wrong (`journal.queries.reasons`)."""
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    upheld = models.BooleanField(null=True)
    answer_id = models.BigIntegerField(null=True)
    """What finance answered."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decided_at=None, upheld=None)
                | models.Q(decided_at__isnull=False, upheld__isnull=False, answer_id__isnull=False),
                name="decided_contest_says_how",
            ),
        )

    def __str__(self) -> str:
        return f"{self.line_id}"


class Transmission(models.Model):
    """An invoice on its way through the approved platform (plateforme agréée), where the organisation uses one."""

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="transmission")
    state = models.CharField(
        max_length=12, choices=list(TRANSMISSION_LABELS.items()), default=TransmissionState.WAITING
    )
    reference = models.CharField(max_length=200, blank=True)
    """What the platform calls it."""
    handed_over_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    """Why it could not be handed over the last time; empty once it was."""

    class Meta:
        indexes = (models.Index(fields=["state"], name="transmissions_by_state"),)

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.state}"


class TransmissionNews(models.Model):
    """What the platform told of an invoice, as it came. Append-only."""

    transmission = models.ForeignKey(Transmission, on_delete=models.PROTECT, related_name="news")
    code = models.CharField(max_length=3)
    """Of the reform: also those that lead nowhere here, such as 207 (in dispute)."""
    at = models.DateTimeField()
    """When it happened, as the platform says."""
    message = models.TextField(blank=True)
    """In the platform's words."""
    told_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["transmission", "code", "at"], name="news_of_a_transmission_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.transmission_id}: {self.code}"
