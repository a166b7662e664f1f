"""Lost the link: it is asked for by e-mail, and the answer is the same whether the address is known or not."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.enrolment import actions
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.names import is_email, normal_email
from cordee.web import limits
from cordee.web.pages import HouseForm, carry_out, status_of
from cordee.web.request import Request


class LostLinkForm(HouseForm):
    """The address to which somebody's links were sent."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("The one to which your joining instructions were sent."),
    )

    def clean_email(self) -> str:
        """Return the address as it is compared."""
        email = normal_email(self.cleaned_data["email"])
        if not is_email(email):
            raise forms.ValidationError(_("“%(email)s” is not an e-mail address.") % {"email": email})
        return email


def lost_link(request: Request) -> HttpResponse:
    """Ask for the address, and have the links sent to it."""
    form = LostLinkForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        language = translation.get_language() or "fr"
        actions.ask_for_pages(email=form.cleaned_data["email"], language=language, by=Actor(ActorKind.LINK))
        return reverse("lost_link_sent")

    if form.is_valid() and not _is_too_much(request, form):
        answer = carry_out(request, form, do)
        if answer:
            return answer
    return render(request, "guest/lost_link.html", {"form": form}, status=status_of(form))


def _is_too_much(request: Request, form: LostLinkForm) -> bool:
    """Tell whether too many ask from here, or for this address, known or not: nobody's mailbox is filled."""
    if not limits.is_met(request, "lost_link") and not limits.is_met(
        request, "lost_link_address", key=form.cleaned_data["email"]
    ):
        return False
    form.add_error(
        None,
        _(
            "The links were asked for several times already: look among the unwanted messages too. "
            "Wait %(time)s before you ask again, or write to us."
        )
        % {"time": limits.in_words(limits.seconds_to_wait(request))},
    )
    return True


def lost_link_sent(request: Request) -> HttpResponse:
    """Say what happens next, whoever asked."""
    return render(request, "guest/lost_link_sent.html")
