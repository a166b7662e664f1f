"""Through whom facilitators bill: legal identity, VAT, mandate, bank accounts, papers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cordee.invoices.models import VAT_LABELS
from cordee.suppliers.states import AccountState, MandateState, PaperKind, SupplierKind

KIND_LABELS = {
    SupplierKind.SOLE_TRADER: _("Sole trader (EI)"),
    SupplierKind.MICRO: _("Micro-enterprise"),
    SupplierKind.COMPANY: _("Company (SARL, SAS…)"),
    SupplierKind.ASSOCIATION: _("Association"),
    SupplierKind.UMBRELLA: _("Umbrella company (portage salarial)"),
    SupplierKind.ABROAD: _("Structure abroad"),
}
ACCOUNT_LABELS = {
    AccountState.PROPOSED: _("to be confirmed"),
    AccountState.CONFIRMED: _("in use"),
    AccountState.REPLACED: _("replaced"),
    AccountState.WITHDRAWN: _("given up"),
}
MANDATE_LABELS = {
    MandateState.SIGNED: _("in force"),
    MandateState.REPLACED: _("replaced"),
    MandateState.REVOKED: _("revoked"),
}
PAPER_LABELS = {
    PaperKind.VIGILANCE: _("Certificate of vigilance (URSSAF)"),
    PaperKind.REGISTRATION: _("Extract of the register"),
    PaperKind.INSURANCE: _("Liability insurance"),
}


class Supplier(models.Model):
    """A legal person in whose name invoices are made. Several facilitators may bill through one."""

    kind = models.CharField(max_length=12, choices=list(KIND_LABELS.items()))
    name = models.CharField(max_length=200)
    """As it is registered; of a sole trader first and last name."""
    trade_name = models.CharField(max_length=200, blank=True)
    legal_form = models.CharField(max_length=200, blank=True)
    """With the capital and the register where it has them."""
    address = models.CharField(max_length=300)
    postal_code = models.CharField(max_length=12)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=2, default="FR")
    siren = models.CharField(max_length=9, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    foreign_number = models.CharField(max_length=40, blank=True)
    """Its number in the register of its country."""
    vat_number = models.CharField(max_length=20, blank=True)
    electronic_address = models.CharField(max_length=80, blank=True)
    """Where electronic invoices reach it, when it is more than its SIREN (BT-34)."""
    email = models.EmailField()
    former_email = models.EmailField(blank=True)
    """What the address was before the last change: a new bank account is confirmed from there for a while."""
    email_changed_at = models.DateTimeField(null=True, blank=True)
    activity_number = models.CharField(max_length=11, blank=True)
    """Numéro de déclaration d'activité (NDA)."""
    sends_invoices = models.BooleanField(default=False)
    """It sends invoices of its own instead of giving a mandate."""
    invoice_prefix = models.CharField(max_length=24, unique=True)
    """Before the numbers of the invoices issued in its name; never changed."""
    is_active = models.BooleanField(default=True)
    registered_at = models.DateTimeField()
    search_key = models.CharField(max_length=400, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["siren"], condition=~Q(siren=""), name="one_supplier_per_siren"),
            models.CheckConstraint(
                condition=Q(kind="abroad", siren="", siret="") & ~Q(country="FR")
                | ~Q(kind="abroad") & Q(country="FR") & ~Q(siren=""),
                name="supplier_is_identified",
            ),
            models.CheckConstraint(
                condition=~Q(kind="abroad") | Q(sends_invoices=True), name="abroad_sends_its_invoices"
            ),
        )
        indexes = (models.Index(fields=["name", "id"], name="suppliers_by_name"),)

    def __str__(self) -> str:
        return self.name


class BillsThrough(models.Model):
    """From a day on a facilitator bills through a supplier, until the next such day."""

    facilitator = models.ForeignKey("network.Facilitator", on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="billed_by")
    since = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["facilitator", "since"], name="one_supplier_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.facilitator_id} → {self.supplier_id} ({self.since})"


