"""PDFs that the office gives participants to read."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.catalogue import queries as catalogue
from cordee.files import queries as files
from cordee.kernel.permissions import Permission
from cordee.organisation.queries import the_organisation
from cordee.web.pages import page
from cordee.web.papers import pdf
from cordee.web.request import Request


class PaperField(forms.FileField):
    """A PDF, which the rules know by its content."""

    widget = forms.FileInput(attrs={"accept": "application/pdf,.pdf"})

    def __init__(self, *, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            help_text=gettext_lazy("PDF, at most 10 MB. It takes the place of the one before."),
        )


class TakeAway(forms.BooleanField):
    """Whether the file that is there is taken away."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Take this file away"), required=False)


def new_file(form: forms.Form, name: str) -> bytes | None:
    """Return the file given in a field, nothing to leave things as they are, and empty to take the file away
    (when the field `no_…` says so).
    """
    given: Any = form.cleaned_data[name]
    if given:
        content: bytes = given.read()
        given.seek(0)
        return content
    return b"" if form.cleaned_data.get(f"no_{name}") else None


@page(Permission.EDIT_SETTINGS)
def organisation_paper(request: Request, paper: str) -> HttpResponse:
    """Give a document of the organisation as participants get it."""
    names = {"internal-rules": _("internal rules"), "welcome-booklet": _("welcome booklet")}
    stored = getattr(the_organisation(), paper.replace("-", "_")) if paper in names else None
    if stored is None:
        raise Http404
    return pdf(files.content(stored), names[paper])


@page(Permission.VIEW_CATALOGUE)
def service_programme(request: Request, service_id: int) -> HttpResponse:
    """Give the programme of a service as participants get it."""
    service = catalogue.service_types().filter(pk=service_id).first()
    if service is None or service.programme_file is None:
        raise Http404
    return pdf(files.content(service.programme_file), _("programme %(service)s") % {"service": service.name})
