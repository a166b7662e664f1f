"""The form that plans or changes a session: few fields, the rest prefilled."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, override

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from cordee.kernel import zones
from cordee.kernel.bounds import CAPACITY, PLANNING_YEARS
from cordee.kernel.periods import HalfDaySlot, NoSuchLocalTime, is_time_zone
from cordee.missions.models import Mission, OrderLine
from cordee.planning.models import MODE_LABELS, Session
from cordee.planning.rules import SessionDraft
from cordee.planning.states import MOST_SESSIONS_AT_ONCE, DeliveryMode
from cordee.web.coordination import half_days as half
from cordee.web.coordination.half_days import HalfDaysField
from cordee.web.coordination.team import TeamField
from cordee.web.coordination.typed_times import Times, misfit, spanned, times_of, wrong_end
from cordee.web.fields import DayField, QuestionField, VersionField
from cordee.web.pages import HouseForm

LANGUAGES = (
    ("fr", _("French")),
    ("en", _("English")),
    ("es", _("Spanish")),
    ("de", _("German")),
    ("it", _("Italian")),
    ("pt", _("Portuguese")),
    ("nl", _("Dutch")),
)
_AS_THEY_ARE = (
    "title",
    "mode",
    "place",
    "address",
    "video_link",
    "language",
    "capacity",
    "instructions",
    "time_zone",
)
"""Fields of the form that are fields of a session."""


class SessionForm(HouseForm):
    """When, where and for whom: what planning and changing have in common."""

    day = DayField(label=_("Day"), years_before=PLANNING_YEARS, years_after=PLANNING_YEARS)
    starts = forms.TimeField(label=_("Start"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(
        label=_("End"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Give the end.")},
    )
    half_days = HalfDaysField(label=_("Half-days"), required=False)
    derived = forms.CharField(widget=forms.HiddenInput, required=False)
    """The times from which the half-days were derived: when others are typed, they are derived again."""
    mode = forms.ChoiceField(
        label=_("On site or remote"), choices=list(MODE_LABELS.items()), widget=forms.RadioSelect
    )
    place = forms.CharField(
        label=_("Place"), required=False, max_length=200, help_text=_("Building, floor, room.")
    )
    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=300,
        help_text=_("Street, postcode, town: people get a map link."),
    )
    video_link = forms.URLField(label=_("Video link"), required=False, max_length=500, assume_scheme="https")
    title = forms.CharField(
        label=_("Name of the session"),
        required=False,
        max_length=190,
        help_text=_("Empty: the name of the service. Parallel sessions get a letter each."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    capacity = forms.IntegerField(
        label=_("Places"), **CAPACITY.of_field, help_text=_("People one session takes.")
    )
    instructions = forms.CharField(
        label=_("What people should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Access, what to bring: it goes into the joining instructions."),
    )
    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=50,
        widget=forms.TextInput(attrs={"list": "time-zones"}),
        help_text=_("Days and times above are local to it."),
    )
    regularised_because = forms.CharField(
        label=_("Reason for regularising"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only for a session that has begun already. It stays on record."),
    )

    zone_asked = ""
    """The zone of the address, when it is another than the one given: asked about once."""

    def __init__(self, *args: Any, may_regularise: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_regularise:
            del self.fields["regularised_because"]

    @override
    def clean(self) -> dict[str, Any]:
        """Keep what is saved to what is on the screen: the half-days are those of the times above them."""
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and (wrong := wrong_end(starts, ends)):
            self.add_error("ends", wrong)
            self.errors.pop("half_days", None)  # what is wrong is the end, not what was made of it
        elif starts and ends and data.get("day") and data.get("half_days"):
            wrong = misfit(Times(data["day"], starts, ends), data["half_days"])
            if wrong:
                self.add_error("half_days", wrong)
        self._ask_about_the_zone(data)
        return data

    def _ask_about_the_zone(self, data: Mapping[str, Any]) -> None:
        """Ask once when the address tells of another zone than the one that is given: sent again, it is taken."""
        on_site = data.get("mode") == DeliveryMode.ON_SITE
        told = zones.zone_of_place(data.get("address", "")) if on_site else ""
        given = data.get("time_zone", "")
        if not (told and is_time_zone(given)) or told == given:
            return
        self.zone_asked = told
        if self.data.get("zone_asked") != told:
            language = get_language() or "fr"
            words = {"there": zones.zone_text(told, language), "given": zones.zone_text(given, language)}
            question = gettext(
                "The address is where it is %(there)s, the times are %(given)s. Choose the time zone; "
                "if the times are right as they are, send the form again."
            )
            self.add_error("time_zone", question % words)

    def draft(self) -> SessionDraft:
        """Return the session as it is asked for."""
        data = self.cleaned_data
        plain = {name: data[name] for name in _AS_THEY_ARE if name != "mode"}
        return SessionDraft(half_days=data["half_days"], mode=DeliveryMode(data["mode"]), **plain)

    @property
    def rows(self) -> list[half.Row]:
        """Return the half-days as typed, or as they stand."""
        return list(self["half_days"].value() or [])

    @property
    def slots(self) -> tuple[HalfDaySlot, ...]:
        return tuple(slot for row in self.rows if (slot := half.slot_of(row)))

    @property
    def times(self) -> Times | None:
        """Return the day, the start and the end as typed, if they make sense together."""
        return times_of(*(self._text(name) for name in ("day", "starts", "ends")))

    @property
    def end_note(self) -> tuple[str, str]:
        """Return what to say beside an end that is not simply later that day: its kind and its words."""
        starts, ends = half.as_time(self._text("starts")), half.as_time(self._text("ends"))
        if starts is None or ends is None or starts < ends:
            return "", ""
        wrong = wrong_end(starts, ends)
        return ("late", wrong) if wrong else ("info", gettext("Ends the next day."))

    @property
    def zone_words(self) -> str:
        """Return the time zone as people name it, or as it was typed while it is none."""
        zone = self._text("time_zone")
        return zones.zone_text(zone, get_language() or "fr") if is_time_zone(zone) else zone

    @property
    def zone_elsewhere(self) -> str:
        """Return the time zone in words when it is not the organisation's."""
        return "" if self._text("time_zone") == zones.home() else self.zone_words

    def _text(self, name: str) -> str:
        value = self[name].value()
        return f"{value:%H:%M}" if isinstance(value, time) else str(value or "")

    @property
    def edited(self) -> bool:
        """Tell whether the half-days deserve to be looked at: several, or with something wrong."""
        return (
            len(self.rows) > 1
            or len(self.slots) != len(self.rows)
            or bool(self.is_bound and self["half_days"].errors)
        )


