"""One row of the table of names: as it is shown, and what is done with it when it comes back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cordee.enrolment import actions, queries, rules
from cordee.enrolment.actions import Wish
from cordee.enrolment.models import Enrolment, ListRow
from cordee.enrolment.queries import NameList, NameRow
from cordee.enrolment.rules import Person
from cordee.enrolment.rules.giving import MAY_BE_WAVED, SHARED, already_on_list
from cordee.enrolment.rules.wording import proposal
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import Blocker, Refused
from cordee.lists.reader import check
from cordee.lists.results import Row
from cordee.planning.models import Session
from cordee.submissions import actions as submissions
from cordee.web.numbers import an_id

FIELDS = ("email", "first_name", "last_name")
type UrlOf = Callable[[str], str]
"""The address of a row by its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row as the page draws it: the one who is on the list, one that waits, or an empty one."""

    key: str
    url: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    seen: str = ""
    group: str = ""
    may_write: Sequence[str] = FIELDS
    kind: str = ""
    state: str = ""
    remarks: Sequence[Blocker] = ()
    as_it_came: str = ""
    proposal: str = ""
    wave: str = ""
    """What the button says by which the contact takes the row as it is."""
    remove: str = ""
    refused: bool = False
    """What was typed is not saved: the page keeps it, and asks."""
    theirs: str = ""
    """What somebody else made of the row meanwhile."""

    @property
    def is_new(self) -> bool:
        return self.key.startswith("new-")

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def wrong(self) -> set[str]:
        """The fields that have to be looked at."""
        return {b.field for b in self.remarks if b.field}

    @property
    def missing(self) -> set[str]:
        """The fields that should not be empty."""
        if self.is_new:
            return set()
        named = self.first_name or self.last_name
        return {*(() if self.email else ("email",)), *(() if named else ("first_name", "last_name"))}


def empty(url_of: UrlOf) -> ShownRow:
    """Return a row to type the next person into. Its key makes a row sent twice one person."""
    key = f"new-{uuid4().hex}"
    return ShownRow(key=key, url=url_of(key))


def shown(row: NameRow, url_of: UrlOf) -> ShownRow:
    """Return a row of the list, ready to be drawn."""
    kind, state = _state(row)
    return ShownRow(
        key=row.key,
        url=url_of(row.key),
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        seen=row.seen,
        group=row.group,
        may_write=row.may_write,
        kind=kind,
        state=state,
        remarks=row.hindrances,
        as_it_came=row.text,
        proposal=row.proposal,
        wave=_wave(row),
        remove=_remove(row),
    )


def _state(row: NameRow) -> tuple[str, str]:
    codes = {b.code for b in row.hindrances}
    if not row.waits:
        if not row.email:
            return "late", _("on the list, no e-mail")
        return ("done", _("on the list")) if row.first_name or row.last_name else ("late", _("no name"))
    if codes & {"full"}:
        return "stop", _("no place left")
    if codes & {"refused", "on_list"}:
        return "neutral", _("not on the list")
    return ("late", _("to be completed")) if codes <= {"no_email", "no_name"} else ("late", _("to correct"))


def _wave(row: NameRow) -> str:
    codes = {b.code for b in row.hindrances}
    if row.waits and not codes:
        return _("Put on the list")
    if not row.may_be_waved:
        return ""
    if codes == {SHARED}:
        return _("Same mailbox, all right")
    if codes == {"no_email"}:
        return _("No e-mail: put on the list anyway")
    if codes == {"no_name"}:
        return _("No name: put on the list anyway")
    return _("Right as it is: put on the list")


def _remove(row: NameRow) -> str:
    if row.waits:
        return _("Take this row away")
    return _("Take off the list") if row.given_by_client else ""


# --- what comes back ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A row as it came back: what was typed, what was on screen before, and the button pressed."""

    key: str
    person: Person
    seen: str | None
    do: str

    @property
    def is_empty(self) -> bool:
        return not (self.person.email or self.person.first_name or self.person.last_name)


def sent(posted: QueryDict, key: str) -> Sent:
    """Return the row of a form."""
    email, first_name, last_name = (posted.get(name, "").strip() for name in FIELDS)
    person = Person(email=email, first_name=first_name, last_name=last_name)
    return Sent(key=key, person=person, seen=posted.get("seen") or None, do=posted.get("do", "save"))


