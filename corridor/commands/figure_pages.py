"""Figures, rows and records as plain text, to be read in a terminal."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from textwrap import fill
from typing import Any

from corridor.kernel.money import Money
from corridor.rooms.indicators.answers import FigureAnswer
from corridor.rooms.indicators.definitions import Definition
from corridor.rooms.indicators.queries import ClaimCheck, OpenedFigure
from corridor.rooms.indicators.walking import Card, Walked

from .saying import sentence

WIDTH = 100
MOST_CELLS = 30


def list_page(indicators: Sequence[Definition]) -> str:
    longest = max(len(each.code) for each in indicators)
    return "\n".join(
        f"{each.code:<{longest}}  {each.title}, {'not collected' if not each.is_collected else each.unit.words}"
        for each in indicators
    )


def figure_page(answered: FigureAnswer) -> str:
    definition = answered.definition
    lines = [f"{definition.title}  ({answered.code})", _headline(answered), ""]
    lines += [fill(str(definition.counted), WIDTH), ""]
    facts: dict[str, object] = {
        "scope": answered.scope or "everything",
        "n": answered.numbers["n"],
        "definition": f"version {definition.version}",
    }
    if definition.left_out:
        facts["not counted"] = f"{answered.not_counted} ({definition.left_out})"
    missing: Mapping[str, object] = answered.numbers["missing"]  # type: ignore[assignment]
    unknown = ", ".join(f"{_plain(name)} {count}" for name, count in missing.items() if count)
    facts["missing"] = unknown or "nothing"
    lines += _facts(facts)
    if "block" in answered.numbers:
        lines += ["", *_facts(answered.numbers["block"])]  # type: ignore[arg-type]
    for name, three in answered.numbers.get("three_numbers", {}).items():  # type: ignore[attr-defined]
        lines += ["", f"Claimed by {_plain(name)}: {_three(three)}"]
    for name, cells in answered.breakdown.items():
        lines += ["", f"By {_plain(name)}", *_cells(_said(cells, answered))]
    lines += ["", *_facts(_evidence(answered))]
    return "\n".join(lines)


def _headline(answered: FigureAnswer) -> str:
    when = (
        f"on {answered.on.isoformat()}"
        if answered.on
        else f"from {answered.first_day.isoformat()} to {answered.last_day.isoformat()}"
    )
    numbers = answered.numbers
    if answered.money:
        return f"{answered.money} {when}"
    if "value" in numbers:
        return f"{numbers['value']} {answered.unit.words} {when}"
    if answered.is_ratio:
        return f"{_for_each(answered, numbers)} {when}"
    share = numbers.get("percent")
    said = f"{numbers['numerator']} of {numbers['denominator']}"
    if "block" in numbers:
        block: Mapping[str, Any] = numbers["block"]  # type: ignore[assignment]
        bounds = block.get("bounds")
        share = f"between {bounds[0]} and {bounds[1]}" if bounds else None
    return f"{said}{f', {share},' if share else ','} {when}"


def _evidence(answered: FigureAnswer) -> dict[str, object]:
    facts = {
        "evidence": f"{answered.numbers['evidence_rows']} rows",
        "records": answered.numbers["evidence_hash"],
        "content": answered.numbers["content_hash"],
        "known at": answered.known_at.isoformat(" ", "minutes"),
        "state": answered.state,
    }
    if answered.figure:
        facts["figure"] = f"{answered.figure.reference}, version {answered.figure.version}"
        signed = "; ".join(f"{each.by} ({each.role}) {each.signed_on}" for each in answered.figure.signatures)
        facts["signed by"] = signed or "nobody yet"
    return facts


def _facts(facts: Mapping[str, object]) -> list[str]:
    longest = max(len(_plain(name)) for name in facts)
    return [f"{_plain(name):<{longest}}  {_value(value)}" for name, value in facts.items()]


def _said(cells: Mapping[str, object], answered: FigureAnswer) -> Mapping[str, object]:
    """The cells of a ratio as its headline says it, and amounts of money as they are written."""
    if answered.is_ratio:
        return {code: _for_each(answered, cell) if isinstance(cell, Mapping) else cell for code, cell in cells.items()}
    return {code: _amount(cell, answered) for code, cell in cells.items()}


def _for_each(answered: FigureAnswer, cell: Mapping[str, object]) -> str:
    found = answered.ratio_of(cell)
    said = str(found) if isinstance(found, Money) else "not told" if found is None else found.text()
    return f"{said} for each ({_amount(cell['numerator'], answered)} for {cell['denominator']})"


def _amount(cell: object, answered: FigureAnswer) -> object:
    return Money.of_units(cell, answered.currency) if answered.currency and isinstance(cell, int) else cell


def _cells(cells: Mapping[str, object]) -> list[str]:
    shown = list(cells.items())
    longest = max(len(code) for code in cells)
    lines = [f"  {code:<{longest}}  {_value(cell)}" for code, cell in shown[:MOST_CELLS]]
    return [*lines, f"  and {len(shown) - MOST_CELLS} more; --json shows all"] if len(shown) > MOST_CELLS else lines


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        if "denominator" in value:
            share = value.get("percent")
            return f"{value['numerator']} of {value['denominator']}" + (f", {share}" if share else "")
        if "to_ask" in value:
            return f"{value['yes']} yes, {value['answered']} answered, of {value['to_ask']}"
        return ", ".join(f"{_plain(name)} {part}" for name, part in value.items())
    if isinstance(value, list):
        return " to ".join(str(part) for part in value)
    return "not shown" if value is None else str(value)


def _three(three: Mapping[str, object]) -> str:
    return f"sum {three['sum']}, overlap {three['overlap']}, distinct {three['distinct']}"


def rows_page(opened: OpenedFigure) -> str:
    answered = opened.answer
    lines = [f"{answered.definition.title}  ({answered.code})", _headline(answered), ""]
    if opened.cohorts or opened.hidden_rows:
        lines += [f"{opened.hidden_rows} rows about persons are not shown to you. By cohort:"]
        return "\n".join([*lines, *_cells(dict(opened.cohorts) or {"–": 0})])
    drawn = f", {len(opened.rows)} drawn with the seed {opened.seed}" if opened.sample is not None else ""
    lines.append(f"{opened.of_rows} rows{drawn}")
    for each in opened.rows:
        card = each.card
        said = _title(card) if card else "erased"
        marks = " ".join(
            f"{name}={code}" for name, code in sorted(each.row.codes.items()) if name in answered.breakdown
        )
        lines.append(f"{each.number:>5}  {each.row.record_kind}  {said}  {marks}")
    return "\n".join(lines)


def record_page(walked: Walked, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(asdict(walked), ensure_ascii=False, indent=2, default=str)
    lines = [f"{walked.card.kind}  {_title(walked.card)}", ""]
    lines += _facts({str(fact.label): _dated(fact.value) for fact in walked.facts})
    if walked.changes:
        lines += ["", "States", *(f"  {each.on}  {each.words}" for each in walked.changes)]
    if walked.marks:
        counted = sum(each.counts for each in walked.marks)
        lines += ["", f"Sessions: {counted} of {len(walked.marks)} count"]
        lines += [f"  {each.held_on}  {each.mark}  signed by {each.signed_by or 'nobody'}" for each in walked.marks]
    if walked.grounds:
        lines += ["", "Stands on"]
        lines += [f"  {each.kind}  {each.title}  {each.state}  {_dated(each.on)}" for each in walked.grounds]
    if walked.papers:
        lines += ["", "Documents"]
        lines += [f"  {each.reference}  {each.title}  {each.sha256}" for each in walked.papers]
    return "\n".join(lines)


def claim_page(checks: Iterable[ClaimCheck]) -> str:
    lines = []
    for each in checks:
        lines.append(f"{each.verdict.replace('_', ' '):<14} {each.claim.words}")
        lines.append(f"{'':<14} {each.claim.code} {each.claim.scope}: {sentence(each)}")
        if each.named:
            lines.append(f"{'':<14} {each.named} of {each.of} derivable from the source")
        elif each.named == 0 and each.of:
            lines.append(f"{'':<14} all {each.of} rest on records that we assume")
    return "\n".join(lines) or "No claims are written down."


def _title(card: Card) -> str:
    name = card.names.get("en") or next(iter(card.names.values()), "")
    mark = f" [{card.source_mark}]" if card.source_mark else ""
    return f"{card.reference}{f': {name}' if name else ''}{mark}"


def _dated(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _plain(name: str) -> str:
    return name.replace("_", " ")