class VatRegime(models.Model):
    """The VAT rule of what a supplier invoices from a day on: of one service type, or of all that have none."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="regimes")
    service_type = models.ForeignKey(
        "catalogue.ServiceType", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rule = models.CharField(max_length=16, choices=list(VAT_LABELS.items()))
    since = models.DateField()
    attested_on = models.DateField(null=True, blank=True)
    """The date of the attestation by which training is exempt (cerfa 3511)."""
    attestation = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["supplier", "service_type", "since"],
                condition=Q(service_type__isnull=False),
                name="one_vat_rule_a_day",
            ),
            models.UniqueConstraint(
                fields=["supplier", "since"],
                condition=Q(service_type__isnull=True),
                name="one_vat_rule_for_all_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(rule="exempt_training") | Q(attested_on__isnull=False),
                name="exemption_has_its_attestation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier_id}: {self.rule} ({self.since})"


class BankAccount(models.Model):
    """A bank account of a supplier, never changed: another number is another account."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="accounts")
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    holder = models.CharField(max_length=140)
    """As the bank knows the name: it compares it with the number (verification of payee)."""
    state = models.CharField(
        max_length=10, choices=list(ACCOUNT_LABELS.items()), default=AccountState.PROPOSED
    )
    proposed_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    """Who typed it in."""
    asked_of = models.EmailField()
    """The address from which it is confirmed: the supplier's before the change."""
    settled_at = models.DateTimeField(null=True, blank=True)
    usable_from = models.DateTimeField(null=True, blank=True)
    """Nothing is paid to it before (UTC)."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["supplier"], condition=Q(state="proposed"), name="one_account_to_confirm"
            ),
            models.UniqueConstraint(
                fields=["supplier"], condition=Q(state="confirmed"), name="one_account_to_pay"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(usable_from__isnull=False),
                name="confirmed_account_has_its_day",
            ),
        )
        indexes = (
            # All that tells whether a supplier has an account that can be paid, without reading the accounts.
            models.Index(
                fields=["usable_from", "supplier", "iban"],
                condition=Q(state="confirmed"),
                name="accounts_that_are_paid",
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier_id}: …{self.iban[-3:]} {self.state}"


class Signing(models.Model):
    """Words that wait for a signature: a code was sent, to be typed in. The code itself is kept nowhere."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="signings")
    seed = models.CharField(max_length=32)
    """Chance, from which the code is computed with the secret of the house."""
    text_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5)
    contest_days = models.PositiveSmallIntegerField()
    text = models.TextField()
    """Word for word what is signed."""
    sent_to = models.EmailField()
    signer = models.CharField(max_length=200)
    capacity = models.CharField(max_length=120, blank=True)
    """In which quality they sign: “gérante”, “président”…"""
    user_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.supplier_id}: {self.asked_at:%Y-%m-%d %H:%M}"


class Mandate(models.Model):
    """A supplier lets the organisation make its invoices (CGI, art. 289 I-2), in writing. Signed, it never changes."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="mandates")
    signing = models.OneToOneField(Signing, on_delete=models.PROTECT, related_name="mandate")
    """What was signed, by whom, and where the code went."""
    state = models.CharField(max_length=8, choices=list(MANDATE_LABELS.items()), default=MandateState.SIGNED)
    signed_at = models.DateTimeField()
    text_sha256 = models.CharField(max_length=64)
    ip = models.GenericIPAddressField(null=True, blank=True)
    device = models.CharField(max_length=300, blank=True)
    """What the browser said of itself."""
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The PDF, once it is drawn."""
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["supplier"], condition=Q(state="signed"), name="one_mandate"),
            models.CheckConstraint(
                condition=Q(state="signed", ended_at__isnull=True)
                | ~Q(state="signed") & Q(ended_at__isnull=False),
                name="ended_mandate_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier_id}: {self.signed_at:%Y-%m-%d} {self.state}"


class Paper(models.Model):
    """A legal paper as it was given; the next one of its kind comes after it."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=list(PAPER_LABELS.items()))
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    dated = models.DateField()
    expires_on = models.DateField()
    """The last day on which it proves something."""
    given_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["supplier", "kind", "-expires_on"], name="papers_by_supplier"),
            models.Index(fields=["expires_on"], name="papers_by_end"),
        )

    def __str__(self) -> str:
        return f"{self.supplier_id}: {self.kind} until {self.expires_on}"
