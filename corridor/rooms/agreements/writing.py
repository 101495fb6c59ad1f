"""How the rows of an agreement are written: by its drafts, its answers and its amendments alike."""

from collections.abc import Iterable, Sequence
from datetime import date

from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from .canonical import Content, clauses_of, content_of
from .drafts import AgreementDraft, LineDraft, PartyDraft, TextDraft
from .models import Agreement, AgreementLine, AgreementParty, AgreementText, Signer
from .translations import carry_over, mark_drafts


def faults_of(draft: AgreementDraft) -> list[Problem]:
    """What is wrong with a draft in itself."""
    faults = []
    if draft.ends_before is not None and draft.ends_before <= draft.starts_on:
        faults.append(Problem(N_("An agreement ends on or after its first day."), column="ends_before"))
    languages = [text.language for text in draft.texts]
    if len(set(languages)) < len(languages):
        faults.append(Problem(N_("There is one text in a language, not two."), column="language"))
    if sum(text.standing == AgreementText.Standing.PREVAILING for text in draft.texts) > 1:
        faults.append(Problem(N_("One version prevails, not two."), column="standing"))
    members = [party.organisation.pk for party in draft.parties]
    if len(set(members)) < len(members):
        faults.append(Problem(N_("A member is a party once."), column="organisation"))
    if any(not text.title.strip() or not text.body.strip() for text in draft.texts):
        faults.append(Problem(N_("A text has a title and says something."), column="body"))
    numbers = [(line.number, line.language) for line in draft.lines]
    if len(set(numbers)) < len(numbers):
        faults.append(Problem(N_("There is one line of a number in a language, not two."), column="lines"))
    if any(line.number < 1 or not clauses_of(line.text) for line in draft.lines):
        faults.append(Problem(N_("A line has a number from 1 and says something."), column="lines"))
    return faults


def placed(parties: Sequence[PartyDraft]) -> list[PartyDraft]:
    return [
        PartyDraft(party.organisation, party.role, party.position or place)
        for place, party in enumerate(parties, start=1)
    ]


def write_all_texts(texts: Iterable[tuple[Agreement, TextDraft]]) -> None:
    """Language versions of agreements that have none in these languages."""
    given: dict[Agreement, list[AgreementText]] = {}
    for agreement, text in texts:
        given.setdefault(agreement, []).append(_text(agreement, text))
    there: dict[object, list[AgreementText]] = {}
    for held in AgreementText.objects.filter(agreement__in=given):
        there.setdefault(held.agreement_id, []).append(held)
    for agreement, rows in given.items():
        mark_drafts([*there.get(agreement.pk, []), *rows])
    AgreementText.objects.bulk_update([held for rows in there.values() for held in rows], ["follows"])
    AgreementText.objects.bulk_create([row for rows in given.values() for row in rows], batch_size=500)


def write_all_lines(lines: Iterable[tuple[Agreement, LineDraft]]) -> None:
    AgreementLine.objects.bulk_create(
        [
            AgreementLine(agreement=agreement, number=line.number, language=line.language, text=_clean(line.text))
            for agreement, line in lines
        ],
        batch_size=500,
    )


def name_all_parties(parties: Iterable[tuple[Agreement, PartyDraft]]) -> None:
    AgreementParty.objects.bulk_create(
        [
            AgreementParty(
                agreement=agreement, organisation=party.organisation, position=party.position or 1, role=party.role
            )
            for agreement, party in parties
        ],
        batch_size=500,
    )


def rewrite(agreement: Agreement, draft: AgreementDraft) -> None:
    """Period, announcement, texts, lines and parties as given. A party that stays keeps its row, and with it who signs for it."""
    agreement.starts_on, agreement.ends_before = draft.starts_on, draft.ends_before
    agreement.announcement = draft.announcement
    agreement.save(update_fields=["starts_on", "ends_before", "announcement"])
    before = list(agreement.texts.all())
    rows = [_text(agreement, text) for text in draft.texts]
    carry_over(rows, before)
    agreement.texts.all().delete()
    AgreementText.objects.bulk_create(rows)
    agreement.lines.all().delete()
    write_all_lines([(agreement, line) for line in draft.lines])
    _name_again(agreement, placed(draft.parties))


def draft_of(agreement: Agreement, content: Content) -> AgreementDraft:
    """A content as a draft: what it says of period, texts, lines and roles, with the parties and the announcement of the agreement."""
    return AgreementDraft(
        starts_on=date.fromisoformat(content["starts_on"]),
        ends_before=date.fromisoformat(content["ends_before"]) if content["ends_before"] else None,
        announcement=agreement.announcement,
        texts=[
            TextDraft(language, text["title"], "\n\n".join(text["clauses"]), text["standing"])
            for language, text in content["texts"].items()
        ],
        lines=[
            LineDraft(int(number), language, text)
            for number, texts in content["lines"].items()
            for language, text in texts.items()
        ],
        parties=[
            PartyDraft(party.organisation, content["parties"].get(party.organisation.reference, party.role), party.position)
            for party in agreement.parties.select_related("organisation")
        ],
    )  # fmt: skip


def standing_draft(agreement: Agreement) -> AgreementDraft:
    """What it says now, as a draft that can be changed."""
    return draft_of(
        agreement, content_of(Agreement.objects.select_related("amends", "copied_from").get(pk=agreement.pk))
    )


def _name_again(agreement: Agreement, parties: Sequence[PartyDraft]) -> None:
    there = {party.organisation_id: party for party in agreement.parties.all()}
    wanted = {party.organisation.pk: party for party in parties}
    gone = agreement.parties.exclude(organisation__in=wanted)
    # Only a draft loses a party, and nobody has signed a draft: who would have signed for it is named no more.
    Signer.objects.filter(party__in=gone).delete()
    gone.delete()
    kept = []
    for key, given in wanted.items():
        if key in there:
            there[key].role, there[key].position = given.role, given.position or 1
            kept.append(there[key])
    AgreementParty.objects.bulk_update(kept, ["role", "position"])
    name_all_parties([(agreement, given) for key, given in wanted.items() if key not in there])


def _text(agreement: Agreement, text: TextDraft) -> AgreementText:
    return AgreementText(
        agreement=agreement, language=text.language, title=text.title.strip(), standing=text.standing, body=_clean(text.body)
    )  # fmt: skip


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
