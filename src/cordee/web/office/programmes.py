"""The programme of a service as it was and is: each version, what changed, and the improvement that brought it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.accounts import queries as accounts
from cordee.catalogue import queries
from cordee.catalogue.models import ProgrammeVersion, ServiceType
from cordee.files import queries as files
from cordee.kernel.permissions import Permission
from cordee.quality import actions
from cordee.quality import queries as quality
from cordee.quality.models import Improvement
from cordee.web.pages import HouseForm, attempt, only_post, page
from cordee.web.papers import pdf
from cordee.web.request import Request
from cordee.web.slices import slice_of


class BroughtForm(HouseForm):
    """The improvement that a version came of."""

    def __init__(self, *args: Any, offered: list[Improvement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.pk, f"{one.ref} – {one.title}") for one in offered]
        self.fields["improvement"] = forms.TypedChoiceField(
            label=gettext_lazy("Improvement that brought it"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("No improvement")), *named],
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a programme: as before, added (`ins`) or taken away (`del`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A version as the page shows it. `lines`: what differs from the one before it; none for the first."""

    version: ProgrammeVersion
    who: str
    lines: tuple[Line, ...]
    improvement: Improvement | None
    form: BroughtForm | None


def differing(before: str, after: str) -> Iterator[Line]:
    """Return the lines that were taken away and added, in their order."""
    old, new = before.splitlines(), after.splitlines()
    for tag, start, end, begins, ends in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (Line("del", text) for text in old[start:end] if text.strip())
            yield from (Line("ins", text) for text in new[begins:ends] if text.strip())


@page(Permission.VIEW_CATALOGUE)
def programmes(request: Request, service_id: int) -> HttpResponse:
    """Show the versions of the programme of a service, the last first."""
    service = _service_or_404(service_id)
    shown = slice_of(request, queries.programmes(service.pk))
    before = {version.number: version for version in shown.items}
    if shown.has_next:
        before |= {v.number: v for v in queries.programmes(service.pk)[len(before) :][:1]}
    context = {
        "service": service,
        "page": shown,
        "rows": _rows(request, shown.items, before),
        "may_edit": request.viewer.actor.may(Permission.EDIT_CATALOGUE),
        "sees": request.viewer.actor.may(Permission.VIEW_COMPLAINTS),
    }
    return render(request, "office/programmes.html", context)


def _rows(
    request: Request, versions: list[ProgrammeVersion], before: dict[int, ProgrammeVersion]
) -> list[Row]:
    brought = quality.brought(version.pk for version in versions)
    handles = request.viewer.actor.may(Permission.HANDLE_COMPLAINTS)
    offered = quality.improvements_that_bring() if handles and versions else []
    names = accounts.names(version.made_by for version in versions if version.made_by)
    return [
        Row(
            version,
            names.get(version.made_by or 0, ""),
            _lines(version, before.get(version.number - 1)),
            brought.get(version.pk),
            _form(version, brought.get(version.pk), offered) if handles else None,
        )
        for version in versions
    ]


def _lines(version: ProgrammeVersion, before: ProgrammeVersion | None) -> tuple[Line, ...]:
    return tuple(differing(before.text, version.text)) if before else ()


def _form(version: ProgrammeVersion, said: Improvement | None, offered: list[Improvement]) -> BroughtForm:
    among = offered if said is None or said in offered else [said, *offered]
    return BroughtForm(
        initial={"improvement": said.pk if said else ""}, offered=among, auto_id=f"v{version.number}-%s"
    )


@page(Permission.VIEW_CATALOGUE)
def programme_file(request: Request, service_id: int, number: int) -> HttpResponse:
    """Give a version of a programme as the PDF that it was."""
    version = _version_or_404(service_id, number)
    if version.file is None:
        raise Http404
    name = _("programme %(service)s") % {"service": version.service_type.name}
    return pdf(files.content(version.file), f"{name} {version.number}")


@page(Permission.HANDLE_COMPLAINTS)
def programme_brought(request: Request, service_id: int, number: int) -> HttpResponse:
    """Say which improvement brought a version."""
    only_post(request)
    version = _version_or_404(service_id, number)
    form = BroughtForm(request.POST, offered=quality.improvements_that_bring())
    if not form.is_valid():
        raise Http404

    def do() -> None:
        chosen = form.cleaned_data["improvement"]
        actions.say_what_brought(version_id=version.pk, improvement_id=chosen, by=request.viewer.actor)

    back_to = f"{reverse('programmes', args=[service_id])}#v{version.number}"
    return attempt(request, do, back_to=back_to, done=_("Kept."))


def _service_or_404(service_id: int) -> ServiceType:
    found = queries.service_types().filter(pk=service_id).first()
    if found is None:
        raise Http404
    return found


def _version_or_404(service_id: int, number: int) -> ProgrammeVersion:
    rows = queries.programmes(service_id).select_related("service_type", "file")
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found
