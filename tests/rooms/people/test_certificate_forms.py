"""What a certificate prints: the names of the record, or those that the person confirmed."""

import pytest

from corridor.rooms.people.certificate_forms import certificate_forms
from corridor.rooms.people.models import PersonName

OWN = PersonName(form="own", full_name="吕美")
ROMANISED = PersonName(form="romanised", full_name="Lü Mei")
FORMER = PersonName(form="former", full_name="王美")
OTHER = PersonName(form="other", full_name="ລຸຍ ເໝີ")


@pytest.mark.parametrize(
    ("confirmed", "printed"),
    [
        ([], ["吕美", "Lü Mei", "ລຸຍ ເໝີ"]),
        (["Mei LYU"], ["吕美", "Mei LYU", "ລຸຍ ເໝີ"]),
        (["呂美"], ["呂美", "Lü Mei"]),
        (["呂美", "Mei LYU"], ["呂美", "Mei LYU"]),
    ],
)
def test_a_confirmed_name_takes_the_place_of_the_forms_in_its_letters(confirmed, printed):
    assert certificate_forms([FORMER, OTHER, ROMANISED, OWN], confirmed) == printed


def test_who_has_one_name_in_latin_letters_is_printed_by_it():
    assert certificate_forms([PersonName(form="own", full_name="Siti Aminah")], []) == ["Siti Aminah"]
    assert certificate_forms([PersonName(form="own", full_name="Siti Aminah")], ["SITI AMINAH"]) == ["SITI AMINAH"]
