"""The forms of an order."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, override

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.catalogue import queries as catalogue
from cordee.clients.models import SECTOR_LABELS, Contact
from cordee.kernel import clock
from cordee.kernel.bounds import FEE, PARTICIPANTS, PRESTATIONS, PRICE, Bounds
from cordee.missions.models import Order
from cordee.missions.rules import LineDraft
from cordee.network.models import Facilitator
from cordee.web.fields import DayField
from cordee.web.office.forms import EditForm, LightSelect
from cordee.web.pages import HouseForm

MOST_LINES = 40


def money_field(label: Any, bounds: Bounds, **more: Any) -> forms.DecimalField:
    """Return a field for euros excluding VAT."""
    return forms.DecimalField(
        label=label, max_digits=10, decimal_places=2, required=False, **bounds.of_field, **more
    )


class AgreedForm(HouseForm):
    """What was agreed, quantities apart."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy(
            "What facilitators and the client call it, such as “4 workshops in parallel”."
        ),
    )
    agreed_on = DayField(years_before=5, years_after=1, label=gettext_lazy("Agreed on"), initial=clock.today)
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        choices=list(SECTOR_LABELS.items()),
        help_text=gettext_lazy(
            "Drives the fees, and whether participants must be enrolled before the session."
        ),
    )
    contact = forms.ChoiceField(label=gettext_lazy("Contact"), required=False, widget=LightSelect)
    funder = forms.CharField(
        label=gettext_lazy("Funder"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Who pays, if it is not the client: an OPCO, a foundation…"),
    )
    practical_information = forms.CharField(
        label=gettext_lazy("Practical information, for participants"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "They read it in their mails and on their page: access, equipment, what to bring."
        ),
    )
    internal_notes = forms.CharField(
        label=gettext_lazy("Internal notes, for the team"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Only the office and the coordinator read them; participants and the client never do."
        ),
    )

    def __init__(self, *args: Any, contacts: Iterable[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.choices = [("", _("None yet")), *((str(c.pk), c.full_name) for c in contacts)]

    def agreed(self) -> dict[str, Any]:
        """Return the values as the actions take them."""
        data = self.cleaned_data
        names = ("title", "agreed_on", "sector", "funder", "practical_information", "internal_notes")
        contact = data["contact"]
        return {**{name: data[name] for name in names}, "contact_id": int(contact) if contact else None}


def agreed_values(order: Order) -> dict[str, Any]:
    """Return what is on record as the form shows it."""
    return {
        "title": order.title,
        "agreed_on": order.agreed_on,
        "sector": order.sector,
        "contact": str(order.contact_id or ""),
        "funder": order.funder,
        "practical_information": order.practical_information,
        "internal_notes": order.internal_notes,
    }


class OrderForm(AgreedForm):
    """A new order, and at once who coordinates its mission."""

    coordinator = forms.ChoiceField(
        label=gettext_lazy("Coordinator"),
        required=False,
        widget=LightSelect,
        help_text=gettext_lazy("Gets the link to the mission by e-mail. Can be named later."),
    )

    def __init__(self, *args: Any, coordinators: Iterable[Facilitator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["coordinator"]
        field.choices = [("", _("To be named later")), *((str(f.pk), f.full_name) for f in coordinators)]


class LineForm(forms.Form):
    """One line of a new order. Empty fees come from the schedule."""

    service = forms.ChoiceField(label=gettext_lazy("Service"))
    quantity = forms.IntegerField(label=gettext_lazy("Prestations"), **PRESTATIONS.of_field)
    expected_participants = forms.IntegerField(
        label=gettext_lazy("Participants expected"), **PARTICIPANTS.of_field, required=False
    )
    unit_price = money_field(gettext_lazy("Unit price"), PRICE)
    facilitation_fee = money_field(gettext_lazy("Facilitation fee"), FEE)
    coordination_fee = money_field(gettext_lazy("Coordination fee"), FEE)

    def __init__(self, *args: Any, services: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["service"]
        field.choices = [("", ""), *services]
        # A row may stay empty: the browser must not insist.
        self.use_required_attribute = False

    def draft(self) -> LineDraft:
        data = self.cleaned_data
        return LineDraft(
            service_type_id=int(data["service"]),
            quantity=data["quantity"],
            expected_participants=data["expected_participants"] or 0,
            unit_price=data["unit_price"] or Decimal(0),
            facilitation_fee=data["facilitation_fee"],
            coordination_fee=data["coordination_fee"],
        )


class LineFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # not subscriptable when it runs
    """The lines of a new order; rows left empty do not count."""

    @override
    def initial_form_count(self) -> int:
        # Every row comes from the person, also those shown again after "add a line": any may be emptied.
        return 0 if self.is_bound else super().initial_form_count()

    def drafts(self) -> list[LineDraft]:
        return [form.draft() for form in self.forms if form.has_changed()]


def lines_formset(data: Any = None, *, typed: list[dict[str, Any]] | None = None) -> LineFormSet:
    """Return the rows as posted in `data`, or fresh ones that show what was `typed` and an empty one."""
    services = [(str(s.pk), s.name) for s in catalogue.service_types(active_only=True)]
    factory = forms.formset_factory(
        LineForm, formset=LineFormSet, extra=1, max_num=MOST_LINES, absolute_max=MOST_LINES
    )
    return factory(data, prefix="lines", initial=typed, form_kwargs={"services": services})  # type: ignore[return-value]


class AmendForm(EditForm):
    """Another number of prestations, and why."""

    quantity = forms.IntegerField(label=gettext_lazy("Prestations"), min_value=0, max_value=PRESTATIONS.most)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        error_messages={"required": gettext_lazy("Give a reason: it stays on record.")},
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What was agreed, with whom, when. It stays on record."),
    )


class PricesForm(EditForm):
    """What a line costs and pays."""

    expected_participants = forms.IntegerField(
        label=gettext_lazy("Participants expected"), **PARTICIPANTS.of_field, required=False
    )
    unit_price = money_field(
        gettext_lazy("Unit price"),
        PRICE,
        help_text=gettext_lazy("Euros excluding VAT, per prestation, charged to the client."),
    )
    facilitation_fee = money_field(
        gettext_lazy("Facilitation fee"),
        FEE,
        help_text=gettext_lazy(
            "Instead of the fee schedule, per prestation. Leave empty to follow the schedule."
        ),
    )
    coordination_fee = money_field(
        gettext_lazy("Coordination fee"),
        FEE,
        help_text=gettext_lazy(
            "Instead of the fee schedule, per prestation delivered. Leave empty to follow it."
        ),
    )
