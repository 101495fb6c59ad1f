"""What was settled before obligations had occurrences gets one: the day, the reason and the document stood elsewhere."""

from django.db import migrations
from django.db.models import F


def write_occurrences(apps, schema_editor):
    obligation = apps.get_model("agreements", "Obligation")
    change = apps.get_model("agreements", "ObligationChange")
    occurrence = apps.get_model("agreements", "ObligationOccurrence")
    obligation.objects.update(first_due_on=F("due_on"))
    evidence = dict(obligation.objects.values_list("pk", "evidence"))
    due_on = dict(obligation.objects.values_list("pk", "due_on"))
    settled = change.objects.filter(to_status__in=["fulfilled", "waived"]).order_by("recorded_at", "pk")
    rows = {
        each.obligation_id: occurrence(
            obligation_id=each.obligation_id,
            number=1,
            due_on=due_on[each.obligation_id],
            settled_as=each.to_status,
            settled_on=each.effective_on,
            reason=each.reason,
            evidence_id=evidence[each.obligation_id] if each.to_status == "fulfilled" else None,
            by_label=each.by_label,
        )
        for each in settled
    }
    occurrence.objects.bulk_create(rows.values(), batch_size=500)


def forget_occurrences(apps, schema_editor):
    obligation = apps.get_model("agreements", "Obligation")
    occurrence = apps.get_model("agreements", "ObligationOccurrence")
    for each in occurrence.objects.filter(number=1, evidence__isnull=False):
        obligation.objects.filter(pk=each.obligation_id).update(evidence_id=each.evidence_id)
    occurrence.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("agreements", "0007_obligations_return")]

    operations = [migrations.RunPython(write_occurrences, forget_occurrences)]
