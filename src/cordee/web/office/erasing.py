"""Erasing a participant who asks for it: by their address, and by name where others have it too."""

from typing import Any, override

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.erasure import actions, queries
from cordee.kernel.permissions import Permission
from cordee.web.pages import HouseForm, carry_out, page, status_of
from cordee.web.request import Request


class ErasureForm(HouseForm):
    """Who is erased."""

    email = forms.EmailField(
        label=gettext_lazy("Their address"),
        max_length=254,
        help_text=gettext_lazy("The one that they have on lists."),
    )
    participant = forms.ChoiceField(
        label=gettext_lazy("Which of those who have it"), required=False, widget=forms.RadioSelect
    )
    sure = forms.BooleanField(
        label=gettext_lazy("They asked for it, and I made sure that it is them. It cannot be undone.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = queries.known_as(str(self.data.get(self.add_prefix("email"), "")))
        field: Any = self.fields["participant"]
        field.choices = [(str(one.pk), f"{one.full_name}, {one.client.name}") for one in self.found]
        if len(self.found) <= 1:
            del self.fields["participant"]

    @override
    def clean(self) -> dict[str, Any]:
        """Say what is missing to know who it is."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("email") and not self.found:
            self.add_error("email", _("No participant has this address."))
        if len(self.found) > 1 and not cleaned.get("participant"):
            self.add_error("participant", _("Several people have this address: choose one."))
        return cleaned

    @property
    def chosen(self) -> int:
        """The number of who is erased."""
        return int(self.cleaned_data.get("participant") or self.found[0].pk)


@page(Permission.MANAGE_PEOPLE)
def erase_participant(request: Request) -> HttpResponse:
    """Erase who a participant is, in every room at once."""
    form = ErasureForm(request.POST or None)

    def do() -> str:
        actions.erase_participant(participant_id=form.chosen, by=request.viewer.actor)
        return reverse("people")

    if form.is_valid():
        done = carry_out(
            request,
            form,
            do,
            done=_("Erased: their name and words are in no list, message or answer any more."),
        )
        if done:
            return done
    return render(request, "office/erase_participant.html", {"form": form}, status=status_of(form))
