"""What the organisation gives every participant to read: internal rules, welcome booklet, privacy notice."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel.permissions import Permission
from cordee.organisation import actions
from cordee.organisation.queries import default_notice
from cordee.organisation.rules import OrganisationChanges
from cordee.web.office.forms import EditForm, changes_of
from cordee.web.office.papers import PaperField, TakeAway, new_file
from cordee.web.pages import carry_out, page, status_of
from cordee.web.request import Request

TEXTS = ("privacy_notice_fr", "privacy_notice_en")
PAPERS = ("internal_rules", "welcome_booklet")
_HOW = gettext_lazy(
    "Leave it empty to use our words, below. A blank line separates paragraphs; a line that begins with # is "
    "a heading."
)


class ForParticipantsForm(EditForm):
    """Documents and the notice on personal data."""

    internal_rules = PaperField(label=gettext_lazy("Internal rules"))
    no_internal_rules = TakeAway()
    welcome_booklet = PaperField(label=gettext_lazy("Welcome booklet"))
    no_welcome_booklet = TakeAway()
    privacy_notice_fr = forms.CharField(
        label=gettext_lazy("Privacy notice in French"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "fr"}),
        help_text=_HOW,
    )
    privacy_notice_en = forms.CharField(
        label=gettext_lazy("Privacy notice in English"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "en"}),
        help_text=_HOW,
    )


@page(Permission.EDIT_SETTINGS)
def organisation_participants(request: Request) -> HttpResponse:
    """Show and change what participants are given to read."""
    found = request.viewer.organisation
    form = ForParticipantsForm(
        request.POST or None,
        request.FILES or None,
        initial={name: getattr(found, name) for name in TEXTS},
        version=found.version,
    )

    def do() -> str:
        given = {name: new_file(form, name) for name in PAPERS}
        changes = OrganisationChanges(**changes_of(form, *TEXTS))
        actions.update(
            changes=changes,
            papers={name: paper for name, paper in given.items() if paper is not None},
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return reverse("organisation_participants")

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("Saved. Participants read it from now on."))
        if answer:
            return answer
    context = {
        "form": form,
        "papers": [
            {
                "field": form[name],
                "away": form[f"no_{name}"],
                "url": reverse("organisation_paper", args=[name.replace("_", "-")])
                if getattr(found, f"{name}_id")
                else "",
            }
            for name in PAPERS
        ],
        "default_fr": default_notice(found, "fr"),
        "default_en": default_notice(found, "en"),
    }
    return render(request, "office/for_participants.html", context, status=status_of(form))
