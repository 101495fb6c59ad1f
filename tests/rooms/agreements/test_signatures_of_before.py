"""What parties had signed before signatures were rows of their own is kept as rows."""

from importlib import import_module

import pytest
from django.apps import apps

from corridor.rooms.agreements.models import Signature
from tests.factories.agreements import SIGNED_ON, make_agreement, make_proposed_agreement

from .signing import sign

pytestmark = pytest.mark.django_db
MIGRATION = import_module("corridor.rooms.agreements.migrations.0004_signatures_of_parties")


def test_each_signed_party_gets_its_row_once():
    on_paper, here = make_agreement("AGR-2023-0001"), make_proposed_agreement("AGR-2023-0002")
    sign(here, "vientiane")
    Signature.objects.all().delete()
    for _again in range(2):
        MIGRATION.copy_signatures(apps, None)
    assert Signature.objects.filter(party__agreement=on_paper).count() == 2
    row = Signature.objects.filter(party__agreement=on_paper).first()
    assert (row.way, row.proof, row.signed_on, row.canonical_hash) == (
        "paper",
        "scan",
        SIGNED_ON,
        on_paper.canonical_hash,
    )
    assert (row.scan.reference, row.signed_as) == ("scan-1", "President")
    assert list(Signature.objects.filter(party__agreement=here).values_list("way", "proof")) == [
        ("electronic", "password")
    ]
