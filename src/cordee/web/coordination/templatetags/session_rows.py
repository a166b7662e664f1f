"""`{% load session_rows %}`: the sessions of a mission, and the people of a session. They are written here and not in a
template because a page has dozens of them.
"""

from collections.abc import Sequence

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cordee.web.addresses import address
from cordee.web.components.formatting import span
from cordee.web.components.markup import joined, markup, markup_of_each
from cordee.web.components.menus import MenuItem
from cordee.web.components.templatetags.cordee import menu_of, tag
from cordee.web.coordination.people import PersonOn
from cordee.web.coordination.session_people import PersonComing
from cordee.web.coordination.sessions import Group, Row

register = template.Library()


@register.simple_tag(takes_context=True)
def person_on(context: Context, person: PersonOn) -> SafeString:
    """Somebody on a session: the name, with the menu of what can be done about it, and the status."""
    return _Names(str(context["csrf_token"])).html(person)


class _Names:
    """Writes who is on sessions; the words that all share are looked up once."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._menu_title = _("Status on this session")

    def html(self, person: PersonOn) -> SafeString:
        return markup(
            "{} {}{}{}",
            self._menu(person) if person.choices else markup("<span>{}</span>", person.name),
            tag(person.kind, person.status),
            markup(" {}", tag("neutral", _("observer"))) if person.observer and person.counted else "",
            markup(' <small class="muted reason">{}</small>', person.reason) if person.reason else "",
        )

    def _menu(self, person: PersonOn) -> SafeString:
        return menu_of(
            self._token, person.menu_id, person.name, person.url, person.choices, title=self._menu_title
        )


@register.simple_tag(takes_context=True)
def session_groups(context: Context, groups: Sequence[Group], *, runs: bool) -> SafeString:
    """Sessions that take place, under their time when there are several: who runs each, how many are enrolled, how it
    stands. runs: whether the viewer may put somebody on.
    """
    names = _Names(str(context["csrf_token"]))
    line = markup(  # its labels are the same for all; what differs is to be filled in
        '<tr><td><a href="{{}}">{{}}</a></td>'
        '<td data-l="{}">{{}}</td>'
        '<td class="r num" data-l="{}"><a href="{{}}#people">'
        '<span class="vh">{{}} – </span>{{}} / {{}}</a></td>'
        '<td data-l="{}">{{}}</td></tr>',
        *(_("Facilitators"), _("Enrolled"), _("State")),
    )
    return markup_of_each(
        "<tbody>{}{}</tbody>",
        (
            (
                _group_head(group) if len(groups) > 1 else "",
                markup_of_each(line, (_session_cells(row, names, runs=runs) for row in group.rows)),
            )
            for group in groups
        ),
    )


def _group_head(group: Group) -> SafeString:
    times = span(group.starts, group.ends)
    link = ' <a class="small" href="{}">{}<span class="vh"> – {}</span></a>'
    return markup(
        '<tr class="group"><th colspan="4" scope="rowgroup">'
        '<span class="num">{}</span> <span class="muted">{}</span>{}</th></tr>',
        *(times, group.place),
        markup(link, group.shared_url, _("Groups"), times) if group.shared_url else "",
    )


def _session_cells(row: Row, names: _Names, *, runs: bool) -> tuple[object, ...]:
    return (
        *(row.url, row.title, _people_on(row, names, runs=runs)),
        *(row.url, row.title, row.enrolled, row.capacity, tag(row.kind, row.state)),
    )


def _people_on(row: Row, names: _Names, *, runs: bool) -> SafeString:
    if row.people:
        people = joined(markup("<li>{}</li>", names.html(person)) for person in row.people)
        return markup('<ul class="people">{}</ul>', people)
    if runs:
        link = '<a href="{}">{}<span class="vh"> – {}</span></a>'
        return markup(link, row.staff_url, _("Put somebody on"), row.title)
    return markup('<span class="muted">{}</span>', _("nobody yet"))


@register.simple_tag(takes_context=True)
def coming_rows(
    context: Context,
    people: Sequence[PersonComing],
    session_ref: str,
    *,
    recorded: int,
    corrects: bool,
    elsewhere: Sequence[MenuItem],
) -> SafeString:
    """The people on a list. recorded: the half-days with presence; corrects: whether the viewer may correct them,
    and move them to the sessions `elsewhere`.
    """
    token = str(context["csrf_token"])
    cells = [
        "<td>{}{}</td>",
        markup('<td data-l="{}">{{}}</td>', _("E-mail")),
        markup('<td data-l="{}"><span class="row">{{}}</span></td>', _("Presence")) if recorded else "{}",
        '<td class="r">{}<a class="small" href="{}">{}<span class="vh"> – {}</span></a></td>'
        if corrects
        else "",
    ]
    correct, none = _("Correct"), markup('<span class="muted">{}</span>', _("none"))
    return markup_of_each(
        f"<tr>{''.join(cells)}</tr>",
        (
            (
                *(person.name, _origin(person)),
                markup('<span class="address">{}</span>', person.email) if person.email else none,
                joined(tag(kind, word) for kind, word in person.presence) if recorded else "",
                _move(person, session_ref, token, elsewhere) if elsewhere else "",
                address("correct_enrolment", session_ref, person.id),
                *(correct, person.name),
            )
            for person in people
        ),
    )


def _origin(person: PersonComing) -> SafeString:
    if person.walk_in:
        return markup(" {}", tag("neutral", _("on the spot")))
    return markup(" {}", tag("neutral", _("given by the client"))) if person.given_by_client else SafeString()


def _move(person: PersonComing, session_ref: str, token: str, elsewhere: Sequence[MenuItem]) -> SafeString:
    return menu_of(
        token,
        f"move-{person.id}",
        markup('{}<span class="vh"> – {}</span>', _("Move to…"), person.name),
        address("move_enrolment", session_ref, person.id),
        elsewhere,
        title=_("Move to a session at the same time"),
    )
