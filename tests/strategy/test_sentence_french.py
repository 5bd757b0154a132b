"""Who leads and who supports, in French sentences."""

from __future__ import annotations

import pytest

from .test_sentence import Read, expected, read

SENTENCES = {
    "Le SCT et le BCP dirigeront les travaux": expected("tbs pco"),
    "Le Secrétariat du Conseil du Trésor du Canada (SCT) ainsi que les ministères devront agir": (
        expected("tbs departments")
    ),
    "LE SCT ET LES MINISTÈRES AGIRONT": expected("tbs departments"),
    "Tous les ministères concernés agiront": expected("departments"),
    "Les ministères les publieront": expected("departments"),
    "Le TBS et Indigenous Services Canada ne publieront pas": expected("tbs isc"),
    "L’EFPC et le SCT publieront": expected("tbs", unknown="EFPC"),
    "L’École de la fonction publique du Canada (EFPC) agira": expected(unknown="EFPC"),
    "Les ministères et les organismes agiront": expected("departments", unread="les organismes"),
    "Les politiques du SCT changeront": expected(unread="Les politiques du SCT"),
    "Le ministère des Finances agira": expected(unread="Le ministère des Finances"),
    "Les partenaires internationaux agiront": expected(unread="Les partenaires internationaux"),
    "Le dirigeant principal des données du Canada et le SCT agiront": expected(
        "tbs", unread="Le dirigeant principal des données du Canada"
    ),
    "Les ministères veilleront à ce que les données soient protégées": expected("departments"),
    "Le SCT établira des attentes que les ministères suivront": expected("tbs"),
    "Le SCT, qui supervisera la politique, agira": expected("tbs"),
    "Le SCT, dont relèvent les politiques, agira": expected("tbs"),
    "Les ministères qui recueilleront des données les publieront": expected("departments"),
    "Le SCT agira afin que les ministères publient, tandis que le BCP examinera": expected(
        "tbs pco"
    ),
    "Le SCT s’assurera que les données seront sûres et que SPC les hébergera": expected("tbs"),
    "Si les ministères sont d’accord, le SCT agira": expected("tbs"),
    "Une fois que le SCT aura publié, les ministères agiront": expected("departments"),
    "Le SCT agira, puis SAC publiera": expected("tbs isc"),
    "D’ici 2025, le SCT agira": expected("tbs"),
    "Afin d’améliorer l’accès, le BCP et le SCT exploreront des possibilités pour les organismes de "
    "réglementation fédéraux d’établir des attentes": expected("pco tbs", "regulators"),
    "SAC, en étroite collaboration avec les partenaires autochtones, élaborera et le SCT intégrera "
    "des lignes directrices": expected("isc tbs", "indigenous"),
    "De concert avec les ministères, le SCT devra publier": expected("tbs", "departments"),
    "Le SCT, avec l’appui du BCP, de StatCan et des ministères, agira": expected(
        "tbs", "pco statcan departments"
    ),
    "Les ministères, appuyés par le SCT et Statistique Canada, agiront": expected(
        "departments", "tbs statcan"
    ),
    "Le SCT travaillera avec les ministères": expected("tbs", "departments"),
    "Le BCP et le SCT coordonneront les ministères": expected("pco tbs", "departments"),
    "Le SCT consultera les partenaires et les provinces et territoires": expected(
        "tbs", "partners provinces"
    ),
    "Le SCT fournira des conseils aux ministères": expected("tbs"),
    "Des lignes directrices pour les ministères seront élaborées par le SCT et StatCan": expected(
        "tbs statcan"
    ),
    "Les ministères seront consultés par le SCT": expected("tbs", "departments"),
    "Sous la direction du SCT, les ministères agiront": expected("tbs departments"),
    "Les travaux seront dirigés par le SCT, avec l’aide de SPC": expected("tbs", "ssc"),
}


@pytest.mark.parametrize(("text", "roles"), SENTENCES.items())
def test_grammar(text: str, roles: Read) -> None:
    """In French the subjects of main clauses with a verb in the future lead."""
    assert read(text, "fr") == roles
