"""The words lists are made of, without accents and in small letters (`letters.key`)."""

from importlib.resources import files


def vocabulary(text: str, separator: str | None = None) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split(separator))


CIVILITIES = vocabulary(
    "m mm mr mme mmes mlle mle mrs ms miss mx dr docteur pr prof professeur me maitre monsieur madame "
    "mademoiselle mister sir"
)
"""Dropped in front of a name."""

PARTICLES = vocabulary(
    "de d du des da das do dos di del della dello dalla van von vom zu zum zur den der ter ten te "
    "el al ben bin bint ibn ait ould abu abou le la les l lo los las st saint sainte mac mc"
)
"""Words that begin a family name and never end one."""

SOFT_PARTICLES = vocabulary("ben van le la al do da di mac abou abu te lo e y")
"""Particles that are first names (or words of them) as well: they tell less where a name begins."""

NO_VALUE = vocabulary(
    "x|xx|xxx|na|n a|nc|n c|nd|n d|neant|aucun|aucune|sans|rien|null|none|nan|nil|inconnu|inconnue|tbd|tba|"
    "ref|non communique|non communiquee|non renseigne|non renseignee|non connu|pas de mail|pas d adresse|"
    "pas d e mail|pas d email|pas d adresse mail|sans mail|sans adresse|sans e mail|no email|no e mail|"
    "no mail|unknown|a venir|a completer|a definir|value|div 0",
    "|",
)
"""What people and programs write where there is nothing."""

ADDRESS_KINDS = vocabulary(
    "pro perso professionnel professionnelle personnel personnelle prive privee travail bureau domicile maison "
    "academique principale secondaire work home private mail email mel courriel adresse ou or"
)
"""Words in brackets beside an address that say which of somebody's it is."""

NOT_NAMES = vocabulary(
    "liste list listing tableau participants participant inscrits inscrit invites stagiaires convoques "
    "attendees formation formations atelier ateliers session sessions bonjour bonsoir hello voici veuillez "
    "merci cordialement societe entreprise mairie lycee college ecole universite association commune ville "
    "salle reunion date dates objet subject projet fichier document annee rentree service direction "
    "pour avec dans sur par est sont sera seront les nos vos notre votre the and for with please "
    "ce cet cette vous nous je qui que retourner envoyer confirmer contact contacter mail email courriel "
    "adresse absent absente absents excuse excusee annule annulee confirme confirmee rappel important urgent "
    "inscription inscriptions nom prenom noms prenoms thank thanks regards dear sincerely responsable "
    "horaires horaire heure heures matin reserver penser ci joint joints dessous copie"
)
"""Words that no name holds: a line with one of them is a title or a remark."""

ARTICLES = vocabulary("le la l les un une the el il o a der die das de het notre votre mon ma nos vos")
OFFICES = vocabulary(
    "directeur directrice president presidente responsable proviseur proviseure secretaire tresorier "
    "tresoriere conseiller conseillere delegue deleguee adjoint adjointe dgs drh daf dsi maire"
)
"""Offices that stand in front of a name, and are none."""

WORK = (
    vocabulary(
        "achats achat comptable comptabilite compta finances finance rh ressources humaines informatique "
        "marketing commercial commerciale commerce production logistique juridique communication qualite "
        "securite maintenance atelier accueil secretariat scolarite urbanisme voirie routes eau environnement "
        "culture sports sport jeunesse enfance petite creche bibliotheque mediatheque technique techniques "
        "administration administratif administrative assistant assistante ingenieur ingenieure technicien "
        "technicienne agent charge chargee mission chef cheffe cadre employe employee ouvrier consultant "
        "consultante developpeur developpeuse manager stagiaire alternant alternante benevole professeur "
        "enseignant enseignante infirmier infirmiere medecin educateur educatrice animateur animatrice gestionnaire "
        "acheteur acheteuse vendeur vendeuse conducteur juriste chercheur chercheuse doctorant doctorante "
        "developpement recherche etudes ventes vente support projet projets travaux espaces verts batiments "
        "coordinateur coordinatrice attache attachee gerant gerante referent referente "
        "apprenti apprentie paie facturation formateur formatrice standardiste pdg ceo director coordinator officer "
        "sales engineer accountant finance hr it engineering purchasing"
    )
    | OFFICES
)
"""Services and jobs: words of columns that are no names."""

ORGANISATIONS = vocabulary(
    "societe entreprise mairie lycee college ecole universite association commune ville service direction sarl sas "
    "departement region metropole communaute syndicat chu hopital institut agence cabinet"
)
"""How the line below a signature begins."""

TOTALS = vocabulary("total totaux effectif effectifs nombre somme sum count moyenne")
SECTIONS = vocabulary("groupe group equipe team atelier classe class session promo promotion table vague")
REMARKS = (
    "nb",
    "n b",
    "ps",
    "p s",
    "remarque",
    "remarques",
    "note",
    "notes",
    "attention",
    "edite le",
    "genere le",
    "imprime le",
    "exporte le",
    "extrait le",
    "mis a jour",
    "derniere mise a jour",
    "fait a",
    "fait le",
    "liste arretee",
    "liste etablie",
    "legende",
    "bonjour",
    "bonsoir",
    "hello",
    "chers",
    "cheres",
    "bonne journee",
    "belle journee",
    "objet",
    "sujet",
    "subject",
    "envoye",
    "sent",
    "date",
    "pj",
    "piece jointe",
    "soit",
    "en rouge",
    "en jaune",
    "en gras",
    "veuillez",
    "merci",
    "suite a",
    "comme convenu",
    "ci joint",
    "ci dessous",
    "tel",
    "telephone",
    "printed on",
    "generated on",
    "exported on",
    "cordialement",
    "bien cordialement",
    "bien a vous",
    "salutations",
    "best regards",
    "merci d avance",
    "envoye de mon",
    "sent from my",
)
"""How remarks begin."""

FIRST_NAMES = vocabulary(files("cordee.lists").joinpath("first_names.txt").read_text(encoding="utf-8"))
"""Common first names in France: they tell which of two words comes first when nothing else does."""
NO_NAME = NO_VALUE - vocabulary("na nan nil sans rien aucun aucune no yes")
"""The same where a name is expected: some of these words are names."""
