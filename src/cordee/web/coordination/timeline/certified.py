"""What the timeline says of certificates."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.certificates import facts as certificates
from cordee.web.coordination.timeline.names import Names


def participation(fact: certificates.ParticipationCertified, names: Names) -> str:
    words = _("Certificates of participation for %(session)s: %(changes)s")
    return words % {"session": names.session(fact.session_id), "changes": _changes(fact)}


def realisation(fact: certificates.RealisationCertified, names: Names) -> str:
    return _("Certificates of realisation: %(changes)s") % {"changes": _changes(fact)}


def _changes(fact: certificates.ParticipationCertified | certificates.RealisationCertified) -> str:
    """Tell how many were issued, replaced and revoked; nothing of what did not happen."""
    told = (
        (fact.issued, ngettext("%(n)d issued", "%(n)d issued", fact.issued)),
        (fact.replaced, ngettext("%(n)d replaced", "%(n)d replaced", fact.replaced)),
        (fact.revoked, ngettext("%(n)d revoked", "%(n)d revoked", fact.revoked)),
    )
    return ", ".join(words % {"n": n} for n, words in told if n)
