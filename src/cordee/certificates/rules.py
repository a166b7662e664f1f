"""Who may have certificates made, and what they need."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from cordee.kernel.refusals import Blocker, Turn
from cordee.organisation.models import Organisation


def somebody_signs(organisation: Organisation) -> Iterator[Blocker]:
    """The ministry's model is signed by the legal representative: name and quality stand on it."""
    if not (organisation.representative.strip() and organisation.representative_role.strip()):
        yield Blocker(
            "no_representative",
            _("Nobody is named who signs certificates of realisation."),
            _("An administrator gives name and quality of the legal representative under “Organisation”."),
            Turn.ADMINISTRATOR,
        )


def somebody_was_there(people: Collection[object]) -> Iterator[Blocker]:
    """What was not held, or not recorded, is not certified."""
    if not people:
        yield Blocker(
            "nothing_to_certify",
            _("Nothing can be certified yet."),
            _("A session counts once it is over and presence is recorded for every half-day."),
            Turn.COORDINATOR,
        )
