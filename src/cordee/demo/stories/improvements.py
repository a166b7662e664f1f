"""Improvements: one that helped, one that is late, one asked of a coordinator; and the risks that quality watches."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import ProgrammeVersion, ServiceType
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import QuestionnaireKind, Topic
from cordee.demo.catalogue import WORKSHOP
from cordee.demo.network import CAMILLE
from cordee.demo.opinions import BETTER_ORGANISED
from cordee.demo.stage import Stage, Story, side_by_side
from cordee.quality import actions
from cordee.quality.models import Complaint, Improvement
from cordee.quality.rules.improving import Aim, From, ImprovementDraft, RiskDraft
from cordee.quality.states import ImprovementState, Origin

_RISKS = (
    (
        2,
        3,
        "Animateur·ice absent·e le matin même",
        "Une personne de réserve est nommée pour chaque journée.",
        60,
    ),
    (3, 2, "Salle fermée ou mal équipée à l’arrivée", "L’accueil du client est appelé la veille.", 90),
    (
        2,
        4,
        "Feuille d’émargement incomplète, financement refusé",
        "Chaque feuille est vérifiée sous trois jours.",
        -6,
    ),
    (
        1,
        4,
        "Parole blessante envers une personne du groupe",
        "Charte signée, signalement possible sans nom.",
        120,
    ),
)
"""Likelihood, gravity, what may happen, what is done against it, and in how many days it is looked at again."""


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them side by side."""
    yield _all(stage)


def _all(stage: Stage) -> Story[None]:
    yield from side_by_side(story(stage) for story in (_helped, _late, _asked, _risks))


def _helped(stage: Stage) -> Story[None]:
    """Rooms are confirmed the day before: what people think of the organisation rose since."""
    yield stage.moment(stage.day(BETTER_ORGANISED - 25), "10:15")
    made = actions.open_improvement(
        draft=ImprovementDraft(
            title="Confirmer chaque salle la veille avec l’accueil du client",
            why="Des commentaires répétés sur des salles fermées ou non préparées.",
            expected="Les séances commencent à l’heure, et l’organisation est mieux notée.",
            owner_id=_owner(stage),
            due_on=stage.day(BETTER_ORGANISED + 10),
            aim=Aim(kind=QuestionnaireKind.HOT, measure=Topic.ORGANISATION, rise=Decimal("0.2")),
        ),
        origin=From(origin=Origin.SCORE),
        by=stage.quitterie,
    )
    yield stage.moment(stage.day(BETTER_ORGANISED), "16:40")
    actions.mark_done(
        improvement_id=made.pk,
        words="L’accueil de chaque client est appelé la veille ; la liste des appels est tenue.",
        by=stage.quitterie,
    )
    welcome = "Accueil : la salle est ouverte et prête un quart d’heure avant le début."
    version = _rewritten(stage, welcome, "L’accueil en salle est décrit.")
    actions.say_what_brought(version_id=version.pk, improvement_id=made.pk, by=stage.quitterie)
    yield stage.moment(stage.day(-30), "11:05")
    access = "Accessibilité : dites-nous avant la séance ce dont vous avez besoin."
    _rewritten(stage, access, "L’accessibilité est dite.")


def _rewritten(stage: Stage, line: str, change: str) -> ProgrammeVersion:
    """Add a line to the programme of the workshop."""
    workshop = ServiceType.objects.get(pk=stage.services[WORKSHOP].pk)
    catalogue.change_service_type(
        service_type_id=workshop.pk,
        changes=ServiceChanges(programme=f"{workshop.programme}\n\n{line}"),
        programme_change=change,
        expected_version=None,
        by=stage.olga,
    )
    return workshop.programmes.latest("number")


def measure(stage: Stage) -> None:
    """Measure what is done, once a year of opinions is there to be counted."""
    for done in Improvement.objects.filter(state=ImprovementState.DONE).order_by("pk"):
        actions.measure(improvement_id=done.pk, by=stage.quitterie)


def _late(stage: Stage) -> Story[None]:
    """The report that a client never had: it was to be sent by itself since last week."""
    yield stage.moment(stage.day(-40), "09:20")
    complaint = Complaint.objects.filter(contact__isnull=False).latest("pk")
    actions.open_improvement(
        draft=ImprovementDraft(
            title="Envoyer le bilan au client dans les dix jours",
            why="Un bilan promis n’est jamais parti.",
            expected="Aucun bilan n’est plus réclamé.",
            owner_id=_owner(stage),
            due_on=stage.day(-8),
        ),
        origin=From(origin=Origin.COMPLAINT, complaint_id=complaint.pk),
        by=stage.quitterie,
    )


def _asked(stage: Stage) -> Story[None]:
    """A coordinator is asked to see to something: it stands among what they have to do."""
    yield stage.moment(stage.day(-6), "11:30")
    actions.open_improvement(
        draft=ImprovementDraft(
            title="Donner à chaque animateur·ice le plan d’accès trois jours avant",
            why="Deux retards ce mois-ci, l’entrée était de l’autre côté.",
            expected="Plus personne ne cherche l’entrée le matin même.",
            owner_id=stage.named(CAMILLE).user_id,
            due_on=stage.day(9),
        ),
        by=stage.quitterie,
    )


def _risks(stage: Stage) -> Story[None]:
    """Four risks; one of them should have been looked at again."""
    yield stage.moment(stage.day(-95), "14:00")
    for likelihood, gravity, what, against, days in _RISKS:
        draft = RiskDraft(
            what=what,
            likelihood=likelihood,
            gravity=gravity,
            against=against,
            owner_id=_owner(stage),
            review_by=stage.today + timedelta(days=days),
        )
        actions.record_risk(draft=draft, by=stage.quitterie)


def _owner(stage: Stage) -> int:
    return stage.quitterie.user_id or 0
