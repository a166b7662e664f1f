"""`{% load cordee %}`: the design system's tags and filters. How to use each: ../README.md."""

import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cordee.kernel.refusals import Turn
from cordee.web.components import formatting
from cordee.web.components.attributes import written
from cordee.web.components.icons import ICONS
from cordee.web.components.markup import joined, markup
from cordee.web.components.menus import MenuItem

register = template.Library()

for _filter in (
    formatting.money,
    formatting.day,
    formatting.short_day,
    formatting.clock,
    formatting.hours,
    formatting.span,
    formatting.zone,
):
    register.filter(_filter.__name__, _filter)

# The status kinds; each has the icon of the same name. Another word in a template is a mistake, not a new colour.
KINDS: Final = ("done", "wait", "late", "stop", "go", "neutral")
BRIEF: Final = 20
"""The length of words that a status keeps on one line, however narrow its column."""
AVATAR_TINTS: Final = 6
TURNS: Final = {
    Turn.COORDINATOR: _("the coordinator"),
    Turn.FACILITATOR: _("the facilitator"),
    Turn.OPERATIONS: _("operations"),
    Turn.FINANCE: _("finance"),
    Turn.QUALITY: _("quality"),
    Turn.ADMINISTRATOR: _("the administrator"),
    Turn.DISABILITY_OFFICER: _("the disability officer"),
    Turn.PARTICIPANT: _("the participant"),
    Turn.TIME: _("nobody: it comes with the date"),
}
TOAST_KINDS: Final = {"error": "stop", "warning": "late", "info": "info", "debug": "info", "success": "done"}


@register.filter
def moment(value: Any) -> SafeString:
    """Relative for reading, exact on hover and for machines."""
    local = formatting.in_place(value)
    exact = f"{formatting.day(local)}, {formatting.clock(local)}"
    return markup(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), exact, formatting.moment(local)
    )


@register.simple_tag
@cache  # a page draws a few of them a hundred times
def icon(name: str) -> SafeString:
    return markup(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 - our own drawings
    )


@register.simple_tag
def fixed(template_name: str) -> SafeString:
    """A template that reads nothing of the page but its language: drawn once for the life of the process."""
    return _fixed(template_name, get_language())


@cache
def _fixed(template_name: str, _language: str | None) -> SafeString:
    return render_to_string(template_name)


@register.simple_tag
@cache
def stylesheet(name: str) -> SafeString:
    """A link to one of our own stylesheets, beside those of every page."""
    return markup('<link rel="stylesheet" href="{}">', static(name))


@register.simple_tag
def tag(kind: str, label: Any) -> SafeString:
    """A status: icon + word + colour."""
    return _tag(kind, markup("{}", label))


@lru_cache(maxsize=1024)  # the rows of a page are in the same few states
def _tag(kind: str, label: SafeString) -> SafeString:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not a status kind: {', '.join(KINDS)}")
    brief = " brief" if len(label) <= BRIEF else ""
    return markup('<span class="tag {}{}">{}{}</span>', kind, brief, icon(kind), label)


@register.simple_tag(takes_context=True)
def menu(
    context: Context, menu_id: str, label: object, url: str, items: Sequence[MenuItem], *, title: object = ""
) -> SafeString:
    """A name that opens a list of POST buttons, as a native popover; written here and not in a template because
    a page has dozens of them.
    """
    return menu_of(context["csrf_token"], menu_id, label, url, items, title=title)


def menu_of(
    token: object, menu_id: str, label: object, url: str, items: Sequence[MenuItem], *, title: object
) -> SafeString:
    """Return a menu for a page with this token against forged requests."""
    return markup(
        '<button class="who" type="button" popovertarget="{}">{}{}</button>'
        '<div class="menu" id="{}" popover>{}<form method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}</form></div>',
        menu_id,
        label,
        icon("down"),
        menu_id,
        markup('<p class="menu-title">{}</p>', title) if title else "",
        url,
        token,
        _menu_items(tuple(items)),
    )


@lru_cache(maxsize=256)  # the people of a mission offer the same few over and over
def _menu_items(items: tuple[MenuItem, ...]) -> SafeString:
    return joined(_menu_item(item) for item in items)


def _menu_item(item: MenuItem) -> SafeString:
    if item.why:
        off = '<p class="menu-item off">{}<span>{}<small>{}</small></span></p>'
        return markup(off, icon("lock"), item.label, item.why)
    return markup(
        '<button type="submit" class="menu-item{}" name="state" value="{}"{}>{}<span>{}{}</span></button>',
        f" {item.kind}" if item.kind else "",
        item.value,
        mark_safe(' aria-current="true"') if item.current else "",
        icon(item.kind) if item.kind else "",
        item.label,
        markup("<small>{}</small>", item.hint) if item.hint else "",
    )


