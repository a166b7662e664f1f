"""The forms of “How I am paid”: each asks what the kind of supplier needs, and nothing else."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.catalogue.models import ServiceType
from cordee.invoices.content import VatRule
from cordee.kernel.bounds import YEARS_ON_RECORD
from cordee.suppliers.models import PAPER_LABELS
from cordee.suppliers.rules.accounts import LONGEST_HOLDER
from cordee.suppliers.rules.regimes import choices
from cordee.suppliers.states import SupplierKind
from cordee.web.fields import DayField
from cordee.web.pages import HouseForm


class VatForm(HouseForm):
    """Whether VAT is charged, in plain words."""

    prefix = "vat"
    rule = forms.ChoiceField(label=gettext_lazy("Is VAT charged?"), widget=forms.RadioSelect)
    attested_on = DayField(
        label=gettext_lazy("Date of the attestation"),
        required=False,
        years_before=YEARS_ON_RECORD,
        years_after=0,
        help_text=gettext_lazy("Only for exempt training: the cerfa 3511 that the tax office returned."),
    )
    attestation = forms.FileField(
        label=gettext_lazy("The attestation"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
        help_text=gettext_lazy("PDF or photo, at most 10 MB."),
    )
    service_type = forms.TypedChoiceField(
        label=gettext_lazy("For which services?"), required=False, coerce=int, empty_value=None
    )
    since = DayField(
        label=gettext_lazy("Since"),
        years_before=YEARS_ON_RECORD,
        years_after=1,
        help_text=gettext_lazy("The day of the session decides, not the day of the invoice."),
    )

    def __init__(
        self, *args: Any, kind: SupplierKind, services: list[ServiceType], since: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"since": since, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        rule: Any = self.fields["rule"]
        rule.choices = [(one, _in_plain_words(one)) for one in choices(kind)]
        service: Any = self.fields["service_type"]
        service.choices = [("", _("All services")), *((s.pk, s.name) for s in services)]


def _in_plain_words(rule: VatRule) -> str:
    return {
        VatRule.FRANCHISE: _("No: my turnover is below the threshold (franchise en base, art. 293 B)"),
        VatRule.EXEMPT_TRAINING: _("No: my trainings are exempt, I have the attestation (art. 261-4-4° a)"),
        VatRule.STANDARD: _("Yes, at 20 %: I have a VAT number"),
        VatRule.REVERSE_CHARGE: _("No: the customer declares it (reverse charge)"),
    }[rule]


class AccountForm(HouseForm):
    """Where money goes."""

    prefix = "bank"
    holder = forms.CharField(
        label=gettext_lazy("Holder of the account"),
        max_length=LONGEST_HOLDER,
        help_text=gettext_lazy("As it stands on the bank's document (RIB): the bank compares it."),
    )
    iban = forms.CharField(
        label=gettext_lazy("IBAN"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    bic = forms.CharField(
        label=gettext_lazy("BIC"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("May be left out within the euro area."),
    )


class PaperForm(HouseForm):
    """A legal paper."""

    prefix = "paper"
    kind = forms.ChoiceField(label=gettext_lazy("Which paper?"), choices=list(PAPER_LABELS.items()))
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
        help_text=gettext_lazy("PDF or photo, at most 10 MB."),
    )
    dated = DayField(label=gettext_lazy("Date of the paper"), years_before=YEARS_ON_RECORD, years_after=0)
    expires_on = DayField(
        label=gettext_lazy("Valid until"),
        required=False,
        years_before=0,
        years_after=YEARS_ON_RECORD,
        help_text=gettext_lazy("Only for an insurance: the other papers prove something for six months."),
    )


class CapacityForm(HouseForm):
    """In which quality somebody signs."""

    prefix = "mandate"
    capacity = forms.CharField(
        label=gettext_lazy("In the quality of"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Such as “gérante” or “président”: who signs must be allowed to."),
    )


class CodeForm(HouseForm):
    """The code of the mail."""

    prefix = "code"
    code = forms.CharField(
        label=gettext_lazy("Code of six digits"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class RevokeForm(HouseForm):
    """Why a mandate ends."""

    prefix = "revoke"
    reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
