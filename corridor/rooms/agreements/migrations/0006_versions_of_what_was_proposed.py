from hashlib import sha256

import rfc8785
from django.db import migrations

from corridor.kernel.identifiers import new_id


def write_versions(apps, schema_editor) -> None:
    """The first version of everything that was proposed before versions were kept, in the form in which its hash was made."""
    agreement_model, version = apps.get_model("agreements", "Agreement"), apps.get_model("agreements", "AgreementVersion")
    change = apps.get_model("agreements", "AgreementChange")
    found = (
        agreement_model.objects.exclude(canonical_hash="")
        .filter(versions__isnull=True)
        .select_related("announcement")
        .prefetch_related("texts", "parties__organisation")
    )
    proposals = change.objects.filter(to_status="proposed").order_by("effective_on", "recorded_at")
    days = {row.agreement_id: (row.effective_on, row.by_label) for row in proposals}
    rows = []
    for agreement in found.iterator(chunk_size=500):
        announcement = agreement.announcement
        canonical = rfc8785.dumps(
            {
                "form": "agreement/1",
                "agreement": agreement.reference,
                "announcement": announcement.reference if announcement else None,
                "starts_on": agreement.starts_on.isoformat(),
                "ends_before": agreement.ends_before.isoformat() if agreement.ends_before else None,
                "parties": [
                    {"member": party.organisation.reference, "position": party.position, "role": party.role}
                    for party in sorted(
                        agreement.parties.all(), key=lambda party: (party.position, party.organisation.reference)
                    )
                ],
                "texts": [
                    {"language": text.language, "standing": text.standing, "title": text.title, "body": text.body}
                    for text in sorted(agreement.texts.all(), key=lambda text: text.language)
                ],
            }
        )
        # Where the rows were changed behind the product's back there are no bytes to this hash, and none are made up.
        if sha256(canonical).hexdigest() != agreement.canonical_hash:
            continue
        effective_on, put_by = days.get(agreement.pk, (agreement.starts_on, "system"))
        rows.append(
            version(
                id=new_id(), agreement=agreement, number=1, origin="proposed", canonical=canonical.decode(),
                hash=agreement.canonical_hash, effective_on=effective_on, put_by=put_by,
            )
        )  # fmt: skip
    version.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0005_versions_kinds_motions")]

    operations = [migrations.RunPython(write_versions, migrations.RunPython.noop)]
