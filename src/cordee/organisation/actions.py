"""Changing the organisation, and giving numbers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F

from cordee.files.actions import keep
from cordee.files.models import StoredFile
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.changes import given_or
from cordee.kernel.names import compact
from cordee.kernel.refusals import Turn, refuse_if
from cordee.organisation import rules
from cordee.organisation.facts import OrganisationChanged
from cordee.organisation.models import NumberSeries, Organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.pdf.pictures import read

NOTHING = OrganisationChanges()


@transaction.atomic
def update(
    *,
    changes: OrganisationChanges = NOTHING,
    logo: bytes | None = None,
    papers: Mapping[str, bytes] | None = None,
    expected_version: int | None,
    by: Actor,
) -> Organisation:
    """Change identity, brand or policies; an empty `logo` takes the logo away.
    `papers`: PDFs for participants, by the name of their field; an empty one takes it away.

    Raises Refused when not allowed, not valid, or changed meanwhile.
    """
    organisation, _ = Organisation.objects.select_for_update().get_or_create(pk=1)
    papers = papers or {}
    changes = _compact(changes)
    siret = given_or(changes.siret, organisation.siret)
    refuse_if(
        [
            *rules.may_edit_settings(by),
            *rules.policies_make_sense(changes.given()),
            *rules.siret_is_valid(siret, turn=Turn.ADMINISTRATOR),
            *(rules.logo_is_a_picture(logo) if logo else ()),
            *(b for name, paper in papers.items() if paper for b in rules.is_a_paper(paper, field=name)),
            *rules.is_current(organisation.version, expected_version),
        ]
    )
    changed = replace(changes, siret=siret).made_to(organisation)
    if logo is not None:
        organisation.logo = _keep_picture(logo) if logo else None
        changed.append("logo")
    for name, paper in papers.items():
        setattr(organisation, name, keep(paper, content_type="application/pdf") if paper else None)
        changed.append(name)
    if changed:
        organisation.version += 1
        organisation.save()
        journal.record(OrganisationChanged(organisation_id=organisation.pk, fields=changed), by=by)
    return organisation


def _compact(changes: OrganisationChanges) -> OrganisationChanges:
    """Return the same with numbers of registers as they are stored: checks overlook what stands between the digits."""
    given = changes.given()
    names = given.keys() & {"siret", "vat_number", "bank_iban", "bank_bic"}
    numbers: dict[str, Any] = {name: compact(str(given[name])) for name in names}
    return replace(changes, **numbers)


def _keep_picture(given: bytes) -> StoredFile:
    """Keep the picture; of an SVG, what draws."""
    picture = read(given)
    return keep(picture.content, content_type=picture.kind)


def next_numbers(series: str, year: int, count: int) -> range:
    """Return the next numbers of a series in a year, starting at 1, without gaps. Call inside a transaction."""
    NumberSeries.objects.get_or_create(series=series, year=year)
    NumberSeries.objects.filter(series=series, year=year).update(last=F("last") + count)
    last = NumberSeries.objects.get(series=series, year=year).last
    return range(last - count + 1, last + 1)


def next_number(series: str, year: int) -> int:
    """Return the next number of a series in a year, as `next_numbers`."""
    return next_numbers(series, year, 1)[0]
