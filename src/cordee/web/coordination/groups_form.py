"""The form of groups: how they are made, over which sessions, and who is kept together or apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, override

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.queries import Column
from cordee.enrolment.rules import Group, Member, Method, Placement, Wishes, fits, place
from cordee.kernel.names import search_key
from cordee.planning.models import Session
from cordee.web.components.menus import MenuItem
from cordee.web.coordination.sessions import told_apart
from cordee.web.pages import HouseForm

NAMES_IN_A_WISH = 4
MOST_WISHES = 40
TOGETHER, APART = "together", "apart"
WISHES = {TOGETHER: gettext_lazy("Together"), APART: gettext_lazy("Apart")}


@dataclass(frozen=True, slots=True)
class Wish:
    """A row of names, as typed, who are to stay together or to be kept apart."""

    number: int
    kind: str
    names: list[str]


class GroupsForm(HouseForm):
    """How groups are made. The wishes and the place of each person beside it are read with `typed_wishes` and
    `typed_places`.
    """

    method = forms.ChoiceField(label=gettext_lazy("How"), widget=forms.RadioSelect)
    column = forms.ChoiceField(label=gettext_lazy("Column"), required=False)
    sessions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Over which sessions"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, sessions: Sequence[Session], columns: Sequence[Column]) -> None:
        initial = {"method": Method.BY_HAND, "sessions": [s.pk for s in sessions]}
        super().__init__(data, initial=initial)
        methods = [
            (Method.EVENLY, _("Evenly: as many people in each")),
            (Method.BY_COLUMN, _("By what the list says: a language, a team…")),
            (Method.BY_HAND, _("By hand, from where everybody is now")),
        ]
        if not columns:
            methods.pop(1)
        self._choose("method", methods)
        self._choose("column", [(column.key, _told(column)) for column in columns])
        self._choose("sessions", list(told_apart(sessions).items()))

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices

    @override
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if len(self.cleaned_data.get("sessions", [None, None])) < 2:  # noqa: PLR2004 - one is no group
            self.add_error("sessions", _("Choose at least two sessions."))
        return cleaned

    def by_column(self) -> str:
        """Return the column by which groups are made, if they are."""
        by_column = self.cleaned_data.get("method") == Method.BY_COLUMN
        return self.cleaned_data.get("column", "") if by_column else ""


def _told(column: Column) -> str:
    """Return a column with its most frequent values: “Langue: français 20, anglais 6…”."""
    shown = ", ".join(f"{value} {n}" for value, n in column.values[:4])
    more = "…" if len(column.values) > 4 else ""  # noqa: PLR2004 - as many as are shown
    return _("%(column)s: %(values)s") % {"column": column.label, "values": shown + more}


def typed_wishes(data: Any) -> list[Wish]:
    """Return the rows of names as they were typed, without the empty ones."""
    rows: list[Wish] = []
    for number in range(MOST_WISHES):
        names = [name.strip() for name in data.getlist(f"wish-{number}")]
        if any(names):
            kind = APART if data.get(f"kind-{number}") == APART else TOGETHER
            rows.append(Wish(number=len(rows), kind=kind, names=[name for name in names if name]))
    return rows


def labels(people: Iterable[Enrolment]) -> dict[str, int]:
    """Return the names to choose from; of people with one name each with their address."""
    found: dict[str, list[Enrolment]] = {}
    for enrolment_ in people:
        found.setdefault(enrolment_.participant.full_name, []).append(enrolment_)
    return {
        name if len(same) == 1 else f"{name} – {e.participant.email or e.group or e.pk}": e.pk
        for name, same in found.items()
        for e in same
    }


def understood(rows: Iterable[Wish], known: dict[str, int]) -> tuple[Wishes, list[str]]:
    """Return the wishes that these rows are, and what could not be understood of them."""
    keys = {search_key(label): number for label, number in known.items()}
    sets: dict[str, list[frozenset[int]]] = {TOGETHER: [], APART: []}
    wrong = []
    for row in rows:
        ids = set()
        for name in row.names:
            matching = _matching(search_key(name), keys)
            if len(matching) == 1:
                ids |= matching
            else:
                words = (
                    _("Several people match “%(name)s”: write more of the name.")
                    if matching
                    else _("Nobody on these sessions is called “%(name)s”.")
                )
                wrong.append(words % {"name": name})
        sets[row.kind].append(frozenset(ids))
    return Wishes(together=tuple(sets[TOGETHER]), apart=tuple(sets[APART])), wrong


def _matching(key: str, keys: dict[str, int]) -> set[int]:
    if key in keys:
        return {keys[key]}
    return {number for label, number in keys.items() if key in label}


def typed_places(data: Any, people: Iterable[Enrolment], sessions: Sequence[Session]) -> dict[int, int]:
    """Return where each person was put by hand; who is not on the page stays where they are."""
    known = {str(s.pk): s.pk for s in sessions}
    return {e.pk: known.get(data.get(f"at-{e.pk}", ""), e.session_id) for e in people}


def placed(
    people: Sequence[Enrolment],
    sessions: Sequence[Session],
    wishes: Wishes,
    *,
    method: Method,
    column: str = "",
    by_hand: dict[int, int] | None = None,
) -> Placement:
    """Return the groups: as they were put by hand, or else as they are to be made. Nobody moves for what is
    impossible.
    """
    members = enrolment.members(people, column)
    names = told_apart(sessions)
    groups = [Group(id=s.pk, name=names[s.pk], capacity=s.capacity) for s in sessions]
    if by_hand is not None:
        return Placement(by_hand, blockers=tuple(fits(by_hand, members, groups, wishes)))
    found = place(members, groups, method=method, wishes=wishes)
    return found if found.of or not members else Placement(_as_they_are(members), blockers=found.blockers)


def elsewhere(groups: Sequence[tuple[Session, int]], here: Session) -> list[MenuItem]:
    """Return the menu of who comes to a session: the parallel sessions, with their sizes, that they can be
    moved to.
    """
    names = told_apart([session for session, _size in groups])
    return [_choice(session, names[session.pk], size) for session, size in groups if session.pk != here.pk]


def _choice(session: Session, name: str, enrolled: int) -> MenuItem:
    hint = _("Places taken: %(enrolled)d of %(capacity)d")
    taken = hint % {"enrolled": enrolled, "capacity": session.capacity}
    full = enrolled >= session.capacity
    return MenuItem(value=session.ref, label=name, hint=taken, why=taken if full else "")


def _as_they_are(members: Iterable[Member]) -> dict[int, int]:
    return {m.id: m.at for m in members if m.at is not None}
