"""Names for invented people, places and orders."""

_FIRST = """
Camille Noor Élodie Idris Sophie Mathieu Anaïs Karim Julie Thomas Inès Paul Fatou Hugo Léa Antoine Maëlle
Yanis Claire Rémi Zoé Bastien Aminata Victor Chloé Étienne Salomé Joseph Lucie Samir Agathe Gaël Nadia Pierre
Margaux Ilyes
"""
_LAST = """
Martin Bernard Benkirane Petit Durand Moreau Traoré Lefèvre Nguyen Roux Fournier Girard Bonnet Lambert
Fontaine Chevalier Robin Masson Sanchez Gérard Diallo Perrin Morel Gauthier Dumont Fernandez Haddad Marchand
Colin Renaud Leclerc Aubert
"""
_CITIES = """
Lyon Nantes Rennes Lille Grenoble Bordeaux Toulouse Montpellier Strasbourg Angers Brest Dijon Tours Nancy
Metz Amiens Limoges Annecy Pau Caen Rouen Poitiers Valence Chambéry Quimper Vannes Niort Albi
"""
_ACTIVITIES = """
Ateliers Transports Énergies Maison Papeteries Coopérative Laboratoires Chantiers Jardins Imprimerie
"""
FIRST_NAMES = _FIRST.split()
LAST_NAMES = _LAST.split()
CITIES = _CITIES.split()
ACTIVITIES = _ACTIVITIES.split()
SUBJECTS = (
    "Ateliers de rentrée",
    "Séminaire des équipes",
    "Parcours des managers",
    "Journée du personnel",
    "Formation à l’animation",
    "Semaine du climat",
)
PLACES = (
    "Salle du conseil",
    "Amphithéâtre",
    "Salle polyvalente",
    "Salle de formation, 2e étage",
    "Salle des mariages",
)
