"""What is sold and run: service types, and the questionnaires and fee schedules beside them."""

from typing import Any, override

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.catalogue import actions, queries
from cordee.catalogue.models import KIND_LABELS, QUESTIONNAIRE_LABELS, ServiceType
from cordee.catalogue.queries import Kept
from cordee.catalogue.rules import LONGEST_CHANGE, ServiceChanges, asked_as
from cordee.catalogue.states import QuestionnaireKind, ServiceKind
from cordee.kernel import clock
from cordee.kernel.bounds import CAPACITY, COLD_AFTER, HALF_DAYS, MINUTES
from cordee.kernel.permissions import Permission
from cordee.web.office.forms import EditForm, changes_of
from cordee.web.office.papers import PaperField, TakeAway, new_file
from cordee.web.pages import HouseForm, carry_out, page, status_of
from cordee.web.request import Request

_ASKED = {
    QuestionnaireKind.PLACEMENT: gettext_lazy(
        "Asked of each participant with the joining instructions; its facilitators adapt the session to it."
    ),
    QuestionnaireKind.CHECK: gettext_lazy(
        "Asked of each who was there, with the certificate. The same questions as before show what was learned."
    ),
    QuestionnaireKind.HOT: gettext_lazy("Asked of each who was there, with the certificate."),
    QuestionnaireKind.COLD: gettext_lazy("Asked of each who was there, weeks later."),
    QuestionnaireKind.CLIENT: gettext_lazy(
        "Asked of the client’s contact once the last session is recorded."
    ),
    QuestionnaireKind.FACILITATOR: gettext_lazy("Asked of each who ran the session, once it is recorded."),
}
_SAME = -1
"""Among the questionnaires to choose from: the one that is asked before the session."""
QUESTIONNAIRES = tuple(f"{kind}_questionnaire_id" for kind in QuestionnaireKind)
_BESIDE = ("check_on_certificate", "cold_after_days")
FIELDS = ("code", "name", "kind", "minutes", "half_days", "capacity")


class ServiceForm(HouseForm):
    """A service type."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KIND_LABELS.items()))
    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"),
        **MINUTES.of_field,
        help_text=gettext_lazy("Lunch breaks left out: 180 for 3 h, 420 for a day of 7 h."),
    )
    half_days = forms.IntegerField(
        label=gettext_lazy("Half-days"),
        **HALF_DAYS.of_field,
        initial=1,
        help_text=gettext_lazy("Presence and signatures are taken once per half-day."),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Participants per facilitator"), **CAPACITY.of_field, initial=14
    )
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("For exports: letters, digits, hyphens. Made from the name when left empty."),
    )

    def clean(self) -> dict[str, Any]:
        """Make the code from the name when none is given."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("code") and data.get("name") and "code" not in self.errors:
            data["code"] = slugify(data["name"])[:30].strip("-") or "service"
        return data


