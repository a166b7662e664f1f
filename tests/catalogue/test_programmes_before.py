"""The programme that a service had before its versions were kept is the first of them."""

import pytest

from cordee.catalogue.models import ProgrammeVersion
from tests.cast import Cast
from tests.migrating import before


@pytest.mark.django_db(transaction=True)
def test_the_programme_of_then_is_the_first_version(cast: Cast) -> None:
    with before("catalogue", "0009_programme_versions") as apps:
        services = apps.get_model("catalogue", "ServiceType").objects
        apps.get_model("catalogue", "ProgrammeVersion").objects.all().delete()
        services.update(programme="", programme_file=None)
        services.filter(pk=cast.workshop.pk).update(programme="Objectif : comprendre.")
    (version,) = ProgrammeVersion.objects.all()
    assert (version.service_type_id, version.number, version.text, version.made_by) == (
        cast.workshop.pk,
        1,
        "Objectif : comprendre.",
        None,
    )
