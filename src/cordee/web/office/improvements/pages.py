"""One improvement, and what becomes of it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cordee.catalogue.models import QUESTIONNAIRE_LABELS
from cordee.catalogue.states import QuestionnaireKind
from cordee.journal.queries import timeline_of
from cordee.kernel.permissions import Permission
from cordee.quality import actions, queries, rules
from cordee.quality.models import ORIGIN_LABELS, Improvement
from cordee.quality.rules.improving import may_do
from cordee.quality.states import IMPROVEMENT, Effect, ImprovementState, Origin
from cordee.surveys import queries as surveys
from cordee.web.coordination.timeline import lines
from cordee.web.office.improvements.forms import DoneForm, JudgeForm, ReplanForm
from cordee.web.office.improvements.register import kind_of, places
from cordee.web.office.missions import ReasonForm
from cordee.web.opinions.figures import label_of
from cordee.web.pages import HouseForm, attempt, carry_out, may_see_session, only_post, page, status_of
from cordee.web.request import Request

_DONE = "done-%s"
"""The ids of fields that another form on the page has too."""


def improvement_or_404(request: Request, ref: str) -> Improvement:
    """Return the improvement, if the viewer reads them all or is asked to do it."""
    found = queries.improvement_of(ref, request.viewer.actor)
    if found is None:
        raise Http404
    return found


@page()
def improvement(request: Request, ref: str) -> HttpResponse:
    """Show one improvement, also to who is asked to do it: what it comes from only as far as they may know."""
    return _show(request, improvement_or_404(request, ref))


@sensitive_post_parameters("words")
@page()
def improvement_done(request: Request, ref: str) -> HttpResponse:
    """Say that it is done, and what was done."""
    only_post(request)
    found = improvement_or_404(request, ref)
    if list(may_do(found, request.viewer.actor)):
        raise PermissionDenied
    form = DoneForm(request.POST, auto_id=_DONE)

    def do() -> str:
        actions.mark_done(improvement_id=found.pk, words=form.cleaned_data["words"], by=request.viewer.actor)
        return reverse("improvement", args=[found.ref])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Done: its effect shows in the months to come."))
        if done:
            return done
    return _show(request, found, done=form)


def _asked(request: Request, found: Improvement) -> bool:
    return found.owner_id == request.viewer.actor.user_id


def _reads_all(request: Request) -> bool:
    return request.viewer.actor.may(Permission.VIEW_COMPLAINTS)


@page(Permission.HANDLE_COMPLAINTS)
def measure_improvement(request: Request, ref: str) -> HttpResponse:
    """Keep what surveys said before and since."""
    only_post(request)
    found = improvement_or_404(request, ref)
    return attempt(
        request,
        lambda: actions.measure(improvement_id=found.pk, by=request.viewer.actor),
        back_to=reverse("improvement", args=[found.ref]),
        done=_("Measured."),
    )


@sensitive_post_parameters("words")
@page(Permission.HANDLE_COMPLAINTS)
def judge_improvement(request: Request, ref: str) -> HttpResponse:
    """Say in words what came of it."""
    only_post(request)
    found = improvement_or_404(request, ref)
    form = JudgeForm(request.POST)

    def do() -> str:
        data = form.cleaned_data
        effect = Effect(data["effect"])
        actions.judge(improvement_id=found.pk, effect=effect, words=data["words"], by=request.viewer.actor)
        return reverse("improvement", args=[found.ref])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Kept."))
        if done:
            return done
    return _show(request, found, judge=form)


@page(Permission.HANDLE_COMPLAINTS)
def replan_improvement(request: Request, ref: str) -> HttpResponse:
    """Have somebody else do it, or by another day."""
    only_post(request)
    found = improvement_or_404(request, ref)
    form = ReplanForm(request.POST)

    def do() -> str:
        data = form.cleaned_data
        actions.replan(
            improvement_id=found.pk, owner_id=data["owner"], due_on=data["due_on"], by=request.viewer.actor
        )
        return reverse("improvement", args=[found.ref])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Kept."))
        if done:
            return done
    return _show(request, found, replan=form)


@page(Permission.HANDLE_COMPLAINTS)
def give_up_improvement(request: Request, ref: str) -> HttpResponse:
    """Give it up, with the reason."""
    only_post(request)
    found = improvement_or_404(request, ref)
    form = ReasonForm(request.POST)

    def do() -> str:
        actions.give_up(improvement_id=found.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor)
        return reverse("improvement", args=[found.ref])

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Given up."))
        if done:
            return done
    return _show(request, found, give_up=form)


@dataclass(frozen=True, slots=True)
class Come:
    """What an improvement comes from, as its reader may know it."""

    label: str
    link: str = ""
    url: str = ""


def _come_from(request: Request, found: Improvement) -> Come:
    actor, origin = request.viewer.actor, queries.origin_for(found, request.viewer.actor)
    label = str(ORIGIN_LABELS[origin])
    if origin == Origin.COMPLAINT and found.complaint and rules.handles(actor):
        return Come(label, found.complaint.ref, reverse("complaint", args=[found.complaint.ref]))
    if origin == Origin.SESSION and found.session and may_see_session(found.session, actor):
        return Come(label, found.session.title, reverse("session", args=[found.session.ref]))
    if origin == Origin.COMMENT and found.comment_id and actor.may(Permission.HANDLE_COMMENTS):
        kept = surveys.comment(found.comment_id)
        return Come(label, _("Open"), reverse("survey_comment", args=[kept.pk])) if kept else Come(label)
    return Come(label)


def _figure_of(found: Improvement) -> str:
    """Return in words the figure that is to rise; nothing where none is."""
    if not found.measure:
        return ""
    question = surveys.questions_of([found.measure]).get(found.measure)
    parts = [label_of(found.measure, question), str(QUESTIONNAIRE_LABELS[QuestionnaireKind(found.kind)])]
    return " – ".join([*parts, *([found.service_type.name] if found.service_type else [])])


def _show(request: Request, found: Improvement, **forms_sent: HouseForm) -> HttpResponse:
    state = IMPROVEMENT.state_of(found)
    handles = rules.handles(request.viewer.actor)
    planned = state == ImprovementState.PLANNED
    done = state == ImprovementState.DONE
    plan = {"owner": found.owner_id, "due_on": found.due_on}
    context = {
        "places": places(""),
        "improvement": found,
        "kind": kind_of(found),
        "come": _come_from(request, found),
        "figure": _figure_of(found),
        "answered": queries.answered(found) if done and _reads_all(request) else None,
        "reads_all": _reads_all(request),
        "do": forms_sent.get("done")
        or (DoneForm(auto_id=_DONE) if planned and (handles or _asked(request, found)) else None),
        "may_measure": handles and done and found.measure,
        "judge": forms_sent.get("judge") or (JudgeForm() if handles and done and not found.measure else None),
        "replan": forms_sent.get("replan")
        or (ReplanForm(initial=plan, auto_id="replan-%s") if handles and planned else None),
        "give_up": forms_sent.get("give_up")
        or (ReasonForm() if handles and IMPROVEMENT.allows("give_up", found) else None),
        "programmes": queries.programmes_brought(found.pk) if _reads_all(request) else [],
        "entries": lines(timeline_of(f"improvement_id:{found.pk}"), []),
    }
    status = max((status_of(form) for form in forms_sent.values()), default=200)
    return render(request, "office/improvements/improvement.html", context, status=status)
