"""Agreements that are in no database, for the rules of what they say."""

from collections.abc import Mapping, Sequence
from datetime import date

from corridor.rooms.agreements.models import Agreement, AgreementLine, AgreementParty, AgreementText
from corridor.rooms.members.models import Organisation


def written(
    *,
    texts: Sequence[tuple[str, str, str]] = (("en", "Joint training", "Article 1. We teach.\n\nArticle 2. We tell."),),
    parties: Sequence[tuple[str, str]] = (("chongqing", "leads"), ("vientiane", "hosts")),
    lines: Sequence[tuple[int, str, str]] = (),
    **more: object,
) -> Agreement:
    """(language, title, body), (member, role) and (number, language, text), in the order in which a source brings them."""
    given: Mapping[str, object] = {"reference": "AGR-2023-0031", "starts_on": date(2023, 6, 1)} | more
    agreement = Agreement(**given)
    agreement._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "texts": [
            AgreementText(agreement=agreement, language=language, title=title, body=body)
            for language, title, body in texts
        ],
        "parties": [
            AgreementParty(agreement=agreement, organisation=Organisation(reference=member), position=place, role=role)
            for place, (member, role) in enumerate(parties, start=1)
        ],
        "lines": [
            AgreementLine(agreement=agreement, number=number, language=language, text=text)
            for number, language, text in lines
        ],
    }
    return agreement
