"""What is wrong with a sheet, or to be asked about it: pure functions over what is known of it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cordee.attendance.states import SIGN_BEFORE
from cordee.conformity.rules.days_off import DayOff, day_off
from cordee.conformity.rules.ink import are_unlike, shape_of
from cordee.conformity.rules.kinds import KINDS
from cordee.conformity.rules.ordered import before_order, hours_differ, over_capacity
from cordee.conformity.rules.school import school_counts_others, school_is_silent
from cordee.conformity.rules.sheet import Half, Person, Sheet, Signed
from cordee.conformity.rules.titles import title_differs
from cordee.conformity.states import FindingCode, Severity
from cordee.kernel.days import WHOLE, day_text
from cordee.kernel.refusals import Blocker, Turn

MOST_NAMES: Final = 5
"""Names told in one sentence; of more only how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong with a sheet, or to be asked about it: in words, with the law behind it and what to do."""

    code: FindingCode
    message: str
    due: bool = True
    """Not while the half-day is still going on in which there is time for it."""

    @property
    def severity(self) -> Severity:
        return KINDS[self.code].severity

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR

    @property
    def turn(self) -> Turn:
        return KINDS[self.code].turn

    @property
    def law(self) -> str:
        """Why it matters, with its legal source."""
        return str(KINDS[self.code].law)

    @property
    def fix(self) -> str:
        return str(KINDS[self.code].fix)

    def as_blocker(self) -> Blocker:
        return Blocker(self.code, self.message, self.fix, self.turn)


def findings(sheet: Sheet) -> list[Finding]:
    """Return what is found on a sheet, errors first, what is not due yet last."""
    found = [
        Finding(code=code, message=words, due=half.ended)
        for code, look_at in LOOKS_AT_A_HALF_DAY.items()
        for half in sheet.halves
        for words in look_at(sheet, half)
    ]
    found += [Finding(code=code, message=words) for code, look in LOOKS.items() for words in look(sheet)]
    return sorted(found, key=lambda f: (not f.due, not f.is_error))


def _presence_missing(sheet: Sheet, half: Half) -> Iterator[str]:
    if half.begun and not half.recorded:
        yield _("Presence is not recorded: %(when)s.") % {"when": _when(sheet, half)}


def _signature_missing(sheet: Sheet, half: Half) -> Iterator[str]:
    """Who was there has signed, each half-day."""
    given = {s.key for s in sheet.signed if s.half_day_id == half.id}
    missing = [p for p in sheet.present(half) if p.key not in given]
    if missing:
        yield ngettext(
            "%(names)s was there and has not signed: %(when)s.",
            "%(names)s were there and have not signed: %(when)s.",
            len(missing),
        ) % {"names": _names(missing), "when": _when(sheet, half)}


def _absent_signed(sheet: Sheet) -> Iterator[str]:
    """Who signed was there."""
    given = {(s.key, s.half_day_id) for s in sheet.signed}
    for half in sheet.halves:
        wrong = [
            p
            for p in sheet.people
            if half.recorded and (p.key, half.id) in given and not sheet.was_there(p, half)
        ]
        if wrong:
            yield ngettext(
                "%(names)s has signed and is recorded as absent: %(when)s.",
                "%(names)s have signed and are recorded as absent: %(when)s.",
                len(wrong),
            ) % {"names": _names(wrong), "when": _when(sheet, half)}


def _nobody_ran_it(sheet: Sheet) -> Iterator[str]:
    if not sheet.facilitators:
        yield _("Nobody is recorded as having run this session.")


def _facilitator_missing(sheet: Sheet, half: Half) -> Iterator[str]:
    """Each facilitator has countersigned, each half-day."""
    given = {s.key for s in sheet.countersigned if s.half_day_id == half.id}
    missing = [p for p in sheet.facilitators if p.key not in given]
    if half.begun and missing:
        yield ngettext(
            "%(names)s has not countersigned: %(when)s.",
            "%(names)s have not countersigned: %(when)s.",
            len(missing),
        ) % {"names": _names(missing), "when": _when(sheet, half)}


def _out_of_window(sheet: Sheet) -> Iterator[str]:
    """People sign from a quarter of an hour before the half-day to its end."""
    halves = {half.id: half for half in sheet.halves}
    late: dict[int, list[int]] = {}
    for s in sheet.signed:
        half = halves.get(s.half_day_id)
        if half and not s.belated and not half.starts_at - SIGN_BEFORE <= s.at <= half.ends_at:
            late.setdefault(half.id, []).append(s.key)
    for half_id, keys in late.items():
        people = [p for p in sheet.people if p.key in keys]
        if people:
            yield ngettext(
                "%(names)s has signed outside the hours: %(when)s.",
                "%(names)s have signed outside the hours: %(when)s.",
                len(people),
            ) % {"names": _names(people), "when": _when(sheet, halves[half_id])}


def _signed_belated(sheet: Sheet) -> Iterator[str]:
    """What waited on a device without network is as good as who says that it counts."""
    keys = {s.key for s in sheet.signed if s.belated}
    people = [p for p in sheet.people if p.key in keys]
    if people:
        yield ngettext(
            "The signature of %(names)s came late, from a device without network.",
            "The signatures of %(names)s came late, from devices without network.",
            len(people),
        ) % {"names": _names(people)}


def _same_ink(sheet: Sheet) -> Iterator[str]:
    """No two people draw the very same signature, point by point."""
    everybody = _everybody(sheet)
    by_print: dict[str, set[str]] = {}
    for s, person in everybody:
        if s.print:
            by_print.setdefault(s.print, set()).add(person.who)
    names = {person.who: person.name for _s, person in everybody}
    for found, here in by_print.items():
        elsewhere = sheet.elsewhere.get(found, frozenset()) - here
        told = ", ".join(sorted(names[who] for who in here))
        if len(here) > 1:
            yield _("%(names)s: the very same signature, point by point.") % {"names": told}
        elif elsewhere:
            yield _("The signature of %(names)s is the very same as somebody else’s on another session.") % {
                "names": told
            }


def _unlike_ink(sheet: Sheet) -> Iterator[str]:
    """One hand draws signatures that are somewhat alike."""
    shapes: dict[str, list[Signed]] = {}
    names: dict[str, str] = {}
    for s, person in _everybody(sheet):
        shapes.setdefault(person.who, []).append(s)
        names[person.who] = person.name
    for who, given in shapes.items():
        drawn = [shape for s in given if (shape := shape_of(s.strokes))]
        if any(are_unlike(one, other) for i, one in enumerate(drawn) for other in drawn[:i]):
            yield _("The signatures of %(name)s are very different from each other.") % {"name": names[who]}


def _day_off(sheet: Sheet) -> Iterator[str]:
    sentences = {
        DayOff.SUNDAY: _("%(day)s is a Sunday."),
        DayOff.HOLIDAY: _("%(day)s is a public holiday."),
        DayOff.ALSACE_MOSELLE: _("%(day)s is a public holiday in Alsace and Moselle."),
        DayOff.OVERSEAS: _("%(day)s is a public holiday where the session took place."),
    }
    for day in sorted({half.day for half in sheet.halves}):
        why = day_off(day, time_zone=sheet.time_zone, address=sheet.address)
        if why:
            yield sentences[why] % {"day": day_text(day, WHOLE, get_language() or "fr").capitalize()}


def _not_as_signed(sheet: Sheet) -> Iterator[str]:
    """The session still says what people signed."""
    labels = {
        "title": _("title"),
        "day": _("day"),
        "starts": _("hours"),
        "ends": _("hours"),
        "time_zone": _("time zone"),
    }
    halves = {half.id: half for half in sheet.halves}
    differs: dict[int, dict[str, None]] = {}
    for s in (*sheet.signed, *sheet.countersigned):
        half = halves.get(s.half_day_id)
        now = _content_now(sheet, half) if half else {}
        for name, value in now.items():
            if half and s.content.get(name, value) != value:
                differs.setdefault(half.id, {})[labels[name]] = None
    for half_id, fields in differs.items():
        yield _("Not what was signed any more (%(fields)s): %(when)s.") % {
            "fields": ", ".join(fields),
            "when": _when(sheet, halves[half_id]),
        }


def _content_now(sheet: Sheet, half: Half) -> Mapping[str, str]:
    return {
        "title": sheet.title,
        "day": half.day.isoformat(),
        "starts": half.starts.isoformat("minutes"),
        "ends": half.ends.isoformat("minutes"),
        "time_zone": sheet.time_zone,
    }


def _enrolled_after(sheet: Sheet) -> Iterator[str]:
    """Who was there was on the list by the end of the last half-day, at the latest."""
    last = max((half.ends_at for half in sheet.halves), default=None)
    here = {p.key for half in sheet.halves for p in sheet.present(half)}
    late = [p for p in sheet.people if last and p.key in here and p.enrolled_at and p.enrolled_at > last]
    if late:
        yield ngettext(
            "%(names)s was put on the list when the session was over.",
            "%(names)s were put on the list when the session was over.",
            len(late),
        ) % {"names": _names(late)}


LOOKS_AT_A_HALF_DAY: Final[dict[FindingCode, Callable[[Sheet, Half], Iterator[str]]]] = {
    FindingCode.PRESENCE_MISSING: _presence_missing,
    FindingCode.SIGNATURE_MISSING: _signature_missing,
    FindingCode.FACILITATOR_MISSING: _facilitator_missing,
}
"""What there is time for until the half-day is over."""
LOOKS: Final[dict[FindingCode, Callable[[Sheet], Iterator[str]]]] = {
    FindingCode.ABSENT_SIGNED: _absent_signed,
    FindingCode.FACILITATOR_MISSING: _nobody_ran_it,
    FindingCode.SAME_INK: _same_ink,
    FindingCode.NOT_AS_SIGNED: _not_as_signed,
    FindingCode.OUT_OF_WINDOW: _out_of_window,
    FindingCode.SCHOOL_SILENT: school_is_silent,
    FindingCode.SIGNED_BELATED: _signed_belated,
    FindingCode.UNLIKE_INK: _unlike_ink,
    FindingCode.DAY_OFF: _day_off,
    FindingCode.TITLE_DIFFERS: title_differs,
    FindingCode.HOURS_DIFFER: hours_differ,
    FindingCode.BEFORE_ORDER: before_order,
    FindingCode.ENROLLED_AFTER: _enrolled_after,
    FindingCode.OVER_CAPACITY: over_capacity,
    FindingCode.SCHOOL_COUNTS_OTHERS: school_counts_others,
}


def _everybody(sheet: Sheet) -> list[tuple[Signed, Person]]:
    """Return every signature with who gave it."""
    people = {p.key: p for p in sheet.people}
    staff = {p.key: p for p in sheet.facilitators}
    found = [(s, people[s.key]) for s in sheet.signed if s.key in people]
    return found + [(s, staff[s.key]) for s in sheet.countersigned if s.key in staff]


def _names(people: Collection[Person]) -> str:
    names = [p.name for p in people]
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    more = len(names) - MOST_NAMES
    shown = ", ".join(names[:MOST_NAMES])
    return ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", more) % {
        "names": shown,
        "n": more,
    }


def _when(sheet: Sheet, half: Half) -> str:
    day = day_text(half.day, WHOLE, get_language() or "fr")
    if len(sheet.halves) == 1:
        return day
    return _("half-day %(n)d, %(day)s") % {"n": half.position, "day": day}
