"""A placement questionnaire that is asked again at the end, and people who give that check."""

from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.rules import ServiceChanges
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import COMMAND
from cordee.surveys import actions, queries
from cordee.surveys.models import Addressee, Answers
from tests.cast import Cast
from tests.surveys.asking import KEEN, LEVEL, LINK, asked_by


def ask_again(cast: Cast, *, certified: bool = False) -> QuestionnaireVersion:
    """Have the workshop ask the same questions at the end; `certified`: the result stands on the certificate."""
    version = asked_by(cast.workshop)
    changes = ServiceChanges(check_questionnaire_id=version.questionnaire_id, check_on_certificate=certified)
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk, changes=changes, expected_version=None, by=COMMAND
    )
    return version


def asked(name: str) -> Addressee:
    return Addressee.objects.get(enrolment__participant__first_name=name, survey__kind="check")


def give(name: str, keen: int, version_id: int | None = None) -> Answers:
    """Have somebody give the check by how keen they are now, from 1 to 5."""
    wanted = queries.check_asked(Enrolment.objects.get(participant__first_name=name))
    assert wanted
    return actions.give_check(
        asked_id=asked(name).pk,
        version_id=version_id or wanted.version.pk,
        given={LEVEL: "c1", KEEN: keen},
        by=LINK,
    )