def save(session: Session, row: Sent, *, by: Actor) -> str:
    """Do what the button says with a row; return the key of what it became, empty when nothing is left.
    Raises Refused: then nothing is changed.
    """
    kind, _dash, ident = row.key.partition("-")
    if kind == "new":
        return _save_new(session, row, ident, by=by)
    number = an_id(ident)
    if number is None or kind not in {"row", "person"}:
        raise Http404
    try:
        act = _save_waiting if kind == "row" else _save_person
        return act(row, number, by=by)
    except ObjectDoesNotExist:
        if became := _same(session, row):
            return became.key  # it was saved before, and the answer did not arrive
        raise Refused(rules.was_taken_away()) from None


def _same(session: Session, sent: Sent) -> NameRow | None:
    """Return the row of the list that reads as this one."""
    said = (sent.person.email, sent.person.first_name, sent.person.last_name)
    rows = queries.names_of(session).rows if sent.do in {"save", "wave"} else ()
    return next((r for r in rows if (r.email, r.first_name, r.last_name) == said), None)


def _save_new(session: Session, row: Sent, ident: str, *, by: Actor) -> str:
    if row.do == "remove" or row.is_empty:
        return ""
    first = False

    def give() -> str:
        nonlocal first
        first = True
        given = actions.give_person(session_id=session.pk, person=row.person, by=by)
        if given is None:
            raise Refused([already_on_list(row.person)])
        return key_of(given)

    try:
        key = submissions.once(UUID(hex=ident), user_id=None, do=give)
    except ValueError:
        raise Http404 from None
    # The browser sent the row before and did not hear of it: what it says now is the row's content.
    return key if first else save(session, replace(row, key=key, seen=None), by=by)


def _save_waiting(row: Sent, row_id: int, *, by: Actor) -> str:
    if row.do == "remove":
        actions.drop_waiting(row_id=row_id, seen=row.seen, by=by)
        return ""
    return key_of(
        actions.change_waiting(row_id=row_id, person=row.person, seen=row.seen, wish=_wish(row), by=by)
    )


def _save_person(row: Sent, enrolment_id: int, *, by: Actor) -> str:
    if row.do == "remove":
        actions.take_off(enrolment_id=enrolment_id, seen=row.seen, by=by)
        return ""
    if row.do == "back":
        return key_of(actions.put_back(enrolment_id=enrolment_id, by=by))
    return key_of(
        actions.change_given(
            enrolment_id=enrolment_id, person=row.person, seen=row.seen, wish=_wish(row), by=by
        )
    )


def _wish(row: Sent) -> Wish:
    return Wish(waved=row.do == "wave", mended=row.do == "mend")


def key_of(became: Enrolment | ListRow) -> str:
    """Return the key of the row that shows this."""
    return f"{'person' if isinstance(became, Enrolment) else 'row'}-{became.pk}"


def not_saved(
    row: Sent, reasons: Iterable[Blocker], names: NameList, url_of: UrlOf, *, closed: bool = False
) -> ShownRow:
    """Return a row that was refused with what was typed in it, why, and what can be done."""
    reasons = list(reasons)
    codes = {b.code for b in reasons}
    now = names.row(row.key)
    key = row.key if now or row.key.startswith("new-") else f"new-{uuid4().hex}"
    typed = check(
        Row(
            line=1,
            text="",
            email=row.person.email,
            first_name=row.person.first_name,
            last_name=row.person.last_name,
        )
    )
    doubted = bool(now) and codes and all(code in MAY_BE_WAVED for code in codes)
    return ShownRow(
        key=key,
        url=url_of(key),
        email=row.person.email,
        first_name=row.person.first_name,
        last_name=row.person.last_name,
        seen=now.seen if now else "",
        group=now.group if now else "",
        may_write=now.may_write if now else FIELDS,
        kind="stop",
        state=_("not saved"),
        remarks=reasons,
        proposal=proposal(typed.suggestion) if now and typed.suggestion else "",
        wave=_("Right as it is: save it") if doubted else "",
        remove="" if now else _("Take this row away"),
        refused=True,
        theirs=_as_read(now) if now and "changed_meanwhile" in codes else "",
    )


def _as_read(row: NameRow) -> str:
    if row.email and row.email != row.name:
        return pgettext("a person", "%(name)s <%(email)s>") % {"name": row.name, "email": row.email}
    return row.name
