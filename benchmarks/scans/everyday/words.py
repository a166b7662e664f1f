"""What is written in the box of somebody who is not there, and what people sign with."""

from typing import Final

ABSENT_WORDS: Final = (
    "absent", "Absent", "ABSENT", "absente", "Absente", "ABSENTE", "absent(e)", "Absent(e)", "ABS", "abs",
    "Abs", "ABS.", "abs.", "Abs.", "A.B.S", "absence", "Absence", "absents", "absentes", "Absent justifié",
    "absente justifiée", "abs. just.", "abs just", "Abs. justifiée", "ABS J", "abs. inj.", "abs. non just.",
    "injustifié", "injustifiée", "Justifié", "justifiée", "non justifié", "absent excusé", "abs. exc.",
    "excusé", "Excusé", "excusée", "Excusée", "EXCUSE", "EXCUSEE", "EXCUSÉ", "exc.", "Exc.", "Exc", "EXC",
    "s'est excusé", "s'excuse", "malade", "Malade", "MALADE", "maladie", "Maladie", "MALADIE",
    "arrêt maladie", "arrêt", "Arrêt", "ARRÊT", "arrêt de travail", "AM", "A.M.", "AT", "A.T.", "accident",
    "congé", "Congé", "congés", "CONGÉ", "CONGES", "en congé", "En congé", "en congés", "CP", "C.P.",
    "congé mat.", "maternité", "congé parental", "paternité", "vacances", "RTT", "R.T.T.", "récup", "récup.",
    "repos", "Repos", "de repos", "démission", "Démission", "démissionné", "dém.", "a démissionné", "parti",
    "Parti", "partie", "Partie", "est parti", "licencié", "fin de contrat", "fin contrat", "muté", "remplacé",
    "non venu", "Non venu", "non venue", "n'est pas venu", "N'est pas venue", "pas venu", "pas venue",
    "pas là", "Pas là", "n'est pas là", "pas présent", "non présent", "Non présente", "pas vu", "jamais venu",
    "non inscrit", "désinscrit", "désisté", "se désiste", "désistement", "/", "//", "—", "-", "- -", "néant",
    "Néant", "NEANT", "annulé", "Annulé", "annulée", "ANNULE", "abandon", "Abandon", "ABANDON", "a abandonné",
    "stage", "en stage", "Stage", "télétravail", "Télétravail", "TT", "hôpital", "Hôpital", "hospitalisé",
    "hospitalisée", "décalé", "décalée", "reporté", "Reporté", "reportée", "à reporter", "report",
    "en mission", "mission", "déplacement", "en réunion", "réunion", "rdv médical", "RDV", "médecin",
    "enfant malade", "enf. malade", "grève", "en grève", "décès", "deuil", "familial", "raison perso",
    "empêché", "empêchée", "indisponible", "indispo", "dispensé", "dispensée", "exclu", "suspendu",
    "retraite", "au chevet", "de nuit", "en poste", "intempéries", "pb transport", "panne", "bloqué",
    "train annulé", "covid", "COVID", "grippe", "sans nouvelle", "ne vient pas", "ne vient plus", "NV",
    "ABS (maladie)", "abs - CP", "abs. matin", "abs. AM", "Absent le matin", "ABS / CP", "NON", "non", "vide",
    "sans objet", "S.O.", "N/A", "défection", "défaillant", "absentéisme", "PAS VENU", "MAL.", "mal.",
)  # fmt: skip
"""What is written in the box of somebody who is not there."""

LOOK_ALIKES: Final = (
    "Abssi", "Absil", "Absalon", "Absire", "Abdou", "Abela", "Abiven", "Abelin", "Ambrosi", "Alsent", "Absa",
    "Absatou", "Hassent", "Ausset", "Obsert", "Vincent", "Laurent", "Clément", "Florent", "Ablent", "Aubert",
    "Albert", "Excoffier", "Excoffon", "Exertier", "Escudé", "Excler", "Eusébie", "Malard", "Malandain",
    "Malaval", "Maladry", "Malika", "Mallard", "Malet", "Mahadié", "Maladière", "Congar", "Congy", "Congard",
    "Congis", "Conchée", "Cogné", "Coudé", "Partouche", "Partal", "Parthenay", "Perti", "Pasty", "Démis",
    "Démoulin", "Demissy", "Demessine", "Déminière", "Arretz", "Arrestat", "Arnet", "Arlet", "Stagni",
    "Stagnara", "Néau", "Néanne", "Annelé", "Amulé", "Aban", "Abandou", "Reposo", "Rapporté", "Décaly",
    "Decalf", "Justin", "Justine", "Justot", "Nonnon", "Venou", "Vénuat", "Pasla", "Pasquet", "Rétif",
    "Mission", "Missoni", "Grevé", "Desist", "Repert", "Hopitel", "Teletchea", "Sorlin", "Exbrayat",
    "Abribat", "Absolu", "Abscheidt",
)  # fmt: skip

NAMES: Final = (
    "Vincent", "Martin", "Claire", "Dupont", "Lefèvre", "Chloé", "Moreau", "Julie", "Bernard", "Hélène",
    "Garnier", "François", "Noël", "Joël", "Anaïs", "Jérôme", "Benoît", "Lambert", "Fournier", "Girard",
    "Bonnet", "Mercier", "Blanc", "Guérin", "Muller", "Faure", "Roussel", "Nicolas", "Morin", "Perrin",
    "Sophie", "Camille", "Mathilde", "Thibault", "Baptiste", "Gwenaëlle", "Yannick", "Le Goff", "Kerjean",
    "Etcheverry", "Schmitt", "Weber", "De Smet", "Mohamed", "Fatima", "Karim", "Yasmine", "Bouzid", "Benali",
    "El Amrani", "Hadj", "Khelifi", "Nour", "Samir", "Leïla", "Rachid", "Ben Salah", "Ouali", "Zineb",
    "Mansouri", "Diallo", "Traoré", "Mamadou", "Aïssatou", "Koné", "Ndiaye", "Ousmane", "Mbemba", "Kouassi",
    "Coulibaly", "Fofana", "Awa", "Sow", "Bâ", "Okonkwo", "Makiese", "Ferreira", "Da Silva", "João",
    "Gonçalves", "Pereira", "Inês", "Dos Santos", "Lopes", "Conceição", "Yılmaz", "Demir", "Şahin", "Kaya",
    "Özdemir", "Ayşe", "Mehmet", "Çelik", "Emre", "Aydin", "Nguyen", "Tran", "Linh", "Pham", "Hoang", "Thuy",
    "Lê", "Minh", "Bùi", "Ivanov", "Kowalski", "Popescu", "Irina", "Rossi", "Garcia", "Lopez", "Muñoz",
    "Wang", "Li", "Zhang", "Singh", "Jean-Luc", "Marie-Anne", "M. Roy", "J. Petit", "P. Da Costa", "A. Sall",
    "Ph. Roux", "D.", "R. B.", "Lu", "Vu", "Zoé",
)  # fmt: skip

SIGNED_WORDS: Final = (
    *NAMES, *LOOK_ALIKES,
    "présent", "Présente", "retard", "retard 10 mn", "lu", "lu et approuvé", "vu", "ok", "OK", "LA", "P",
    "Pte", "présent AM", "9h15", "arrivé 9h", "Alain B.", "A. Bs", "Sabs", "ABM", "ABG", "ASB", "AES", "ABE",
)  # fmt: skip
"""What is written, and signs: names, many of which look like `ABSENT_WORDS`, and words of who is there."""
