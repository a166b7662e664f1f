"""The form by which somebody signs on a screen, and what the request tells of that screen."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.attendance import actions
from cordee.attendance.actions import Device, Given
from cordee.attendance.models import Signature
from cordee.attendance.rules import Ink, Stroke
from cordee.attendance.states import Way
from cordee.kernel.actor import Actor
from cordee.planning.models import HalfDay, Session
from cordee.web.components import formatting
from cordee.web.kept import was_kept
from cordee.web.pages import HouseForm
from cordee.web.request import Request

LATEST_MOMENT = 4_102_444_800_000
"""The year 2100, in milliseconds: what a device tells beyond is not a time."""


def when(half_day: HalfDay, session: Session) -> str:
    """Return the day and hours of a half-day where its session is, and the zone where that is elsewhere."""
    text = f"{formatting.day(half_day.day)}, {formatting.hours(half_day.starts, half_day.ends)}"
    zone = formatting.zone(session.time_zone)
    return f"{text} ({zone})" if zone else text


class SignatureForm(HouseForm):
    """What somebody drew, or the name of who cannot draw. Its token is the key of the signature."""

    strokes = forms.CharField(required=False, max_length=200_000, widget=forms.HiddenInput)
    """JSON: a list of strokes, each a list of points [x, y, milliseconds]; written by `signing.js`."""
    device_at = forms.IntegerField(
        required=False, min_value=0, max_value=LATEST_MOMENT, widget=forms.HiddenInput
    )
    """The device's clock, in milliseconds since 1970."""
    typed_name = forms.CharField(
        label=gettext_lazy("If you cannot draw: your first and last name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_strokes(self) -> tuple[Stroke, ...]:
        """Return the strokes; anything else than short lists of three whole numbers is not one."""
        text = self.cleaned_data["strokes"]
        try:
            return tuple(tuple(_point(point) for point in stroke) for stroke in json.loads(text or "[]"))
        except (TypeError, ValueError, RecursionError) as error:
            raise ValidationError(
                _("The drawing did not arrive whole: clear the box and sign again.")
            ) from error

    def given(self, request: Request, way: Way, *, late_because: str = "") -> Given:
        """Return the signature of this form, once it is valid."""
        at = self.cleaned_data["device_at"]
        key: UUID = self.cleaned_data["form_token"]
        return Given(
            key=key,
            ink=Ink(strokes=self.cleaned_data["strokes"], typed_name=self.cleaned_data["typed_name"]),
            way=way,
            late_because=late_because,
            device=Device(
                name=request.headers.get("User-Agent", ""),
                address=get_adapter().get_client_ip(request),
                at=datetime.fromtimestamp(at / 1000, UTC) if at else None,
            ),
        )


def take(
    request: Request,
    given: Given,
    *,
    half_day: HalfDay,
    enrolment_id: int,
    came_at: datetime | None = None,
    ask: bool = False,
    by: Actor,
) -> bool:
    """Keep a participant's signature as it comes, or as one that waited on their device for the network.

    Tells whether it counts: of one that came late somebody is asked first, with `ask` of any that waited; what is
    asked keeps `came_at`, when the participant said they came.
    Raises Refused.
    """
    which = {"half_day_id": half_day.pk, "enrolment_id": enrolment_id}
    if was_kept(request):
        return isinstance(
            actions.sign_belated(**which, given=given, came_at=came_at, ask=ask, by=by), Signature
        )
    actions.sign(**which, given=given, by=by)
    return True


def _point(values: Any) -> tuple[int, int, int]:
    x, y, milliseconds = values
    if not all(type(value) is int for value in (x, y, milliseconds)):
        raise TypeError
    return x, y, milliseconds
