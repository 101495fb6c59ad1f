from datetime import UTC, datetime, time

from django.db import migrations

from corridor.kernel.identifiers import new_id


def copy_signatures(apps, schema_editor) -> None:
    """A row for each signature that stood in the columns of its party."""
    party_model, signature = apps.get_model("agreements", "AgreementParty"), apps.get_model("agreements", "Signature")
    found = party_model.objects.filter(signed_on__isnull=False, signatures__isnull=True)
    signature.objects.bulk_create(
        [
            signature(
                id=new_id(), party=party, way=party.signature, proof="scan" if party.signature == "paper" else "password",
                canonical_hash=party.signed_hash, signed_on=party.signed_on, signed_by=party.signed_by,
                signed_at=party.signed_at or datetime.combine(party.signed_on, time(), UTC), signed_as=party.signed_as,
                scan_id=party.scan_id,
            )
            for party in found.iterator()
        ],
        batch_size=500,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_signers")]

    operations = [migrations.RunPython(copy_signatures, migrations.RunPython.noop)]
