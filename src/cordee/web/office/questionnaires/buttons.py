"""The buttons of a questionnaire: carried out once, and not on what somebody else changed meanwhile."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.catalogue import actions, queries
from cordee.catalogue.queries import Kept
from cordee.kernel.permissions import Permission
from cordee.web.fields import VersionField
from cordee.web.pages import HouseForm, carry_out, only_post, page
from cordee.web.request import Request


class PressForm(HouseForm):
    """What a button sends."""

    expected_version = VersionField(required=False)


def kept_or_404(questionnaire_id: int) -> Kept:
    kept = queries.questionnaire(questionnaire_id)
    if kept is None:
        raise Http404
    return kept


def press(
    request: Request, questionnaire_id: int, do: Callable[[int | None], str | None], *, done: str = ""
) -> HttpResponse:
    """Carry a button out once. `do` returns where on the page to go on, or nothing when the page is gone."""
    only_post(request)
    form = PressForm(request.POST)
    here = reverse("questionnaire", args=[questionnaire_id])

    def do_it() -> str:
        place = do(form.cleaned_data["expected_version"])
        return reverse("catalogue") if place is None else here + place

    if form.is_valid():
        answer = carry_out(request, form, do_it, done=done)
        if answer:
            return answer
    for blocker in form.refusals:
        messages.error(request, f"{blocker.message} {blocker.fix}".strip())
    return HttpResponseRedirect(here)


@page(Permission.EDIT_CATALOGUE)
def publish_questionnaire(request: Request, questionnaire_id: int) -> HttpResponse:
    kept_or_404(questionnaire_id)

    def do(expected: int | None) -> str:
        actions.publish(questionnaire_id=questionnaire_id, expected_version=expected, by=request.viewer.actor)
        return ""

    return press(request, questionnaire_id, do, done=_("Published: this is what is asked from now on."))


@page(Permission.EDIT_CATALOGUE)
def discard_draft(request: Request, questionnaire_id: int) -> HttpResponse:
    """Throw the draft away."""
    kept_or_404(questionnaire_id)

    def do(expected: int | None) -> str | None:
        left = actions.discard_draft(
            questionnaire_id=questionnaire_id, expected_version=expected, by=request.viewer.actor
        )
        return "" if left else None

    return press(request, questionnaire_id, do, done=_("The draft is thrown away."))
