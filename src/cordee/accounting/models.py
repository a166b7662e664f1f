"""The books: entries of closed months, as they were written. Nothing in here is ever changed (LPF, art. A47 A-1)."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.accounting.states import Book

BOOK_LABELS = {Book.PURCHASES: _("Purchases"), Book.BANK: _("Bank")}
ACCOUNT_LENGTH = 20
AN_ACCOUNT = RegexValidator(
    r"\A[1-7][0-9]{2}[0-9A-Z]*\Z", _("An account has three digits or more: 622600 for instance.")
)
A_JOURNAL = RegexValidator(
    r"\A[A-Z0-9]{1,6}\Z", _("A journal has one to six capitals or digits: HA for instance.")
)


class Accounts(models.Model):
    """The accounts and journals that entries are written to: one row, with those of the general chart of accounts
    (PCG) unless somebody chose others.
    """

    fees = models.CharField(max_length=ACCOUNT_LENGTH, default="622600", validators=[AN_ACCOUNT])
    deductible_vat = models.CharField(max_length=ACCOUNT_LENGTH, default="445660", validators=[AN_ACCOUNT])
    vat_due = models.CharField(max_length=ACCOUNT_LENGTH, default="445200", validators=[AN_ACCOUNT])
    """Of what is bought abroad: the customer owes it (CGI, art. 283-2)."""
    suppliers = models.CharField(max_length=ACCOUNT_LENGTH, default="401000", validators=[AN_ACCOUNT])
    bank = models.CharField(max_length=ACCOUNT_LENGTH, default="512000", validators=[AN_ACCOUNT])
    purchases_journal = models.CharField(max_length=6, default="HA", validators=[A_JOURNAL])
    bank_journal = models.CharField(max_length=6, default="BQ", validators=[A_JOURNAL])
    deducts_vat = models.BooleanField(default=True)
    """An organisation whose training is exempt deducts none: VAT is then part of what it pays for fees."""

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_set_of_accounts"),)

    def __str__(self) -> str:
        return f"{self.fees} {self.suppliers} {self.bank}"


class ClosedMonth(models.Model):
    """A month whose entries are written."""

    first_day = models.DateField(unique=True)
    closed_at = models.DateTimeField()
    closed_by = models.BigIntegerField(null=True)
    invoices = models.PositiveIntegerField(default=0)
    """With credit notes. What its entries come to is kept here: years of them are not added up for a page."""
    excl = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    vat = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    total = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    paid = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    """Less what came back."""

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"


class Entry(models.Model):
    """What one invoice or one transfer writes. Euros; below zero what takes another one back."""

    month = models.ForeignKey(ClosedMonth, on_delete=models.PROTECT, related_name="entries")
    book = models.CharField(max_length=9, choices=list(BOOK_LABELS.items()))
    journal = models.CharField(max_length=6)
    """Its code, as it was when it was written."""
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    """In its journal and year, from 1, without a gap."""
    day = models.DateField()
    """Its own day, or the first of the month when that day was closed already."""
    piece = models.CharField(max_length=60)
    piece_on = models.DateField()
    supplier = models.ForeignKey("suppliers.Supplier", on_delete=models.PROTECT, related_name="+")
    supplier_name = models.CharField(max_length=200)
    excl = models.DecimalField(max_digits=12, decimal_places=2)
    vat = models.DecimalField(max_digits=12, decimal_places=2)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    """What the supplier is owed more by it; of a transfer, what was paid."""
    invoice = models.OneToOneField("invoices.Invoice", null=True, on_delete=models.PROTECT, related_name="+")
    received = models.OneToOneField(
        "fees.ReceivedInvoice", null=True, on_delete=models.PROTECT, related_name="+"
    )
    payment = models.ForeignKey("payments.Payment", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["journal", "year", "number"], name="one_entry_per_number"),
            models.UniqueConstraint(
                fields=["payment"], condition=models.Q(total__gt=0), name="paid_once_in_the_books"
            ),
            models.UniqueConstraint(
                fields=["payment"], condition=models.Q(total__lt=0), name="sent_back_once_in_the_books"
            ),
            models.CheckConstraint(
                condition=models.Q(book="purchases", payment=None)
                | models.Q(book="bank", payment__isnull=False),
                name="an_entry_is_of_its_book",
            ),
        )
        indexes = (models.Index(fields=["supplier", "day"], name="entries_of_supplier"),)

    def __str__(self) -> str:
        return f"{self.journal}{self.year}-{self.number}"


class EntryLine(models.Model):
    """One line of an entry; debits and credits of an entry are equal."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    account = models.CharField(max_length=ACCOUNT_LENGTH)
    name = models.CharField(max_length=60)
    """What the account is called: French, as the file for the tax administration is."""
    auxiliary = models.CharField(max_length=ACCOUNT_LENGTH, blank=True)
    """The supplier's own account, below that of all."""
    debit = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    credit = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["entry", "position"], name="one_line_of_an_entry_per_position"),
            models.CheckConstraint(
                condition=models.Q(debit__gt=0, credit=0) | models.Q(debit=0, credit__gt=0),
                name="debit_or_credit",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account}: {self.debit} {self.credit}"
