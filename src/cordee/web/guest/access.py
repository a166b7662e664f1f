"""A participant tells what they need to take part: the disability officer alone reads it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.accommodation import actions, queries, rules
from cordee.accommodation.states import RequestState
from cordee.web.guest.arrival import Arrival, own_page
from cordee.web.pages import HouseForm, carry_out, status_of
from cordee.web.request import Request


class NeedForm(HouseForm):
    need = forms.CharField(
        label=gettext_lazy("What would help you take part?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("A place near the front, an interpreter, documents beforehand, breaks…"),
    )


@own_page
def participant_access(request: Request, who: Arrival) -> HttpResponse:
    """Show what somebody told, take what they tell, or let them take it back."""
    told = next((r for r in queries.of_enrolment(who.person.pk) if r.state != RequestState.WITHDRAWN), None)
    is_open = told is not None and told.state == RequestState.OPEN
    withdraws = request.method == "POST" and "withdraw" in request.POST
    initial = {"need": told.need} if told and is_open else {}
    form = NeedForm(request.POST if request.method == "POST" else None, initial=initial)
    if withdraws:
        form.fields["need"].required = False
    here = reverse("participant_access", args=[who.token])

    def do() -> str:
        if withdraws and told:
            actions.withdraw(request_id=told.pk, by=who.by)
        elif not withdraws:
            actions.ask(enrolment_id=who.person.pk, need=form.cleaned_data["need"], by=who.by)
        return here

    if form.is_valid():
        thanks = (
            _("It is taken back, and forgotten.") if withdraws else _("Thank you, it is with who sees to it.")
        )
        answer = carry_out(request, form, do, done=thanks)
        if answer:
            return answer
    context = {"token": who.token, "session": who.session, "told": told, "is_open": is_open, "form": form}
    too_late = list(rules.is_expected(who.person))
    context |= {"expected": who.expected, "too_late": too_late, "form_is_open": who.expected and not too_late}
    return render(request, "guest/access.html", context, status=status_of(form))
