"""What a certificate counts as, country by country, by what the alliance has stated: for whoever reads its verdict."""

from corridor.foundations.access import Actor, Permission

from ..addresses import programme_of
from ..models import CredentialKind, RecognitionStatement
from ..proofs.facts import Kind
from ..proofs.verdicts import Said


def counts_as(*, said: Said, by: Actor) -> list[RecognitionStatement]:
    """The statements that held on its day of issue, by country; none for what was issued for no programme of this house."""
    by.require(Permission.MEMBER_VIEW)
    programme, kind = programme_of(said.programme), _KINDS.get(said.kind)
    if programme is None or kind is None:
        return []
    rows = RecognitionStatement.objects.filter(
        programme__reference=programme, credential_kind=kind, starts_on__lte=said.issued_on
    ).exclude(ends_before__lte=said.issued_on)
    return list(rows.select_related("document").prefetch_related("authority_names").order_by("country", "starts_on"))


_KINDS = {Kind[each.name].value: each for each in CredentialKind}
