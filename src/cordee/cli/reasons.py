"""`cordee reasons list`, `cordee reasons erase`: what people wrote beside the journal, and taking it out."""

from django.utils.translation import gettext as _

from cordee.cli.printing import Stop, say, table
from cordee.journal import queries
from cordee.journal.actions import erase_reason
from cordee.kernel.facts import ReasonId
from cordee.missions.queries import mission_by_ref


def show_list(ref: str) -> int:
    """Print the reasons given on a mission, oldest first, with the numbers by which they are erased."""
    mission = mission_by_ref(ref.strip().upper())
    if mission is None:
        raise Stop(_("There is no mission %(ref)s. `cordee missions list` shows them all.") % {"ref": ref})
    given = queries.reasons_given(mission.pk)
    rows = [(str(one.id), f"{one.at:%Y-%m-%d}", one.fact, one.text or _("(erased)")) for one in given]
    print("\n".join(table((_("No."), _("Day"), _("Fact"), _("Reason")), rows)) if rows else _("No reason."))
    return 0


def erase(number: int) -> int:
    """Erase the words of one reason."""
    if not queries.reasons([number]):
        raise Stop(
            _("There is no reason %(number)s. `cordee reasons list REF` gives those of a mission.")
            % {"number": number}
        )
    erase_reason(ReasonId(number))
    say(_("The words of reason %(number)s are erased; what happened stays on record.") % {"number": number})
    return 0
