"""The pages of a client's contact: the sessions, and the list of each, kept row by row."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_safe

from cordee.enrolment import actions, queries, rules
from cordee.enrolment.actions import GivenList
from cordee.enrolment.states import Source
from cordee.kernel.refusals import Blocker, Refused, refuse_if
from cordee.lists.results import MAX_BYTES
from cordee.planning.models import Session
from cordee.web import limits
from cordee.web.guest.names.door import Door, certificates_url, through_the_link, to_a_list, too_often
from cordee.web.guest.names.rows import Sent, ShownRow, empty, not_saved, save, sent, shown
from cordee.web.guest.names.wanted_lists import closing, wanted_lists
from cordee.web.lines import told_page
from cordee.web.request import Request

MOST_WAITING = 200
"""Rows that wait, drawn on the page: the next ones come as these are done."""


@through_the_link
@require_safe
def contact_lists(request: Request, door: Door) -> HttpResponse:
    """Show the sessions with how far each list is; straight to the list when there is but one."""
    if len(door.sessions) == 1:
        return HttpResponseRedirect(door.list_url(door.sessions[0]))
    _note_visit(request, door)
    given = queries.given(s.pk for s in door.sessions)
    context = {**_about(door), "wanted_lists": wanted_lists(door, given, days_before=_days_before(request))}
    return render(request, "guest/names/sessions.html", context)


@to_a_list
def contact_list(request: Request, door: Door, session: Session) -> HttpResponse:
    """Show the list of a session; take several names at once, pasted or from a file."""
    if request.method == "POST":
        return _take_list(request, door, session)
    _note_visit(request, door)
    return _page(request, door, session)


@to_a_list
@require_GET
def contact_names(request: Request, door: Door, session: Session) -> HttpResponse:
    """Return the table of names as it is now; nothing when it still is as it was `seen`."""
    if request.GET.get("seen") == _seen(request, door, session):
        return HttpResponse(status=204)
    return render(request, "guest/names/_names.html", _names_context(request, door, session))


@to_a_list
def contact_row(request: Request, door: Door, session: Session, row_key: str) -> HttpResponse:
    """Take one row as it was typed; a visit shows it as it is now."""
    if request.method != "POST":
        return _row(request, door, session, row_key)
    row = sent(request.POST, row_key)
    try:
        refuse_if(rules.not_too_fast(often=too_often(request, door)))
        became = save(session, row, by=door.by)
    except Refused as refused:
        return _row_again(request, door, session, row, refused.blockers)
    if not request.htmx:
        return HttpResponseRedirect(f"{door.list_url(session)}?next#names")
    return _row(request, door, session, became) if became else HttpResponse()


def _row(request: Request, door: Door, session: Session, key: str) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(f"{door.list_url(session)}#names")
    row = queries.names_of(session).row(key)
    if row is None:
        return HttpResponse()
    context = {"row": shown(row, lambda key: door.row_url(session, key))}
    return render(request, "guest/names/_row.html", context)


def _row_again(
    request: Request, door: Door, session: Session, row: Sent, reasons: Sequence[Blocker]
) -> HttpResponse:
    """Answer a row that was refused: what was typed stays, with the reason beside it."""
    names = queries.names_of(session)
    again = not_saved(row, reasons, names, lambda key: door.row_url(session, key))
    if request.htmx:
        return render(request, "guest/names/_row.html", {"row": again}, status=422)
    return _page(request, door, session, instead={row.key: again}, status=422)


# --- several at once ---------------------------------------------------------------------------------------


def _take_list(request: Request, door: Door, session: Session) -> HttpResponse:
    text, file = request.POST.get("text", ""), request.FILES.get("file")
    told: list[str] = []
    aside: list[str] = []
    refusals: Sequence[Blocker] = ()
    try:
        refuse_if(rules.not_too_fast(often=too_often(request, door)))
        for people in (
            queries.read_paste(text) if text.strip() or not file else None,
            queries.read_file(file.read(MAX_BYTES + 1), file.name or "") if file else None,
        ):
            if people:
                given = actions.give_list(
                    session_id=session.pk, rows=people.rows, aside=queries.missed(people), by=door.by
                )
                told.append(_outcome(given))
                aside += queries.left_aside(people)
    except Refused as refused:
        refusals = refused.blockers
        limits.tell_busy(request, refusals)
    more: dict[str, Any] = {
        "told": told,
        "aside": aside,
        "refusals": refusals,
        "text": text if refusals else "",
    }
    if request.htmx:
        context = {**_names_context(request, door, session), **more}
        return render(request, "guest/names/_names.html", context, status=422 if refusals else 200)
    if refusals or aside:
        return _page(request, door, session, more=more, status=422 if refusals else 200)
    for sentence in told:
        messages.success(request, sentence)
    return HttpResponseRedirect(f"{door.list_url(session)}?next#names")


def _outcome(given: GivenList) -> str:
    """Return what became of a list, in words: nobody wonders where a line went."""
    n = given.new
    parts = [ngettext("%(n)d person is on the list", "%(n)d people are on the list", n) % {"n": n}]
    if given.already:
        n = given.already
        parts.append(ngettext("%(n)d was given before", "%(n)d were given before", n) % {"n": n})
    if given.waiting:
        n = given.waiting
        parts.append(ngettext("%(n)d to look at again", "%(n)d to look at again", n) % {"n": n})
    return " · ".join(parts)


# --- inside --------------------------------------------------------------------------------------------------


def _note_visit(request: Request, door: Door) -> None:
    """Note a use of the link. Asking for the headers alone is none."""
    if request.method == "GET":
        actions.note_visit(by=door.by)


def _days_before(request: Request) -> int:
    return request.viewer.organisation.list_closes_days_before


def _seen(request: Request, door: Door, session: Session) -> str:
    """Return what tells one state of the table from the next."""
    closed = closing(session, _days_before(request)).closed
    return f"{queries.fingerprint(session.pk)}-{session.capacity}-{'closed' if closed else 'open'}"


def _about(door: Door) -> dict[str, Any]:
    """Return what every page says: who comes, for what, whom to ask."""
    coordinator = door.mission.coordinator
    return {
        "contact": door.invitation.contact,
        "order": door.mission.order,
        "token": door.token,
        "home": door.url if len(door.sessions) > 1 else "",
        "coordinator": coordinator,
        "certificates_url": certificates_url(door),
        "complaint_url": reverse("contact_complaint", args=[door.token]),
    }


def _names_context(
    request: Request, door: Door, session: Session, *, instead: Mapping[str, ShownRow] | None = None
) -> dict[str, Any]:
    names = queries.names_of(session)
    (wanted_list,) = wanted_lists(door, {session.pk: names.tally}, days_before=_days_before(request))
    refused = dict(instead or {})

    def url_of(key: str) -> str:
        return door.row_url(session, key)

    waiting, on_list = names.waiting, names.on_list
    drawn = [*waiting[:MOST_WAITING], *on_list]
    rows = [
        refused.pop(row.key) if row.key in refused and not wanted_list.closing.closed else shown(row, url_of)
        for row in drawn
    ]
    return {
        **_about(door),
        "session": session,
        "wanted_list": wanted_list,
        "names": names,
        "rows": rows,
        "lines": told_page(
            queries.outcomes(session.pk).filter(source=Source.CONTACT), request.GET.get("lines")
        ),
        "not_saved": list((instead or {}).values()),
        "more_waiting": max(0, len(waiting) - MOST_WAITING),
        # What was refused and is no row of the list stays below, where it was typed.
        "new_rows": [*refused.values(), empty(url_of)],
        "seen": _seen(request, door, session),
        "back_urls": [(name, url_of(f"person-{pk}")) for pk, name in names.taken_off],
        "mail_to": _mail_to(door, session),
        "told": [],
        "aside": [],
        "refusals": (),
        "text": "",
        "focus": "next" in request.GET,
    }


def _mail_to(door: Door, session: Session) -> str:
    """Return the address that opens a mail to the coordinator about this list."""
    coordinator = door.mission.coordinator
    if coordinator is None:
        return ""
    subject = _("The list of %(session)s (%(ref)s)") % {"session": session.title, "ref": session.ref}
    return f"mailto:{coordinator.user.email}?subject={quote(subject)}"


def _page(
    request: Request,
    door: Door,
    session: Session,
    *,
    instead: Mapping[str, ShownRow] | None = None,
    more: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {**_names_context(request, door, session, instead=instead), **(more or {})}
    return render(request, "guest/names/list.html", context, status=status)
