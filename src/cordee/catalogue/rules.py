"""Who may change the catalogue, and what is refused."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cordee.catalogue.models import FeeSchedule, ServiceType
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn


def may_edit_catalogue(actor: Actor) -> Iterator[Blocker]:
    """Operations and administrators keep service types and fee schedules."""
    if not actor.may(Permission.EDIT_CATALOGUE):
        yield Blocker(
            "not_operations",
            _("Only operations and administrators can change services and fees."),
            _("Ask operations."),
            Turn.OPERATIONS,
        )


def code_is_free(code: str, *, service_type_id: int | None) -> Iterator[Blocker]:
    """Each service type has its own code."""
    other = ServiceType.objects.filter(code=code).first()
    if other and other.pk != service_type_id:
        yield Blocker(
            "code_taken",
            _("Another service already has the code “%(code)s”.") % {"code": code},
            _("Choose another code."),
            Turn.OPERATIONS,
            "code",
        )


MOST_FIELDS = 8
LONGEST_LABEL = 60


def fields_make_sense(labels: Sequence[str]) -> Iterator[Blocker]:
    """Who registers is asked a few things at most, each once."""
    if len(labels) > MOST_FIELDS:
        yield Blocker(
            "too_many_fields",
            _("At most %(most)d things can be asked at registration.") % {"most": MOST_FIELDS},
            _("Keep what the session cannot do without; the placement questionnaire can ask the rest."),
            Turn.OPERATIONS,
            "registration_fields",
        )
    too_long = [label for label in labels if len(label) > LONGEST_LABEL]
    if too_long:
        yield Blocker(
            "label_too_long",
            _("“%(label)s…” is longer than %(most)d letters.")
            % {"label": too_long[0][:LONGEST_LABEL], "most": LONGEST_LABEL},
            _("One thing per line, in a few words."),
            Turn.OPERATIONS,
            "registration_fields",
        )
    if len(set(labels)) < len(labels):
        yield Blocker(
            "same_field_twice",
            _("The same thing is asked twice."),
            _("Take one of the two lines out."),
            Turn.OPERATIONS,
            "registration_fields",
        )


def day_is_free(valid_from: date) -> Iterator[Blocker]:
    """Two schedules never begin on the same day: which one is in force would be a guess."""
    if FeeSchedule.objects.filter(valid_from=valid_from).exists():
        yield Blocker(
            "schedule_exists",
            _("A fee schedule already begins on %(day)s.") % {"day": date_format(valid_from)},
            _("Change that one, or choose another day."),
            Turn.OPERATIONS,
            "valid_from",
        )
