"""The training organisation itself: one row."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models


def with_a_sheet() -> list[str]:
    """Return the sectors that need an attendance sheet, unless the organisation says otherwise: in education none is
    asked for.
    """
    return ["company", "association", "public_body"]


class Organisation(models.Model):
    """Identity, brand and policies of the organisation whose desk this is. There is exactly one."""

    name = models.CharField(max_length=200, default="Mon organisme de formation")
    legal_form = models.CharField(max_length=100, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    activity_declaration_number = models.CharField(max_length=20, blank=True)
    """Numéro de déclaration d'activité (code du travail, art. R6351-6)."""
    prefect_region = models.CharField(max_length=80, blank=True)
    representative = models.CharField(max_length=120, blank=True)
    """Who represents the organisation by law, and signs certificates for it."""
    representative_role = models.CharField(max_length=120, blank=True)
    """In which quality: “Directrice”, “Président”…"""
    address = models.CharField(max_length=300, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    reply_to = models.EmailField(blank=True)
    logo = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accent_colour = models.CharField(
        max_length=7, default="#0d5350", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")]
    )

    once_a_month = models.BooleanField(default=True)
    """At most one fee request per mission and calendar month."""
    enrol_before_days = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(0), MaxValueValidator(90)]
    )
    """Days before a session by which participants should be enrolled; later it shows as late."""
    answer_within_days = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    """Days a facilitator has to answer a request; later it shows as late."""
    presence_within_days = models.PositiveSmallIntegerField(
        default=2, validators=[MinValueValidator(0), MaxValueValidator(60)]
    )
    """Days after a session by which presence should be recorded; later it shows as late."""

    complaint_within_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(1), MaxValueValidator(180)]
    )
    """Days from a complaint to the decision; later it shows as late."""
    confidential_within_days = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    """The same of one that is about how a person behaved."""

    list_closes_days_before = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(0), MaxValueValidator(30)]
    )
    """Days before a session from which the client's contact no longer changes its list: with 1, the day
    before it (local midnight) is too late; with 0, only its start."""

    sheet_sectors = models.JSONField(default=with_a_sheet)
    """The sectors whose sessions are proven by a signed attendance sheet; elsewhere presence is enough."""
    hold_coordination = models.BooleanField(default=False)
    """The coordination fee waits for the sheets of its mission, too."""

    # How suppliers bill and are paid.
    vat_number = models.CharField(max_length=20, blank=True)
    """Its number for VAT, where it has one; stands on invoices."""
    electronic_address = models.CharField(max_length=80, blank=True)
    """Where electronic invoices reach it (BT-49), beside its SIREN: a suffix of routing, where there is one."""
    bank_iban = models.CharField(max_length=34, blank=True)
    """The account from which suppliers are paid."""
    bank_bic = models.CharField(max_length=11, blank=True)
    monthly_invoices = models.BooleanField(default=False)
    """One invoice per supplier and month over all missions, instead of one for each approved request."""
    payment_terms_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(0), MaxValueValidator(60)]
    )
    """Days from an invoice to its due date (code de commerce, art. L441-10: at most 60)."""
    contest_within_days = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    """Days a supplier has to contest an invoice issued in its name; the mandate says the same."""
    iban_cooling_days = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(0), MaxValueValidator(30)]
    )
    """Days a new bank account waits before anything is paid to it."""
    papers_hold = models.BooleanField(default=False)
    """A legal paper that is missing or expired holds payments; else it is only said."""
    papers_from_amount = models.PositiveIntegerField(default=5000)
    """Euros excluding VAT in a year from which a supplier's legal papers are due (code du travail, art. D8222-5)."""
    transmit_invoices = models.BooleanField(default=False)
    """Invoices go to an approved platform (plateforme agréée)."""

    # What participants read on their own page.
    internal_rules = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Règlement intérieur (code du travail, art. L6352-3), as a PDF."""
    welcome_booklet = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Livret d'accueil, as a PDF."""
    privacy_notice_fr = models.TextField(blank=True)
    privacy_notice_en = models.TextField(blank=True)
    """Where empty, the house's own words are shown."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_organisation"),)

    def __str__(self) -> str:
        return self.name


class NumberSeries(models.Model):
    """The last number given in a series in a year."""

    series = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["series", "year"], name="one_series_per_year"),)

    def __str__(self) -> str:
        return f"{self.series}-{self.year}: {self.last}"
