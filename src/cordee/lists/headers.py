"""The header of a list: which of its words name which field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from cordee.lists.letters import key, one_slip
from cordee.lists.people import Order
from cordee.lists.words import vocabulary


class Field(StrEnum):
    EMAIL = "email"
    FIRST = "first_name"
    LAST = "last_name"
    FULL = "full_name"
    GROUP = "group"
    PARTICLE = "particle"
    """What leads to the last name, in a column of its own: `van den`."""
    NUMBER = "number"
    OTHER = "other"
    """Understood, and of no use here: a phone, a service, a civility."""


STRONG = frozenset({Field.EMAIL, Field.FIRST, Field.LAST, Field.FULL})

_WORDS: dict[str, str] = {
    word: kind
    for kind, words in {
        "email": (
            "email emails mail mails mel mels courriel courriels courrier electronique messagerie adel "
            "mailadresse emailadresse emailadres mailadres correo correos correio elettronica electronico "
            "eletronico epost eposta epostadresse epostadress mailova mailadresa mejl imejl elektronikoa elektronikus "
            "elektronska elektronske eletronica correu electronic postel pochta почта эл электронная электронной "
            "poczta poczty elektroniczna elektronicznej mailowy sahkoposti e-posti "
            "emailcim ηλεκτρονικη ηλεκτρονικο البريد الالكتروني الإلكتروني 邮箱 电子邮件 电子邮箱 邮件 メール"
        ),
        "first": (
            "prenom prenoms firstname forename forenames given givenname first pnom vorname vornamen rufname "
            "nombre nombres nome nomi imie imiona fornamn fornavn jmeno krestni prenume "
            "keresztnev utonev adi imya имя ονομα izena bihan "
            "الاسم 名 名字 voornaam voornamen roepnaam izen prenumele middle zwischenname zweitname "
            "mellannamn mellemnavn "
            "ime etunimi voorletters"
        ),
        "last": (
            "nom noms lastname surname surnames last family familyname patronyme patronymique nachname "
            "nachnamen familienname zuname apellido apellidos cognome cognomi sobrenome sobrenomes apelido "
            "nazwisko efternamn efternavn prijmeni nume vezeteknev csaladnev soyadi фамилия επωνυμο abizena "
            "cognom cognoms اللقب 姓 姓氏 apelidos achternaam achternamen familienaam abizenak llinatge llinatges "
            "numele prezime priimek sukunimi cugnome casata"
        ),
        "name": "name names namen naam anv",
        "whole": "complet complets full fullname display identite nomprenom prenomnom nometprenom "
        "completo completa nominativo vollstandiger voller volledige 姓名 氏名",
        "person": (
            "participant participants participante participantes stagiaire stagiaires salarie "
            "salaries salariee collaborateur collaborateurs collaboratrice agent agents eleve eleves "
            "etudiant etudiants etudiante apprenant apprenants apprenante attendee attendees employee "
            "employees personne personnes invite invites inscrit inscrits beneficiaire beneficiaires "
            "person people student students member membre membres benevole benevoles adherent adherents "
            "intervenant intervenants enseignant enseignants professeur professeurs elu elus teilnehmer "
            "teilnehmerin teilnehmende mitarbeiter mitarbeiterin participantes asistente asistentes alumno "
            "alumnos partecipante partecipanti deelnemer deelnemers formando formandos"
        ),
        "group": (
            "groupe groupes group groups equipe team classe class promo promotion cohorte cohort td "
            "tp groupname vague gruppe grupo gruppo groep turma klasse"
        ),
        "particle": (
            "tussenvoegsel tussenvoegsels tussenv tv voorvoegsel voorvoegsels namenszusatz namensvorsatz vorsatzwort "
            "adelszusatz particule particules particle infix prefix prefijo prefixe"
        ),
        "number": "n no num numero id rang ordre index nr",
        "other": (
            "civilite titre title salutation genre sexe gender tel telephone telephones portable "
            "mobile phone gsm fixe service services departement department direction fonction poste "
            "metier job site lieu entreprise societe structure organisme company organisation "
            "organization etablissement employeur matricule login identifiant username date naissance "
            "age commentaire commentaires comment comments remarque remarques observation "
            "observations note notes langue language regime allergies presence signature emargement "
            "statut status ville cp pays country postal session atelier manager responsable superieur "
            "hierarchique tuteur tutrice n1 n2 rh drh referent referente chef cheffe assistant assistante "
            "prescripteur prescriptrice formateur formatrice directeur directrice parent parents mere pere "
            "legal facturation supervisor vorgesetzter jefe bu pole unite secteur niveau formation "
            "coordonnees telefon handy telefono "
            "telefone telefoon mobiel movil anrede firma abteilung empresa azienda bedrijf departamento "
            "reparto afdeling cargo puesto funktion functie ruolo funcion ort stadt ciudad citta cidade plaats "
            "bemerkung observaciones opmerking grade corps discipline matiere college lycee rne uai "
            "categorie profil rattachement agence filiale division qualite"
        ),
        "noise": (
            "adresse adresses address de du d des do da dos das la le l les of the pro professionnel "
            "professionnelle perso personnel personnelle work e et and ou or usage usuel usuels "
            "famille naissance marital jeune fille es s ne nes rice ice votre vos your obligatoire "
            "facultatif majuscules majuscule en lettres contact principal principale universitaire "
            "etudiante scolaire academique epouse deuxieme second autres autre der die das el los del di il i "
            "och und y voor achter dienst "
            "adr adresa adresi cim cime διευθυνση helbide proprio propria primer primero segundo segunda "
            "familia familie familh tiegezh ultimo ultima primeiro primeira primera primo prima segon segona segunda "
            "secondo seconda lehen lehenengo lehenbiziko bigarren erster zweiter zweite weitere pierwsze "
            "drugie doilea al tweede eerste "
            "meio materno paterno battesimo si eta ha hag initial anagrafico "
            "adreca chomlec h pessoal profissional "
            "institucional personale aziendale lavoro dienstlich "
            "dienstliche berufliche geschaftlich sluzbowy "
            "adres indirizzo direccion endereco posta posto ref prive privee secondaire secondary alternative"
        ),
    }.items()
    for word in key(words).split()
}
_SOMEBODY_ELSE = vocabulary(
    "manager responsable superieur hierarchique tuteur n1 entreprise societe structure organisme company "
    "employeur service etablissement site session atelier formation direction parent parents login "
    "tutrice n2 rh drh referent referente chef cheffe assistant assistante prescripteur prescriptrice formateur "
    "formatrice directeur directrice mere pere legal facturation supervisor vorgesetzter jefe"
)
_AT_BIRTH = vocabulary("naissance fille patronyme patronymique autres autre 2 3")
_FURTHER = vocabulary(
    "deuxieme second seconde segundo segunda segon segona secondo seconda zweiter zweite drugie doilea bigarren "
    "tweede middle meio materno zwischenname zweitname mellannamn mellemnavn"
)
"""A part of a name in a column of its own: `Segundo apellido`, `Middle name`."""
_OF_THE_FAMILY = vocabulary("familia familie familh tiegezh ultimo ultima")
"""They make a last name of a word for names: `Nome de família`."""
_FAMILY = vocabulary(
    "surname lastname last nachname familienname zuname apellido apellidos cognome cognomi sobrenome apelido "
    "apelidos nazwisko efternamn efternavn prijmeni vezeteknev csaladnev soyadi abizena abizenak cognom cognoms "
    "llinatge llinatges achternaam familienaam tiegezh prezime priimek sukunimi cugnome casata"
)
"""Words for last names and nothing else: beside one, `Nom` or `Name` is the first name (`Nom;Cognoms`)."""
_IN_USE = vocabulary("usage usuel usuels marital epouse rufname roepnaam")
_ABOVE = re.compile(r"\bn ?\+ ?([1-9])", re.IGNORECASE)
"""`N+1`: whom somebody reports to."""
_LONGEST = 8
_MAX_LETTERS = 60
_LONG_ENOUGH = 5
"""A word this long may hold one slip and still be understood (`prenon`, `adrese`)."""
_BY_LENGTH: dict[int, list[str]] = {}
for _word in _WORDS:
    if len(_word) >= _LONG_ENOUGH:
        _BY_LENGTH.setdefault(len(_word), []).append(_word)


@dataclass(frozen=True, slots=True)
class Label:
    """One header cell: the field it names, and for whole names the order it announces."""

    field: Field
    order: Order | None = None
    rank: int = 1
    """Of two columns for one field, the higher is preferred: a name in use (2) to one at birth (0)."""
    further: bool = False
    """A part of the name that belongs to what another column holds."""


@lru_cache(maxsize=2_000)
def label(cell: str) -> Label | None:
    """Return what a header cell names, or None when it is not understood."""
    if cell.strip() == "@":
        return Label(Field.EMAIL)
    if cell.strip() in {"#", "N°", "n°"}:
        return Label(Field.NUMBER)
    if len(cell) > _MAX_LETTERS or "@" in cell.strip()[1:]:
        return None
    words = _ABOVE.sub(r"n\1", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cell))
    tokens = key(words).split(" ")
    kinds = [_kind(token) for token in tokens]
    if None in kinds and "(" in cell[1:]:
        return label(cell[: cell.index("(", 1)].strip())
    if not tokens[0] or len(tokens) > _LONGEST or None in kinds:
        return None
    return _field(tokens, [kind for kind in kinds if kind])


@lru_cache(maxsize=2_000)
def _kind(token: str) -> str | None:
    if token in _WORDS:
        return _WORDS[token]
    if token.isdigit():
        return "noise"
    if len(token) < _LONG_ENOUGH:
        return None
    near = (word for length in (0, -1, 1) for word in _BY_LENGTH.get(len(token) + length, ()))
    return next((_WORDS[word] for word in near if one_slip(token, word)), None)


def _field(tokens: list[str], kinds: list[str]) -> Label | None:
    found = set(kinds)
    if "other" in found and (_SOMEBODY_ELSE & set(tokens) or not found & {"email", "first", "last"}):
        return Label(Field.OTHER)
    if "email" in found:
        return Label(Field.EMAIL)
    if "particle" in found:
        return Label(Field.OTHER if tokens == ["prefix"] else Field.PARTICLE)
    if "first" in found and "last" in found:
        order = Order.FIRST_LAST if kinds.index("first") < kinds.index("last") else Order.LAST_FIRST
        return Label(Field.FULL, order)
    if "whole" in found:
        return Label(Field.FULL)
    if found & {"first", "last", "name"}:
        is_first = "first" in found and not _OF_THE_FAMILY & set(tokens)
        further = bool(_FURTHER & set(tokens)) or ("2" in tokens and not is_first)
        return Label(Field.FIRST if is_first else Field.LAST, rank=_rank(tokens), further=further)
    if "person" in found:
        return Label(Field.FULL) if len(tokens) <= 3 else None  # noqa: PLR2004 - `Participant·e·s`
    if "group" in found:
        return Label(Field.GROUP)
    if "number" in found:
        return Label(Field.NUMBER)
    return Label(Field.OTHER) if "other" in found else None


def labels_of(cells: Sequence[str]) -> list[Label | None]:
    """Return what the cells of a header name, each beside the others."""
    labels = [label(cell.strip(" \"'*:")) for cell in cells]
    words = [key(cell).split(" ") for cell in cells]
    firsts = any(found and found.field is Field.FIRST for found in labels)
    lasts = [
        tokens for found, tokens in zip(labels, words, strict=True) if found and found.field is Field.LAST
    ]
    if firsts or not any(_FAMILY & set(tokens) for tokens in lasts):
        return labels
    return [
        Label(Field.FIRST) if found and found.field is Field.LAST and _is_any_name(tokens) else found
        for found, tokens in zip(labels, words, strict=True)
    ]


def _is_any_name(tokens: Sequence[str]) -> bool:
    return all(token in {"nom", "noms"} or _kind(token) == "name" for token in tokens)


def _rank(tokens: Sequence[str]) -> int:
    if _AT_BIRTH & set(tokens):
        return 0
    return 2 if _IN_USE & set(tokens) else 1


def strength(cells: Sequence[str]) -> int:
    """Return how much a line looks like a header: 0 not at all, then the number of fields it names."""
    filled = [cell for cell in cells if cell.strip()]
    labels = [label(cell.strip(" \"'*:")) for cell in filled]
    strong = {found.field for found in labels if found and found.field in STRONG}
    known = sum(found is not None for found in labels)
    if not strong or any(re.search(r"\w@\w", cell) for cell in filled):
        return 0
    if len(strong) >= 2 or (len(filled) == 1) or (known >= 2 and known * 2 >= len(filled)):  # noqa: PLR2004
        return len(strong)
    return 0


def repeats_header(cells: Sequence[str]) -> bool:
    """Tell whether a line further down is a header again: all its first words are those of headers."""
    return all(word in _WORDS for word in key(cells[0]).split(" ")) and strength(cells) > 1
