"""The forms that say who a supplier is by law: each asks what its kind needs, and nothing else."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel.bounds import YEARS_ON_RECORD
from cordee.suppliers.models import KIND_LABELS, Supplier
from cordee.suppliers.rules.identity import SupplierChanges
from cordee.suppliers.states import SOLE_TRADERS, SupplierKind
from cordee.web.fields import DayField
from cordee.web.office.clients import countries
from cordee.web.office.forms import EditForm, LightSelect
from cordee.web.pages import HouseForm

_PLACE = ("address", "postal_code", "city")
_ONE_PERSON = ("name", "trade_name", "siret", "vat_number", *_PLACE, "email", "activity_number")
FIELDS_OF = {
    SupplierKind.SOLE_TRADER: _ONE_PERSON,
    SupplierKind.MICRO: _ONE_PERSON,
    SupplierKind.COMPANY: (
        *("name", "legal_form", "siret", "vat_number"),
        *(*_PLACE, "email", "activity_number", "sends_invoices"),
    ),
    SupplierKind.ASSOCIATION: (
        *("name", "siret", "vat_number"),
        *(*_PLACE, "email", "activity_number", "sends_invoices"),
    ),
    SupplierKind.UMBRELLA: (
        *("name", "legal_form", "siret", "vat_number"),
        *(*_PLACE, "email", "sends_invoices"),
    ),
    SupplierKind.ABROAD: ("name", "legal_form", "country", "foreign_number", "vat_number", *_PLACE, "email"),
}
"""What each kind is asked."""
_NUMBERS = {"inputmode": "numeric"}
OWN, MADE = "own", "made"
"""Who makes the invoices: the supplier, or the organisation in its name."""


class StructureForm(HouseForm):
    """Who a supplier is by law."""

    name = forms.CharField(label=gettext_lazy("Registered name"), max_length=200)
    trade_name = forms.CharField(
        label=gettext_lazy("Trade name"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("If you have one."),
    )
    legal_form = forms.CharField(
        label=gettext_lazy("Legal form"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("As on its invoices: “SARL au capital de 1 000 €, RCS Lille”."),
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), widget=LightSelect)
    foreign_number = forms.CharField(
        label=gettext_lazy("Registration number"),
        max_length=40,
        help_text=gettext_lazy("In the register of its country."),
    )
    siret = forms.CharField(
        label=gettext_lazy("SIRET"),
        max_length=30,
        widget=forms.TextInput(attrs=_NUMBERS),
        help_text=gettext_lazy("14 digits."),
    )
    vat_number = forms.CharField(
        label=gettext_lazy("VAT number"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Only if VAT is charged, such as FR32123456789."),
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), required=False, max_length=12)
    city = forms.CharField(label=gettext_lazy("City"), max_length=100)
    email = forms.EmailField(
        label=gettext_lazy("E-mail for invoices"),
        max_length=254,
        help_text=gettext_lazy(
            "Invoices, the code of the mandate and questions about the bank account go there."
        ),
    )
    activity_number = forms.CharField(
        label=gettext_lazy("Activity number (NDA)"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=_NUMBERS),
        help_text=gettext_lazy(
            "11 digits, given by the prefecture to who runs trainings. Leave out if you have none."
        ),
    )
    sends_invoices = forms.ChoiceField(
        label=gettext_lazy("Who makes the invoices?"),
        widget=forms.RadioSelect,
        choices=[
            (MADE, gettext_lazy("You make them for us, and send us a copy (autofacturation)")),
            (OWN, gettext_lazy("We send our own invoices")),
        ],
    )

    def __init__(self, *args: Any, kind: SupplierKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = {*FIELDS_OF[kind], "form_token", "since", "expected_version", "kind"}
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        if kind in SOLE_TRADERS:
            self.fields["name"].label = _("First and last name, as registered")
        if "country" in self.fields:
            field: Any = self.fields["country"]
            field.choices = [one for one in countries() if one[0] != "FR"]

    def values(self, kind: SupplierKind) -> dict[str, Any]:
        """Return what was typed, as an action takes it."""
        found = {name: self.cleaned_data[name] for name in FIELDS_OF[kind] if name in self.fields}
        if "sends_invoices" in found:
            found["sends_invoices"] = found["sends_invoices"] == OWN
        return found


class NewStructureForm(StructureForm):
    """A supplier that is not known yet."""

    since = DayField(
        label=gettext_lazy("I bill through it since"),
        years_before=YEARS_ON_RECORD,
        years_after=1,
        help_text=gettext_lazy("Sessions from this day on are invoiced through it."),
    )


class ChangeStructureForm(StructureForm, EditForm):
    """A supplier as it stands on record. Who makes its invoices is for those who bill through it to say: `by_office`
    leaves that out.
    """

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))

    field_order = ("kind",)

    def __init__(self, data: Any, *, supplier: Supplier, by_office: bool) -> None:
        kind = SupplierKind(supplier.kind)
        initial = {name: getattr(supplier, name) for name in FIELDS_OF[kind]}
        initial |= {"kind": kind, "sends_invoices": OWN if supplier.sends_invoices else MADE}
        super().__init__(data, kind=kind, initial=initial, version=supplier.version)
        others = SOLE_TRADERS if kind in SOLE_TRADERS else {kind}
        field: Any = self.fields["kind"]
        field.choices = [(k, KIND_LABELS[k]) for k in KIND_LABELS if k in others]
        if by_office:
            self.fields.pop("sends_invoices", None)

    def changes(self) -> SupplierChanges:
        """Return what was typed, as an action takes it."""
        kind = SupplierKind(self.cleaned_data["kind"])
        return SupplierChanges(kind=kind, **self.values(kind))