class ChangeServiceForm(ServiceForm, EditForm):
    """A service type as it stands on record."""

    is_active = forms.BooleanField(
        label=gettext_lazy("On sale"),
        required=False,
        help_text=gettext_lazy("No longer on sale, it stays on the orders that have it."),
    )
    programme = forms.CharField(
        label=gettext_lazy("Programme"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Objectives, content, methods, prerequisites: participants read it on their page."
        ),
    )
    programme_file = PaperField(label=gettext_lazy("Programme as a document"))
    programme_change = forms.CharField(
        label=gettext_lazy("What changes in the programme"),
        required=False,
        max_length=LONGEST_CHANGE,
        help_text=gettext_lazy("A sentence beside the new version, for colleagues and auditors."),
    )
    no_programme_file = TakeAway()
    registration_fields = forms.CharField(
        label=gettext_lazy("Asked of those who register themselves"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Beside name and e-mail; one thing per line, such as “Department”. They may leave it empty."
        ),
    )

    check_on_certificate = forms.BooleanField(
        label=gettext_lazy("Result of the check on the certificate of participation"),
        required=False,
        help_text=gettext_lazy("Who gives it after the certificate was issued gets one that replaces it."),
    )
    cold_after_days = forms.IntegerField(
        label=gettext_lazy("Days from the session to the cold survey"), **COLD_AFTER.of_field
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = [kept.questionnaire for kept in queries.questionnaires() if kept.published]
        for kind, label in QUESTIONNAIRE_LABELS.items():
            fitting = [(q.pk, q.name) for q in published if QuestionnaireKind(q.kind) in asked_as(kind)]
            if kind == QuestionnaireKind.CHECK:
                fitting.insert(0, (_SAME, _("The same questions as before the session")))
            self.fields[f"{kind}_questionnaire_id"] = forms.TypedChoiceField(
                label=label,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("None: nothing is asked")), *fitting],
                help_text=_ASKED[kind],
            )
        if self.initial["check_questionnaire_id"] == self.initial["placement_questionnaire_id"] is not None:
            self.initial["check_questionnaire_id"] = _SAME
        self.order_fields([*(name for name in self.fields if name not in _BESIDE), *_BESIDE])

    @override
    def clean(self) -> dict[str, Any]:
        """Have the check ask what the placement questionnaire asks, whichever that is now."""
        data = super().clean()
        if data.get("check_questionnaire_id") == _SAME:
            data["check_questionnaire_id"] = data.get("placement_questionnaire_id")
            if data["check_questionnaire_id"] is None and "placement_questionnaire_id" not in self.errors:
                self.add_error("check_questionnaire_id", _("No question is asked before the session."))
        return data

    def clean_registration_fields(self) -> list[str]:
        """Return one label for each line that holds something."""
        lines = self.cleaned_data["registration_fields"].splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]


@page(Permission.VIEW_CATALOGUE)
def catalogue(request: Request) -> HttpResponse:
    """Show the services and the fee schedules, with the one in force today."""
    schedules = list(queries.fee_schedules())
    today = clock.today()
    services = list(queries.service_types())
    context = {
        "services": services,
        "questionnaires": [(kept, _askers(kept, services)) for kept in queries.questionnaires()],
        "schedules": schedules,
        "in_force": next((s for s in schedules if s.valid_from <= today), None),
        "today": today,
        "may_edit": request.viewer.actor.may(Permission.EDIT_CATALOGUE),
    }
    return render(request, "office/catalogue.html", context)


def _askers(kept: Kept, services: list[ServiceType]) -> list[ServiceType]:
    return [s for s in services if kept.questionnaire.pk in {getattr(s, name) for name in QUESTIONNAIRES}]


@page(Permission.EDIT_CATALOGUE)
def new_service(request: Request) -> HttpResponse:
    form = ServiceForm(request.POST or None)

    def do() -> str:
        values = {**changes_of(form, *FIELDS), "kind": ServiceKind(form.cleaned_data["kind"])}
        actions.add_service_type(**values, by=request.viewer.actor)
        return reverse("catalogue")

    if form.is_valid():
        answer = carry_out(
            request, form, do, done=_("The service is added. Set its fees in the fee schedule.")
        )
        if answer:
            return answer
    return render(request, "office/new_service.html", {"form": form}, status=status_of(form))


@page(Permission.EDIT_CATALOGUE)
def change_service(request: Request, service_id: int) -> HttpResponse:
    service = queries.service_types().filter(pk=service_id).first()
    if service is None:
        raise Http404
    names = (*FIELDS, "is_active", "programme", "registration_fields", *_BESIDE, *QUESTIONNAIRES)
    initial = {name: getattr(service, name) for name in names}
    initial["registration_fields"] = "\n".join(service.registration_fields)
    form = ChangeServiceForm(
        request.POST or None, request.FILES or None, initial=initial, version=service.version
    )
    if service.programme_file_id is None:
        del form.fields["no_programme_file"]

    def do() -> str:
        actions.change_service_type(
            service_type_id=service.pk,
            changes=ServiceChanges(**changes_of(form, *names)),
            programme_file=new_file(form, "programme_file"),
            programme_change=form.cleaned_data["programme_change"],
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return reverse("catalogue")

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The service is changed."))
        if answer:
            return answer
    context = {"service": service, "form": form}
    return render(request, "office/change_service.html", context, status=status_of(form))
