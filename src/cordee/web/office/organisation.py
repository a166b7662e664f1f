"""The organisation's identity, brand and policies."""

from collections.abc import Collection

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csp import csp_override

from cordee.clients.models import SECTOR_LABELS
from cordee.files import queries as files
from cordee.kernel.names import compact
from cordee.kernel.permissions import Permission
from cordee.organisation import actions
from cordee.organisation.queries import the_organisation
from cordee.organisation.rules import PAPERS_FROM, POLICY_DAYS, OrganisationChanges
from cordee.pdf import pictures
from cordee.web.office.forms import EditForm, changes_of
from cordee.web.office.papers import new_file
from cordee.web.pages import carry_out, page, status_of
from cordee.web.request import Request

IDENTITY = ("name", "legal_form", "siret", "activity_declaration_number", "prefect_region")
SIGNS = ("representative", "representative_role")
REACH = ("address", "postal_code", "city", "phone", "reply_to")
BRAND = ("accent_colour",)
POLICIES = (
    "once_a_month",
    "enrol_before_days",
    "list_closes_days_before",
    "answer_within_days",
    "presence_within_days",
    "complaint_within_days",
    "confidential_within_days",
    "hold_coordination",
    "sheet_sectors",
)
PAYING = (
    "vat_number",
    "electronic_address",
    "bank_iban",
    "bank_bic",
    "monthly_invoices",
    "payment_terms_days",
    "contest_within_days",
    "iban_cooling_days",
    "papers_from_amount",
    "papers_hold",
    "transmit_invoices",
)
FIELDS = (*IDENTITY, *SIGNS, *REACH, *BRAND, *POLICIES, *PAYING)
_DRAWN_ONLY: dict[str, Collection[str] | str] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": ["data:"],
    "sandbox": "",
}
"""An SVG opened on its own is a page: it may draw itself and nothing else."""


