"""What should have followed from a fact and did not: seen by people, and tried again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.journal import actions as journal_actions
from cordee.journal import queries as journal
from cordee.kernel.permissions import Permission
from cordee.missions import queries as missions
from cordee.web.pages import attempt, only_post, page
from cordee.web.request import Request


@page(Permission.VIEW_MAIL)
def failed_facts(request: Request) -> HttpResponse:
    """List what was given up, newest first, with the reason."""
    failed = journal.failed_deliveries()
    refs = missions.refs(d.entry.mission_id for d in failed if d.entry.mission_id)
    rows = [{"delivery": d, "mission_ref": refs.get(d.entry.mission_id or 0, "")} for d in failed]
    return render(request, "office/failures.html", {"rows": rows, "may_retry": _may_retry(request)})


@page(Permission.EDIT_SETTINGS, Permission.RUN_ANY_MISSION)
def retry_fact(request: Request, delivery_id: int) -> HttpResponse:
    """Try one more time."""
    only_post(request)
    return attempt(
        request,
        lambda: journal_actions.retry(delivery_id),
        back_to=reverse("failed_facts"),
        done=_("It will be tried again within a minute."),
    )


def _may_retry(request: Request) -> bool:
    actor = request.viewer.actor
    return actor.may(Permission.EDIT_SETTINGS) or actor.may(Permission.RUN_ANY_MISSION)