@register.simple_tag
def counter_cell(name: object, value: int | None, ordered: int | None, url: str) -> SafeString:
    """A figure of `counter.html` with its bar; nothing without a value."""
    if value is None:
        return SafeString()
    return markup(
        "<div{}><dt>{}</dt><dd>{}</dd>"
        '<dd aria-hidden="true"><progress value="{}" max="{}"></progress></dd></div>',
        mark_safe(' class="over"') if value > (ordered or 0) else "",
        name,
        markup('<a href="{}">{}</a>', url, value) if url else value,
        value,
        ordered or 1,
    )


@register.simple_tag
def avatar(name: object) -> SafeString:
    """Initials on a tint that stays the same for a same name; silent, the name is always written beside it."""
    words = [word for word in str(name).replace("-", " ").split() if word[:1].isalpha()]
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
    tint = zlib.crc32(str(name).encode()) % AVATAR_TINTS
    return markup('<span class="avatar a{}" aria-hidden="true">{}</span>', tint, initials)


@register.simple_tag
def button(
    label: object, url: str = "", *, look: str = "", icon: str = "", **attributes: object
) -> SafeString:
    """A link when there is a url, else a submit button. look: "main", "quiet", "danger", "slim", or several."""
    tag, address = ("a", markup(' href="{}"', url)) if url else ("button", "")
    return markup(
        '<{} class="btn {}"{}{}>{}</{}>',
        tag,
        look,
        address,
        written(attributes),
        _worded(icon, label),
        tag,
    )


def _worded(icon_name: str, label: object) -> SafeString:
    return markup("{}<span>{}</span>", icon(icon_name) if icon_name else "", label)


@register.inclusion_tag("components/crumbs.html")
def crumbs(*labels_and_urls: object) -> dict[str, object]:
    """label, url, label, url, …, label of this page."""
    parts = list(labels_and_urls)
    here = parts.pop() if len(parts) % 2 else None
    return {"steps": list(zip(parts[::2], parts[1::2], strict=True)), "here": here}


@register.inclusion_tag("components/meter.html")
def meter(value: object, maximum: object, label: object) -> dict[str, object]:
    return {"value": value, "maximum": maximum, "label": label}


@register.simple_tag
def gauge(share: object, mark: object = None) -> SafeString:
    """A bar beside the number that it draws, which is what screen readers read; share and mark are per cent."""
    line = "" if mark is None else markup('<rect class="mark" x="{}" width="1" height="10"/>', mark)
    return markup(
        '<svg class="gauge" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="ground" width="100" height="10"/><rect class="part" width="{}" height="10"/>{}</svg>',
        share,
        line,
    )


@register.simple_block_tag
def card(content: str, title: object = "", **more: Any) -> str:
    """A titled box. more: id, note, level (of the heading), look, tag_kind + tag_label, link_url + link_label."""
    return markup(
        '<section class="card{}"{}>{}{}</section>',
        f" {look}" if (look := more.get("look")) else "",
        written({"id": more.get("id") or False}),
        _card_header(title, **more) if title else "",
        mark_safe(content),  # noqa: S308 - drawn by the template inside
    )


def _card_header(
    title: object,
    *,
    level: int = 2,
    tag_kind: str = "",
    tag_label: object = "",
    note: object = "",
    link_url: object = "",
    link_label: object = "",
    **_more: object,
) -> SafeString:
    return markup(
        "<header><h{}>{}</h{}>{}{}{}</header>",
        level,
        title,
        level,
        tag(tag_kind, tag_label) if tag_kind else "",
        markup('<span class="muted small">{}</span>', note) if note else "",
        markup('<a class="push small" href="{}">{}</a>', link_url, link_label) if link_url else "",
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: object, *, open: bool = False) -> str:  # noqa: A002
    """A native dialog, opened by `<button command="show-modal" commandfor="id">`."""
    return render_to_string(
        "components/dialog.html", {"content": content, "id": id, "title": title, "open": open}
    )


@register.filter
def whose_turn(turn: str) -> str:
    """The words for a blocker's turn; a person's name stays as it is."""
    return str(TURNS[Turn(turn)]) if turn in tuple(Turn) else turn


@register.filter
def toast_kind(level: str) -> str:
    """Django's message levels in our status kinds."""
    return TOAST_KINDS.get(level, "info")


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[str | int]:
    """The numbers to show, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def choices_inside(field: BoundField) -> bool:
    """Whether the field's label belongs in a legend, its choices below."""
    return field.use_fieldset
