"""The words of certificates, in French and English; those of the certificate of realisation are the ministry's."""

from datetime import date
from typing import Final

from cordee.documents.rendering.wording import day_text
from cordee.kernel.days import LONG
from cordee.kernel.periods import minutes_text

LABELS: Final[dict[str, dict[str, str]]] = {
    "fr": {
        "participation": "Attestation de participation",
        "realisation": "Certificat de réalisation",
        "several": "Certificats",
        "certifies": "{organisation} atteste que",
        "declares": (
            "Je soussigné·e {name}, {role}, représentant·e légal·e du dispensateur de l’action concourant au"
            " développement des compétences {organisation}, atteste que"
        ),
        "employed": "salarié·e de l’entreprise {client},",
        "sent": "pour {client},",
        "attended": "a suivi l’action",
        "when": "Qui s’est déroulée",
        "on": "le {day}",
        "from_on": "du {first} au {last}",
        "duration": "Pour une durée de",
        "half_days": "Présence",
        "realised": "Heures réalisées",
        "mode": "Modalité",
        "remote": "à distance",
        "on_site": "en présentiel",
        "learned": "Évaluation des acquis",
        "level": "{after}\u00a0% à la fin",
        "progress": "{after}\u00a0% à la fin, {before}\u00a0% avant",
        "basis_self": "auto-évaluation",
        "basis_right": "réponses justes",
        "basis_both": "auto-évaluation et réponses justes",
        "ref": "Session",
        "natures": "Nature de l’action concourant au développement des compétences",
        "made_at": "Fait à {place}, le {day}",
        "made": "Fait le {day}",
        "replaces": "Remplace le certificat {number}, qui n’est plus valable.",
        "stamp": "Cachet et signature du responsable du dispensateur de formation",
        "code": "Code QR de vérification du certificat",
        "check": "Ce document se vérifie à l’adresse\u00a0:",
    },
    "en": {
        "participation": "Certificate of participation",
        "realisation": "Certificate of realisation",
        "several": "Certificates",
        "certifies": "{organisation} certifies that",
        "declares": "I, {name}, {role}, legal representative of {organisation}, certify that",
        "employed": "employed by {client},",
        "sent": "for {client},",
        "attended": "has taken part in",
        "when": "Which took place",
        "on": "on {day}",
        "from_on": "from {first} to {last}",
        "duration": "For a duration of",
        "half_days": "Presence",
        "realised": "Realised hours",
        "mode": "Mode",
        "remote": "remote",
        "on_site": "on site",
        "learned": "Assessment",
        "level": "{after}% at the end",
        "progress": "{after}% at the end, {before}% before",
        "basis_self": "self-assessed",
        "basis_right": "right answers",
        "basis_both": "self-assessed and right answers",
        "ref": "Session",
        "natures": "Nature of the action",
        "made_at": "Made at {place}, {day}",
        "made": "Made on {day}",
        "replaces": "Replaces the certificate {number}, which is no longer valid.",
        "stamp": "Stamp and signature of the training provider",
        "code": "QR code that confirms the certificate",
        "check": "This document is confirmed at:",
    },
}

NATURES: Final = (
    ("action de formation", True),
    ("bilan de compétences", False),
    ("action de VAE", False),
    ("action de formation par apprentissage", False),
)
"""The boxes of the ministry's model (code du travail, art. L6313-1), and whether they are ticked."""
COMMITMENT: Final = (
    "Sans préjudice des délais imposés par les règles fiscales, comptables ou commerciales, je m’engage à conserver"
    " l’ensemble des pièces justificatives qui ont permis d’établir le présent certificat pendant une durée de 3 ans à"
    " compter de la fin de l’année du dernier paiement. En cas de cofinancement des fonds européens, la durée de"
    " conservation est étendue conformément aux obligations conventionnelles spécifiques."
)


def certified_when(first: date, last: date, language: str) -> str:
    """The first and the last day: “du 14 au 15 janvier 2027” is said in full, as the ministry's model does."""
    label = LABELS[language]
    days = [day_text(day, LONG, "en" if language == "en" else "fr") for day in (first, last)]
    if first == last:
        return label["on"].format(day=days[0])
    return label["from_on"].format(first=days[0], last=days[1])


def hours_in_hundredths(minutes: int, language: str) -> str:
    """The same with the hundredths that some funders ask for: “3 h 30, soit 3,50 heures”."""
    hundredths = f"{minutes / 60:.2f}"
    if language == "en":
        return f"{minutes_text(minutes)} ({hundredths} hours)"
    return f"{minutes_text(minutes)}, soit {hundredths.replace('.', ',')}\u00a0heures"