class OrganisationForm(EditForm):
    """Everything the house says of itself, and how it works."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    legal_form = forms.CharField(label=gettext_lazy("Legal form"), required=False, max_length=100)
    siret = forms.CharField(
        label=gettext_lazy("SIRET"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    activity_declaration_number = forms.CharField(
        label=gettext_lazy("Activity declaration number"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Printed on every document that a training organisation issues."),
    )
    prefect_region = forms.CharField(
        label=gettext_lazy("Registered with the prefect of the region"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("As it reads in the sentence, such as “d’Île-de-France”."),
    )
    representative = forms.CharField(
        label=gettext_lazy("Legal representative"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("First and last name of who signs the certificates."),
    )
    representative_role = forms.CharField(
        label=gettext_lazy("In the quality of"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Such as “Directrice” or “Président”; certificates of realisation need both."),
    )
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=300)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), required=False, max_length=12)
    city = forms.CharField(label=gettext_lazy("City"), required=False, max_length=100)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    reply_to = forms.EmailField(
        label=gettext_lazy("Address for replies"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Where answers to our e-mails go: a mailbox that somebody reads."),
    )
    logo = forms.FileField(
        label=gettext_lazy("New logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/svg+xml"}),
        help_text=gettext_lazy("PNG, JPEG or SVG, at most 1 MB. It stands on pages, e-mails and documents."),
    )
    no_logo = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)
    accent_colour = forms.RegexField(
        label=gettext_lazy("Colour"),
        regex=r"^#[0-9a-fA-F]{6}\Z",
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=gettext_lazy(
            "Buttons and links take it; it is made darker or lighter until it reads well."
        ),
    )
    once_a_month = forms.BooleanField(
        label=gettext_lazy("At most one fee request per mission and month"),
        required=False,
        help_text=gettext_lazy(
            "Finance may allow one more, with a reason. Off: fees are asked for as often as sessions end; "
            "coordinators and facilitators read so on their pages."
        ),
    )
    enrol_before_days = forms.IntegerField(
        label=gettext_lazy("Participants enrolled, days before the session"),
        **POLICY_DAYS["enrol_before_days"].of_field,
    )
    list_closes_days_before = forms.IntegerField(
        label=gettext_lazy("The client's own list closes, days before the session"),
        **POLICY_DAYS["list_closes_days_before"].of_field,
        help_text=gettext_lazy("Afterwards the coordinator still can change it. 0: when the session begins."),
    )
    answer_within_days = forms.IntegerField(
        label=gettext_lazy("Facilitators answer within, days"), **POLICY_DAYS["answer_within_days"].of_field
    )
    presence_within_days = forms.IntegerField(
        label=gettext_lazy("Presence recorded within, days after the session"),
        **POLICY_DAYS["presence_within_days"].of_field,
    )
    complaint_within_days = forms.IntegerField(
        label=gettext_lazy("Complaints decided within, days"),
        **POLICY_DAYS["complaint_within_days"].of_field,
    )
    confidential_within_days = forms.IntegerField(
        label=gettext_lazy("Confidential complaints decided within, days"),
        **POLICY_DAYS["confidential_within_days"].of_field,
        help_text=gettext_lazy("Those about how a person behaved: violence, harassment, discrimination."),
    )

    hold_coordination = forms.BooleanField(
        label=gettext_lazy("The coordination fee waits for the sheets of its mission"),
        required=False,
        help_text=gettext_lazy("Those who ran a session always wait for its sheet."),
    )
    sheet_sectors = forms.MultipleChoiceField(
        label=gettext_lazy("An attendance sheet is needed for"),
        required=False,
        choices=list(SECTOR_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Their sessions are proven once quality has accepted the sheet, or everybody has signed; elsewhere "
            "presence is enough."
        ),
    )

    vat_number = forms.CharField(
        label=gettext_lazy("VAT number"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Stands on invoices; empty where the organisation has none."),
    )
    electronic_address = forms.CharField(
        label=gettext_lazy("Address for electronic invoices"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("As your approved platform gives it; empty: the SIREN."),
    )
    bank_iban = forms.CharField(
        label=gettext_lazy("IBAN that pays"),
        required=False,
        max_length=42,
        help_text=gettext_lazy("The organisation's own account, from which suppliers are paid."),
    )
    bank_bic = forms.CharField(label=gettext_lazy("Its BIC"), required=False, max_length=11)
    monthly_invoices = forms.BooleanField(
        label=gettext_lazy("One invoice per supplier and month, over all missions"),
        required=False,
        help_text=gettext_lazy("Otherwise one for each fee request that finance approves."),
    )
    payment_terms_days = forms.IntegerField(
        label=gettext_lazy("Invoices are due after, days"), **POLICY_DAYS["payment_terms_days"].of_field
    )
    contest_within_days = forms.IntegerField(
        label=gettext_lazy("A supplier may contest an invoice for, days"),
        **POLICY_DAYS["contest_within_days"].of_field,
        help_text=gettext_lazy("The mandate they sign says the same number."),
    )
    iban_cooling_days = forms.IntegerField(
        label=gettext_lazy("A new bank account waits, days"),
        **POLICY_DAYS["iban_cooling_days"].of_field,
        help_text=gettext_lazy(
            "Nothing is paid to it before: time to notice a change that nobody asked for."
        ),
    )
    papers_from_amount = forms.IntegerField(
        label=gettext_lazy("Legal papers are due from, € excl. VAT in a year"), **PAPERS_FROM.of_field
    )
    papers_hold = forms.BooleanField(
        label=gettext_lazy("A missing or expired legal paper holds payments"),
        required=False,
        help_text=gettext_lazy("Otherwise it is said, and paid."),
    )
    transmit_invoices = forms.BooleanField(
        label=gettext_lazy("Invoices go to an approved platform"),
        required=False,
        help_text=gettext_lazy("For organisations that electronic invoicing already concerns."),
    )

    def clean_vat_number(self) -> str:
        """Take the number as it is copied, with any kind of space between."""
        return compact(self.cleaned_data["vat_number"])

    def clean_bank_iban(self) -> str:
        """Take the number as it is copied, in groups of four."""
        return compact(self.cleaned_data["bank_iban"])

    def clean_bank_bic(self) -> str:
        return compact(self.cleaned_data["bank_bic"])

    def clean_siret(self) -> str:
        """Take the digits as they are copied, with any kind of space between."""
        return compact(self.cleaned_data["siret"])

    def group(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]


@page(Permission.EDIT_SETTINGS)
def organisation_page(request: Request) -> HttpResponse:
    """Show and change the organisation. What is late in lists and to-do follows the policies."""
    found = request.viewer.organisation
    form = OrganisationForm(
        request.POST or None,
        request.FILES or None,
        initial={name: getattr(found, name) for name in FIELDS},
        version=found.version,
    )

    def do() -> str:
        changes = OrganisationChanges(**changes_of(form, *FIELDS))
        actions.update(
            changes=changes,
            logo=new_file(form, "logo"),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return reverse("organisation")

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The organisation is saved."))
        if answer:
            return answer
    context = {
        "form": form,
        "has_logo": found.logo_id is not None,
        "identity": form.group(*IDENTITY, *SIGNS),
        "reach": form.group(*REACH),
        "policies": form.group(*POLICIES),
        "paying": form.group(*PAYING),
    }
    return render(request, "office/organisation.html", context, status=status_of(form))


@csp_override(_DRAWN_ONLY)
def logo(request: Request) -> HttpResponse:
    """Return the logo, to everybody: it stands on the log-in page and on personal-link pages too."""
    stored = the_organisation().logo
    if stored is None:
        raise Http404
    try:
        picture = pictures.read(files.content(stored))  # again: rules become stricter
    except pictures.NotAPictureError as error:
        raise Http404 from error
    response = HttpResponse(picture.content, content_type=picture.kind)
    # The address changes with the picture (see web/context.py): what was fetched once is good for a year.
    known = request.GET.get("v") == str(stored.pk)
    response["Cache-Control"] = "public, max-age=31536000, immutable" if known else "public, max-age=300"
    return response
