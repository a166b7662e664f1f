"""The form by which it is said when somebody came and went."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cordee.attendance import actions
from cordee.attendance.actions import Given
from cordee.attendance.queries import Stay
from cordee.attendance.states import LATE_AFTER
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.periods import instant, local
from cordee.planning.models import HalfDay, Session
from cordee.web.pages import HouseForm
from cordee.web.request import Request
from cordee.web.signatures import SignatureForm, take


def _time(label: Any, help_text: Any) -> forms.TimeField:
    clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, help_text=help_text, required=False, widget=clock)


class StayForm(HouseForm):
    """Times on the clock where the session is; empty is from its start, or to its end."""

    arrived = _time(gettext_lazy("Came at"), gettext_lazy("Empty: from the beginning."))
    left = _time(gettext_lazy("Left at"), gettext_lazy("Empty: to the end."))

    def times(self, half_day: HalfDay, session: Session) -> dict[str, datetime | None]:
        """Return both as instants (UTC), once the form is valid."""
        return {
            f"{name}_at": _instant(self.cleaned_data[name], half_day, session) for name in ("arrived", "left")
        }


class LateSignatureForm(SignatureForm):
    """A signature given when the half-day has been going on for a while."""

    arrived = _time(gettext_lazy("You came late? At"), gettext_lazy("Empty: from the beginning."))


class LeaveForm(HouseForm):
    """Somebody leaves before the end."""

    left = forms.TimeField(
        label=gettext_lazy("I leave at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def left_at(self, half_day: HalfDay, session: Session) -> datetime | None:
        """Return it as an instant (UTC), once the form is valid."""
        return _instant(self.cleaned_data["left"], half_day, session)


def own_form(request: Request, half_day: HalfDay) -> SignatureForm:
    """Return the form by which a participant signs, on whosever screen: it asks when they came, once that may have
    been late.
    """
    late = clock.now() > half_day.starts_at + LATE_AFTER
    return (LateSignatureForm if late else SignatureForm)(request.POST or None)


def take_with_arrival(
    request: Request,
    form: SignatureForm,
    given: Given,
    *,
    half_day: HalfDay,
    enrolment_id: int,
    ask: bool = False,
    by: Actor,
) -> None:
    """Keep a participant's signature as `take` does, and when they said they came, if they did. Raises Refused."""
    came_at = _instant(form.cleaned_data.get("arrived"), half_day, half_day.session)
    counts = take(
        request, given, half_day=half_day, enrolment_id=enrolment_id, came_at=came_at, ask=ask, by=by
    )
    if counts and came_at:
        actions.tell_times(
            half_day_id=half_day.pk, enrolment_id=enrolment_id, arrived_at=came_at, left_at=None, by=by
        )


def known(stay: Stay | None, session: Session) -> dict[str, Any]:
    """Return what is known already, for the form."""
    if stay is None:
        return {}
    times = {"arrived": stay.arrived_at, "left": stay.left_at}
    return {name: local(at, session.time_zone).time() for name, at in times.items() if at}


def _instant(at: time | None, half_day: HalfDay, session: Session) -> datetime | None:
    """Return the instant of a time on the clock: in a half-day over midnight, an early one is of the next day."""
    if at is None:
        return None
    day = half_day.day
    if half_day.ends <= half_day.starts and at < half_day.starts:
        day += timedelta(days=1)
    return instant(datetime.combine(day, at), session.time_zone)