class PlanForm(SessionForm):
    """New sessions on an order line, in parallel, with their facilitators."""

    line = forms.ChoiceField(label=_("Order line"), widget=forms.RadioSelect)
    count = forms.IntegerField(
        label=_("Parallel sessions"),
        min_value=1,
        max_value=MOST_SESSIONS_AT_ONCE,
        help_text=_("At the same time and place, one group each."),
    )
    facilitators = TeamField(label=_("Facilitators"), required=False)
    despite_clash = QuestionField(label=_("Put on anyway: both are possible"))

    def __init__(self, *args: Any, lines: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        if len(lines) == 1:
            self.fields["line"].widget = forms.HiddenInput()
        field.choices = list(lines)  # type: ignore[attr-defined]  # a ChoiceField

    def ask_despite_clash(self, clashes: Sequence[str]) -> None:
        """Ask whether both are possible, of clashes that are known before the form is sent."""
        question: Any = self.fields["despite_clash"]
        question.ask(clashes)


class ChangeForm(SessionForm):
    """A session as it is, to be changed."""

    expected_version = VersionField()
    despite_clash = QuestionField(label=_("Put on anyway: both are possible"))
    despite_enrolled = QuestionField(label=_("Lower it all the same: everybody enrolled stays"))


def typed(data: QueryDict, form: type[SessionForm]) -> dict[str, Any]:
    """Return what was typed as initial values: shown again without being judged."""
    values = {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in form.base_fields.items()
        if name != "form_token"
    }
    return {name: value for name, value in values.items() if value is not None}


def new_values(mission: Mission, line: OrderLine, last: Session | None) -> dict[str, Any]:
    """Return what a new session starts from: the service, and the place of the session before.

    Its zone is that of its address or of the client; the organisation's when neither tells one.
    """
    client = mission.order.client
    town = f"{client.postal_code} {client.city}".strip()
    values = {
        "line": str(line.pk),
        "count": 1,
        "capacity": line.service_type.capacity,
        "mode": DeliveryMode.ON_SITE,
        "language": "fr",
        "starts": "09:00",
        "address": ", ".join(part for part in (client.address, town) if part) if client.address else "",
    }
    ends = half.usual_end(time(9, 0), line.service_type)
    values["ends"] = f"{ends:%H:%M}" if ends else ""
    values["derived"] = f"|09:00|{values['ends']}"  # no day yet
    if last:
        values |= {
            name: getattr(last, name)
            for name in _AS_THEY_ARE
            if name not in {"title", "capacity", "time_zone"}
        }
    told = (str(values["address"]), client.postal_code)
    values["time_zone"] = next((zone for text in told if (zone := zones.zone_of_place(text))), zones.home())
    return values


def values_of(session: Session, slots: Sequence[HalfDaySlot]) -> dict[str, Any]:
    """Return a session as it is, to be changed."""
    times = spanned(slots)
    return {name: getattr(session, name) for name in _AS_THEY_ARE} | {
        "day": times.day,
        "starts": times.starts,
        "ends": times.ends,
        "half_days": half.rows_of(slots),
        "derived": times.key,
        "expected_version": session.version,
    }


def instants(form: SessionForm) -> list[tuple[Any, Any]]:
    """Return the half-days typed so far as UTC instants, for clashes; none while they make no sense."""
    zone = str(form["time_zone"].value() or "")
    if not is_time_zone(zone):
        return []
    try:
        return [(s.starts_at(zone), s.ends_at(zone)) for s in form.slots]
    except NoSuchLocalTime:
        return []
