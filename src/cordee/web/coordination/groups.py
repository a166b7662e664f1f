"""Groups over parallel sessions: seen before they are made, changed by hand, undone until people were told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.enrolment import actions
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment, Split
from cordee.enrolment.rules import Method, Placement
from cordee.enrolment.states import ENROLMENT
from cordee.kernel.refusals import Blocker
from cordee.mail import queries as mail
from cordee.missions.rules import is_running
from cordee.network.queries import everybodys_names
from cordee.notifications.mails import CHANGES
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.rules import is_planned
from cordee.web.components.markup import markup
from cordee.web.coordination import groups_form as forms_of
from cordee.web.coordination.groups_form import GroupsForm, Wish
from cordee.web.coordination.letters import first_news, leave_at
from cordee.web.coordination.refusals import way_to_reopen, with_ways_out
from cordee.web.coordination.sessions import in_short, told_apart
from cordee.web.pages import attempt, carry_out, need_to_run, only_post, page, session_or_404, status_of
from cordee.web.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Pawn:
    """Somebody on the board: where they are now, and where they are put."""

    id: int
    name: str
    note: str
    now: int
    came_from: str
    put: int

    @property
    def moves(self) -> bool:
        return self.now != self.put


@dataclass(frozen=True, slots=True)
class Column:
    """One session of the board, with who is put on it."""

    session: Session
    name: str
    short: str
    people: list[Pawn]

    @property
    def over(self) -> bool:
        return len(self.people) > self.session.capacity


class Board:
    """Everything the page knows: the parallel sessions, who is on them, and what was asked for."""

    def __init__(self, request: Request, session: Session) -> None:
        self.session = session
        self.sessions = list(planning.parallel(session))
        self.everybody = enrolment.on_sessions(s.pk for s in self.sessions)
        data = request.POST if request.method == "POST" else None
        self.columns_known = enrolment.columns(self.everybody)
        self.form = GroupsForm(data, sessions=self.sessions, columns=self.columns_known)
        self.step = request.POST.get("step", "")
        self.rows: list[Wish] = forms_of.typed_wishes(request.POST)
        self.names = forms_of.labels(self.everybody)
        self.valid = data is not None and self.form.is_valid()
        chosen = self.form.cleaned_data.get("sessions", []) if data is not None else []
        self.chosen = [s for s in self.sessions if s.pk in chosen] or self.sessions
        ids = {s.pk for s in self.chosen}
        self.people = [e for e in self.everybody if e.session_id in ids]
        self.wishes, self.not_understood = forms_of.understood(self.rows, self.names)
        self.placement = self._placement(request)

    def _placement(self, request: Request) -> Placement:
        column, method = "", Method.BY_HAND
        if self.valid:
            method, column = Method(self.form.cleaned_data["method"]), self.form.by_column()
        by_hand = None
        if self.step in {"look", "apply"}:
            by_hand = forms_of.typed_places(request.POST, self.people, self.chosen)
        return forms_of.placed(
            self.people, self.chosen, self.wishes, method=method, column=column, by_hand=by_hand
        )

    def columns(self) -> list[Column]:
        column = self.form.by_column() if self.valid else ""
        names, short = told_apart(self.sessions), in_short(self.chosen)
        by_name = sorted(self.people, key=lambda e: (e.participant.last_name, e.participant.first_name, e.pk))
        pawns = [_pawn(e, self.placement.of, names, column) for e in by_name]
        return [Column(s, names[s.pk], short[s.pk], [p for p in pawns if p.put == s.pk]) for s in self.chosen]

    def moving(self) -> set[int]:
        return {e.pk for e in self.people if self.placement.of[e.pk] != e.session_id}


def _pawn(person: Enrolment, of: Mapping[int, int], names: Mapping[int, str], column: str) -> Pawn:
    return Pawn(
        id=person.pk,
        name=person.participant.full_name,
        note=enrolment.value_of(person, column or enrolment.GROUP_COLUMN),
        now=person.session_id,
        came_from=names[person.session_id],
        put=of[person.pk],
    )


@page()
def groups(request: Request, ref: str) -> HttpResponse:
    """Show the groups as they are or would be; make them."""
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    blockers = [*is_running(session.mission), *is_planned(session)]
    board = Board(request, session)
    visited = request.method != "POST"
    if (blockers and visited) or len(board.sessions) < 2:  # noqa: PLR2004 - one is no group
        return _nothing_to_share(request, board, blockers)
    if blockers:
        return _show(request, board, blockers)
    if board.step == "apply" and board.valid and not board.not_understood:
        told: list[Split] = []
        done = carry_out(request, board.form, lambda: _make(request, board, told))
        if done:
            for made in told:
                messages.success(request, _made(made, session))
            return done
    return _show(request, board)


def _make(request: Request, board: Board, told: list[Split]) -> str:
    made = actions.split(
        mission_id=board.session.mission_id,
        placement=board.placement.of,
        wishes=board.wishes,
        by=request.viewer.actor,
    )
    told.append(made)
    return reverse("groups", args=[board.session.ref])


def _made(made: Split, session: Session) -> str:
    """Tell what was done, with the button that undoes it: the form it belongs to is on the page."""
    n = len(made.moves)
    words = ngettext("%(n)d person changed session.", "%(n)d people changed session.", n) % {"n": n}
    button = '{}{} <button class="link" type="submit" form="undo-groups">{}</button>'
    return markup(button, words, leave_at(session), _("Undo"))


def _show(request: Request, board: Board, blockers: Sequence[Blocker] = ()) -> HttpResponse:
    session, form = board.session, board.form
    refusals = blockers or form.refusals or board.placement.blockers
    told, moving = _told_already(board.people), board.moving()
    context = {
        "session": session,
        "mission": session.mission,
        "form": form,
        "starts": session.starts,
        "ends": session.ends,
        "people": len(board.everybody),
        "by_column": bool(board.columns_known),
        "wishes": _rows(board.rows),
        "names": board.names,
        "not_understood": board.not_understood,
        "columns": board.columns(),
        "moving": len(moving),
        "told": told,
        "told_moving": len(told & moving),
        "notes": board.placement.notes,
        "refusals": with_ways_out(
            refusals,
            {
                "no_room": reverse("change_session", args=[session.ref]),
                **way_to_reopen(request, session.mission),
            },
        ),
        "undo": _undo(request, session),
    }
    wrong = request.method == "POST" and (refusals or board.not_understood)
    status = 422 if wrong else status_of(form)
    return render(request, "coordination/groups.html", context, status=status)


def _rows(typed: Sequence[Wish]) -> list[Wish]:
    """Return the wishes with their empty places, and one more row."""
    rows = [*typed, Wish(len(typed), forms_of.APART if typed else forms_of.TOGETHER, [])]
    return [
        Wish(row.number, row.kind, [*row.names, *[""] * max(0, forms_of.NAMES_IN_A_WISH - len(row.names))])
        for row in rows
    ]


def _told_already(people: Sequence[Enrolment]) -> set[int]:
    """Return those of these to whom a mail about their session has left."""
    known = mail.of(ENROLMENT, (e.pk for e in people)) if people else []
    return {m.about.id for m in known if m.left}


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """The last groups that were made, as long as they can be undone."""

    split: Split
    moved: int
    who: str
    leaves: datetime | None
    """When (UTC) the first mail about it leaves; nothing when that is over."""


def _undo(request: Request, session: Session) -> Undo | None:
    made = enrolment.last_split(session.mission_id)
    if made is None or enrolment.was_told(made):
        return None
    users, _facilitators = everybodys_names({made.user_id} if made.user_id else set(), ())
    return Undo(
        split=made,
        moved=len(made.moves),
        who=users.get(made.user_id or 0, ""),
        leaves=first_news(session, CHANGES, done_at=made.at),
    )


def _nothing_to_share(request: Request, board: Board, blockers: Sequence[Blocker]) -> HttpResponse:
    mission = board.session.mission
    context = {
        "session": board.session,
        "mission": mission,
        "refusals": with_ways_out(blockers, way_to_reopen(request, mission)),
        "unsaved": [(forms_of.WISHES[row.kind], ", ".join(row.names)) for row in board.rows],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "coordination/no_groups.html", context, status=status)


@page()
def undo_groups(request: Request, ref: str, split_id: int) -> HttpResponse:
    """Put everybody back where they were before these groups."""
    only_post(request)
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    if not enrolment.is_split_of(session.mission_id, split_id):
        raise Http404
    return attempt(
        request,
        lambda: actions.undo_split(split_id=split_id, by=request.viewer.actor),
        back_to=reverse("groups", args=[ref]),
        done=_("Undone: everybody is back where they were."),
    )


@page()
def move_enrolment(request: Request, ref: str, enrolment_id: int) -> HttpResponse:
    """Move one person to a parallel session, chosen in the menu beside their name."""
    only_post(request)
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    person = enrolment.enrolment(enrolment_id)
    target = next((s for s in planning.parallel(session) if s.ref == request.POST.get("state")), None)
    if person is None or person.session_id != session.pk or target is None:
        raise Http404
    return attempt(
        request,
        lambda: actions.move(enrolment_ids=[person.pk], session_id=target.pk, by=request.viewer.actor),
        back_to=reverse("session", args=[ref]) + "#people",
        done=_("%(name)s is on %(session)s now.")
        % {"name": person.participant.full_name, "session": target.title},
    )
