"""Answers in words: searched, tagged, and masked by quality where they name somebody."""

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel.permissions import Permission
from cordee.surveys import actions, queries
from cordee.surveys.models import Comment
from cordee.surveys.rules import reads_names
from cordee.surveys.states import LONGEST_TAG, MOST_TAGS
from cordee.web.office.forms import LightSelect
from cordee.web.office.opinions.filters import ResultFilters, kind_tabs, opinion_tabs
from cordee.web.opinions.places import said
from cordee.web.pages import HouseForm, carry_out, only_post, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

_MOST_TAGS = 200
"""Tags to choose from."""


class CommentFilters(ResultFilters):
    """Which answers in words are looked at."""

    q = forms.CharField(
        required=False, max_length=100, label=gettext_lazy("Search"), widget=forms.SearchInput
    )
    tag = forms.CharField(required=False, label=gettext_lazy("Tag"), widget=LightSelect)
    field_order = ("q", "tag")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self._offer("tag", [("", _("All")), *((tag, tag) for tag in queries.tags(_MOST_TAGS))])


class TagForm(HouseForm):
    """The tags of an answer."""

    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=(LONGEST_TAG + 2) * MOST_TAGS,
        help_text=gettext_lazy("Words by which you would look for it, with commas between them."),
    )


class MaskForm(HouseForm):
    """What is taken out of an answer, and why."""

    passage = forms.CharField(
        label=gettext_lazy("Words to take out"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("As they stand in it. They are kept nowhere, and cannot be put back."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("It stays on record, with your name. Do not repeat the words."),
    )


@page(Permission.VIEW_SURVEYS)
def survey_comments(request: Request) -> HttpResponse:
    """List answers in words, thirty a page, with search and tags."""
    form = CommentFilters(request.GET)
    scope = form.wanted()
    asked = form.cleaned_data
    found = queries.comments(scope, search=asked.get("q") or "", tag=asked.get("tag") or "")
    shown = slice_of(request, found, wide=True)
    actor = request.viewer.actor
    context = {
        "form": form,
        "kinds": kind_tabs(request.GET, "survey_comments"),
        "tabs": opinion_tabs(request.GET, "survey_comments"),
        "page": shown,
        "comments": list(said(shown.items, names=reads_names(actor))),
        "handles": actor.may(Permission.HANDLE_COMMENTS),
        "kept_filters": request.GET.urlencode(),
        "clear_url": f"{reverse('survey_comments')}?kind={scope.kind}"
        if set(request.GET) - {"kind", "page"}
        else "",
    }
    return render(request, "office/opinions/comments.html", context)


@page(Permission.HANDLE_COMMENTS)
def survey_comment(request: Request, comment_id: int) -> HttpResponse:
    """Show one answer in words; give it tags."""
    found = _comment_or_404(comment_id)
    form = TagForm(
        request.POST if request.method == "POST" else None,
        initial={"tags": ", ".join(tag.tag for tag in found.tags.all())},
    )

    def do() -> str:
        tags = form.cleaned_data["tags"].split(",")
        actions.tag(comment_id=found.pk, tags=tags, by=request.viewer.actor)
        return _list(request)

    if form.is_bound and form.is_valid():
        done = carry_out(request, form, do, done=_("Tagged."))
        if done:
            return done
    return _show(request, found, form, MaskForm())


@page(Permission.HANDLE_COMMENTS)
def mask_comment(request: Request, comment_id: int) -> HttpResponse:
    """Take words out of an answer for good."""
    only_post(request)
    found = _comment_or_404(comment_id)
    form = MaskForm(request.POST)

    def do() -> str:
        data = form.cleaned_data
        actions.mask(
            comment_id=found.pk, passage=data["passage"], reason=data["reason"], by=request.viewer.actor
        )
        return _list(request)

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Taken out: that it was, and why, stays on record."))
        if done:
            return done
    tags = ", ".join(tag.tag for tag in found.tags.all())
    return _show(request, found, TagForm(initial={"tags": tags}), form)


def _comment_or_404(comment_id: int) -> Comment:
    found = queries.comment(comment_id)
    if found is None:
        raise Http404
    return found


def _list(request: Request) -> str:
    """Return where one was in the list: its filters stand in the address."""
    kept = request.GET.urlencode()
    return f"{reverse('survey_comments')}?{kept}" if kept else reverse("survey_comments")


def _show(request: Request, found: Comment, tags: TagForm, mask: MaskForm) -> HttpResponse:
    (comment,) = said([found], names=reads_names(request.viewer.actor))
    context = {
        "comment": comment,
        "form": tags,
        "mask_form": mask,
        "kept_filters": request.GET.urlencode(),
        "back_url": _list(request),
    }
    status = max(status_of(tags), status_of(mask))
    return render(request, "office/opinions/comment.html", context, status=status)
