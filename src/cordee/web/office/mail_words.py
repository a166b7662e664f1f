"""The words of one mail in one language: written, looked at on a real session, taken back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from cordee.accounts import queries as accounts
from cordee.kernel.permissions import Permission
from cordee.notifications import actions, queries
from cordee.notifications.mails import MAILS, MEANINGS, Mail, placeholders
from cordee.notifications.models import READER_LABELS
from cordee.notifications.preview import preview
from cordee.notifications.rules import (
    LONGEST_BODY,
    LONGEST_BUTTON,
    LONGEST_SUBJECT,
    Words,
    words_make_sense,
)
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.web.components.formatting import short_day
from cordee.web.office.forms import EditForm
from cordee.web.office.mails import AS_IT_LEFT
from cordee.web.pages import attempt, carry_out, only_post, page, status_of
from cordee.web.request import Request

SESSIONS_OFFERED = 30


class WordsForm(EditForm):
    """Subject, body, and the label of the button where there is one."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "A blank line begins a new paragraph. The organisation’s name and address follow by themselves."
        ),
    )
    button = forms.CharField(
        label=gettext_lazy("Label of the button"), required=False, max_length=LONGEST_BUTTON
    )

    def __init__(self, *args: Any, has_button: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_button:
            del self.fields["button"]

    def words(self) -> Words:
        data = self.cleaned_data
        return Words(data["subject"], data["body"], data.get("button", ""))


@page(Permission.EDIT_MAILS)
def mail_words(request: Request, purpose: str, language: str) -> HttpResponse:
    """Show and change the words of one mail, with what they can say, how they look, and what they were."""
    mail = _purpose_or_404(purpose, language)
    latest = queries.in_force(mail, language)
    now, default = queries.words(mail, language), queries.default_words(mail, language)
    form = WordsForm(
        request.POST or None,
        initial={"subject": now.subject, "body": now.body, "button": now.button},
        version=latest.version if latest else 0,
        has_button=bool(default.button),
    )
    here = reverse("mail_words", args=[purpose, language])

    def do() -> str:
        actions.change_words(
            purpose=mail,
            language=language,
            words=form.words(),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return here

    if form.is_valid():
        answer = carry_out(
            request, form, do, done=_("The words are saved: mails written from now on have them.")
        )
        if answer:
            return answer
    shown = form.words() if form.is_bound and form.is_valid() else now
    context = {
        **_about(mail, language),
        "form": form,
        "variables": _variables(mail, shown),
        "default": default,
        "is_default": now == default,
        "versions": _versions(mail, language),
        "sessions": [(s.ref, _session_label(s)) for s in planning.next_ones(SESSIONS_OFFERED)],
    }
    return render(request, "office/mail_words.html", context, status=status_of(form))


@xframe_options_sameorigin
@csp_override(AS_IT_LEFT)
@page(Permission.EDIT_MAILS)
def mail_preview(request: Request, purpose: str, language: str) -> HttpResponse:
    """Return the mail for the frame on its page, on the session asked for: the words in force, or those sent."""
    mail = _purpose_or_404(purpose, language)
    asked = request.POST or request.GET
    words = queries.words(mail, language)
    if request.method == "POST":
        words = actions.tidied(
            Words(asked.get("subject", ""), asked.get("body", ""), asked.get("button", ""))
        )
    session = _session_asked_for(asked.get("session", ""))
    blockers = list(words_make_sense(mail, words))
    if blockers or session is None:
        return render(request, "office/mail_preview.html", {"blockers": blockers, "text": ""}, status=422)
    user = request.viewer.user
    if user is None:
        raise Http404
    letter = preview(
        mail,
        words=words,
        language=language,
        session=session,
        organisation=request.viewer.organisation,
        viewer=user,
    )
    if asked.get("as") == "text":
        text = f"{letter.subject}\n\n{letter.text}"
        return render(request, "office/mail_preview.html", {"blockers": [], "text": text})
    return HttpResponse(letter.html)


@page(Permission.EDIT_MAILS)
def mail_default(request: Request, purpose: str, language: str) -> HttpResponse:
    """Go back to the house's own words."""
    only_post(request)
    mail = _purpose_or_404(purpose, language)
    return attempt(
        request,
        lambda: actions.back_to_default(purpose=mail, language=language, by=request.viewer.actor),
        back_to=reverse("mail_words", args=[purpose, language]),
        done=_("These are the default words again. Yours are kept among the versions."),
    )


@page(Permission.EDIT_MAILS)
def mail_version(request: Request, purpose: str, language: str, version: int) -> HttpResponse:
    """Show the words of an earlier version, and take them again."""
    mail = _purpose_or_404(purpose, language)
    versions = _versions(mail, language)
    found = next(((v, who) for v, who in versions if v.version == version), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        return attempt(
            request,
            lambda: actions.take_version(
                purpose=mail, language=language, version=version, by=request.viewer.actor
            ),
            back_to=reverse("mail_words", args=[purpose, language]),
            done=_("Version %(version)d is in force again.") % {"version": version},
        )
    context = {
        **_about(mail, language),
        "version": found[0],
        "who": found[1],
        "words": queries.words_of_version(found[0]),
    }
    return render(request, "office/mail_version.html", context)


def _purpose_or_404(purpose: str, language: str) -> Mail:
    if purpose not in MAILS or language not in dict(settings.LANGUAGES):
        raise Http404
    return MAILS[purpose]


def _about(mail: Mail, language: str) -> dict[str, Any]:
    return {
        "purpose": str(mail),
        "language": language,
        "name": str(mail.name),
        "reader": READER_LABELS[mail.reader],
        "languages": [
            {"label": str(name), "url": reverse("mail_words", args=[mail, code]), "current": code == language}
            for code, name in settings.LANGUAGES
        ],
    }


def _variables(mail: Mail, words: Words) -> list[tuple[str, str, bool]]:
    """Return each variable, what it stands for, and whether the words use it."""
    used = set(placeholders(f"{words.subject} {words.body} {words.button}"))
    return [(name, str(MEANINGS[name]), name in used) for name in mail.variables]


def _versions(mail: Mail, language: str) -> Sequence[tuple[Any, str]]:
    """Return the versions with the names of who wrote them, the newest first."""
    found = queries.versions(mail, language)
    names = accounts.names(v.user_id for v in found if v.user_id)
    return [(v, names.get(v.user_id, "") if v.user_id else "") for v in found]


def _session_label(session: Session) -> str:
    return f"{short_day(session.starts)} · {session.title} · {session.mission.order.client.name}"


def _session_asked_for(ref: str) -> Session | None:
    if ref:
        return planning.session_by_ref(ref)
    return next(iter(planning.next_ones(1)), None)
