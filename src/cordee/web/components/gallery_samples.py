"""Sample data of the gallery: the mission of the reference look. Nobody here exists."""

from types import SimpleNamespace as Row
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.web.components.gallery_mission import mission
from cordee.web.components.icons import ICONS

TOAST = gettext_lazy("Group C saved: 7 participants, 7 joining instructions ready to leave.")


class SampleForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title of the session"), max_length=80)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("The joining instructions go to this address.")
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Place"),
        choices=[("hall", gettext_lazy("Town hall, wedding room")), ("video", gettext_lazy("Video call"))],
    )
    on = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(label=gettext_lazy("Start"), widget=forms.TimeInput(attrs={"type": "time"}))
    capacity = forms.IntegerField(label=gettext_lazy("Capacity"), min_value=1, max_value=500, required=False)
    half = forms.ChoiceField(
        label=gettext_lazy("Length"),
        widget=forms.RadioSelect,
        choices=[
            ("half", gettext_lazy("3 hours, one half-day")),
            ("day", gettext_lazy("7 hours, two half-days")),
        ],
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Access needs"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("step", gettext_lazy("Step-free access")), ("loop", gettext_lazy("Hearing loop"))],
    )
    note = forms.CharField(
        label=gettext_lazy("Practical information"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    sheet = forms.FileField(
        label=gettext_lazy("Signed sheet"),
        required=False,
        help_text=gettext_lazy("A photo or a PDF, 20 MB at most."),
    )
    told = forms.BooleanField(label=gettext_lazy("The client knows the date"))


class SampleFilters(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("run", gettext_lazy("In progress")),
            ("closed", gettext_lazy("Closed")),
        ],
    )
    since = forms.DateField(
        label=gettext_lazy("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


def context() -> dict[str, Any]:
    return {**_frame(), **mission(), **_people(), **_pieces()}


def _frame() -> dict[str, Any]:
    nav = [
        ("To do", "todo", 3),
        ("My missions", "mission", 0),
        ("My sessions", "calendar", 0),
        ("My fees", "fees", 0),
        ("Clients", "client", 0),
        ("Quality", "quality", 0),
    ]
    labels = [_("To do"), _("My missions"), _("My sessions"), _("My fees"), _("Clients"), _("Quality")]
    return {
        "navigation": [
            Row(label=label, url="#", icon=icon, count=count, current=icon == "mission")
            for label, (_english, icon, count) in zip(labels, nav, strict=True)
        ],
        "account_name": "Camille Rousset",
        "account_menu": [
            Row(label=_("My file"), url="#", icon="user"),
            Row(label=_("Settings"), url="#", icon="settings"),
        ],
        "search_url": "#",
        "demo": True,
        "nothing": [],
        "house_version": "0.1.0",
    }


def _people() -> dict[str, Any]:
    half_days = [Row(label=_("Thu. 14 Jan., morning")), Row(label=_("Thu. 14 Jan., afternoon"))]
    marks = {
        "Amina Diallo": ("present", "present"),
        "Bastien Le Goff": ("present", "late"),
        "Chloé Nguyễn": ("excused", "absent"),
        "Łukasz Wójcik": ("", ""),
    }
    return {
        "half_days": half_days,
        "people": [
            Row(
                name=name,
                detail=_("group C"),
                cells=[
                    Row(name=f"presence-{i}-{j}", value=value, label=half_days[j].label)
                    for j, value in enumerate(values)
                ],
            )
            for i, (name, values) in enumerate(marks.items())
        ],
        "contact": [
            Row(label=_("Client contact"), value="Sophie Lefèvre"),
            Row(label=_("Phone"), value="06 12 34 56 78", url="tel:+33612345678"),
            Row(label=_("Place"), value=_("Town hall, wedding room, 2 place de la République, Valmont")),
        ],
    }


def _pieces() -> dict[str, Any]:
    return {**_signs(), **_ways(), **_forms()}


def _signs() -> dict[str, Any]:
    return {
        "blockers": [
            Row(
                message=_(
                    "The sheet of workshop C is not conform: one signature is missing on the afternoon."
                ),
                fix=_("Ask Élodie Martin to deposit it again"),
                fix_url="#",
                turn="Élodie Martin",
            ),
            Row(
                message=_("Fees were already requested for this mission in January."),
                fix=_("The next request opens on 1 February; finance may allow one earlier."),
                fix_url="",
                turn=_("Finance"),
            ),
        ],
        "stats": [
            Row(value=3, label=_("sheets to check"), url="#", detail=_("oldest: 4 days"), kind="late"),
            Row(value=12, label=_("fee requests to approve"), url="#", detail=_("2 early ones"), kind="wait"),
            Row(value=0, label=_("mails that failed"), url="#", detail=_("all arrived"), kind="done"),
            Row(value=7, label=_("missions ready to bill"), url="#", detail="", kind=""),
        ],
        "kinds": [
            ("done", _("confirmed")),
            ("wait", _("invited")),
            ("late", _("before 2 Dec.")),
            ("stop", _("not conform")),
            ("go", _("In progress")),
            ("neutral", _("to print")),
        ],
        "icon_names": sorted(ICONS),
        "themes": ("light", "dark"),
    }


def _ways() -> dict[str, Any]:
    return {
        "tabs": [
            Row(label=_("Running"), url="#", current=True, count=4),
            Row(label=_("Closed"), url="#", current=False, count=31),
            Row(label=_("All"), url="#", current=False, count=None),
        ],
        "steps": [
            Row(label=_("Paste"), state="done", url="#"),
            Row(label=_("Check"), state="now", url=""),
            Row(label=_("Enrol"), state="todo", url=""),
        ],
        "page": Paginator(range(180), 15).page(3),
    }


def _forms() -> dict[str, Any]:
    wrong = SampleForm({"title": _("Workshop A"), "email": "sophie@", "at": "09:00", "half": "half"})
    return {
        "form": SampleForm(auto_id="ok_%s"),
        "wrong_form": wrong,
        "filter_form": SampleFilters(auto_id="filter_%s"),
    }
