"""`cordee reasons list`, `cordee reasons erase`: what people wrote beside the journal, and taking it out."""

from argparse import Namespace

from django.utils.translation import gettext as _

from cordee.cli.printing import Stop, say, table
from cordee.journal import queries
from cordee.journal.actions import erase_reason, erase_written
from cordee.kernel.facts import ReasonId
from cordee.missions.queries import mission_by_ref


def answer(asked: Namespace) -> int:
    """Do what was asked of reasons."""
    return show_list(asked.ref) if asked.what == "list" else erase(asked.number)


def show_list(ref: str | None) -> int:
    """Print the reasons given on a mission, or on none, oldest first, with the numbers by which they are erased; of
    confidential complaints nothing.
    """
    mission = mission_by_ref(ref.strip().upper()) if ref else None
    if ref and mission is None:
        raise Stop(_("There is no mission %(ref)s. `cordee missions list` shows them all.") % {"ref": ref})
    mission_id = mission.pk if mission else None
    given = queries.reasons_given(mission_id)
    rows = [(str(one.id), f"{one.at:%Y-%m-%d}", one.fact, one.text or _("(erased)")) for one in given]
    rows += [(one.key, "", "", one.text) for one in queries.reasons_written(mission_id)]
    print("\n".join(table((_("No."), _("Day"), _("Fact"), _("Reason")), rows)) if rows else _("No reason."))
    return 0


def erase(number: str) -> int:
    """Erase the words of one reason, by its number or by where it stands, as the list shows it."""
    if number.isdecimal() and queries.reasons([int(number)]):
        erase_reason(ReasonId(int(number)))
    elif not erase_written(number):
        raise Stop(
            _("There is no reason %(number)s. `cordee reasons list REF` gives those of a mission.")
            % {"number": number}
        )
    say(_("The words of reason %(number)s are erased; what happened stays on record.") % {"number": number})
    return 0
