"""Reading the organisation."""

from cordee.organisation.models import Organisation


def the_organisation() -> Organisation:
    """Return the organisation; before anything was saved, one with the defaults."""
    return next(iter(Organisation.objects.filter(pk=1)), None) or Organisation(pk=1)
