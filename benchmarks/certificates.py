"""
Printing certificates, one after the other, each for another learner: against Typst alone compiling the same document from ready inputs,
and against a plain page of Typst with the same fonts. All keep their compiler.
"""

import json
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import typst
from django.conf import settings

from corridor.rooms.credentials.certificates import printing
from corridor.rooms.credentials.certificates.facts import CertificateFacts, RecognisedAs, UnitProved
from corridor.rooms.credentials.models import CredentialKind, RecognitionKind

from .credentials import Bench
from .measuring import Result, rate

TEMPLATE = Path(printing.__file__).with_name("certificate.typ")
FAMILIES = ("noto-sans", "noto-sans-lao", "noto-sans-sc")
STANDARDS = ["a-3a", "ua-1"]
PLAIN_PAGE = Path(__file__).with_name("plain_certificate.typ")
ROUNDS = 5


def measure(seconds: float) -> list[Result]:
    facts, document, turn = _facts(), Bench().text, count()
    same, plain = _compiler(TEMPLATE), _compiler(PLAIN_PAGE)
    ready = printing.printed(facts)
    codes = json.dumps([unit.code for unit in facts.units])

    def names() -> tuple[str, ...]:
        # Another learner each time: what was just made would come from what the compiler keeps.
        return (facts.learner_names[0], f"Khamla Phommachanh {next(turn)}")

    def print_one() -> bytes:
        return printing.print_certificate(replace(facts, learner_names=names()), document=document)

    def compile_same() -> None:
        inputs = {"certificate": json.dumps(ready | {"names": names()}, ensure_ascii=False), "credential": document}
        same.compile(format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS)

    def compile_plain() -> None:
        plain.compile(
            format="pdf", sys_inputs={"names": json.dumps(names()), "units": codes, "number": str(next(turn))}
        )

    size = len(print_one()) // 1024
    compile_plain()
    turns = [[rate(do, seconds) for do in (print_one, compile_same, compile_plain)] for _ in range(ROUNDS)]
    ours, bare, simple = zip(*turns, strict=True)
    what, note = (
        "print a certificate",
        f"{size} KiB: PDF/A-3a and PDF/UA-1, three languages, QR code, the signed credential attached",
    )
    return [
        Result.of(what, "Typst alone, the same document", "per second", ours, bare, goal=0.7, note=note),
        Result.of(
            what, "Typst alone, a plain page", "per second", ours, simple, note="two names, a table, nothing drawn"
        ),
    ]


def _compiler(page: Path) -> typst.Compiler:
    fonts = settings.NODE_MODULES / "@expo-google-fonts"
    folders = [str(fonts / family / weight) for family in FAMILIES for weight in ("400Regular", "600SemiBold")]
    return typst.Compiler(str(page), font_paths=folders, ignore_system_fonts=True)


def _facts() -> CertificateFacts:
    titles = {"en": "Receive and identify a vehicle", "zh-Hans": "车辆接收", "lo": "ຮັບລົດ"}
    digits = "e2a4d5ec2c83a111"
    return CertificateFacts(
        reference="CRD-2024-0107",
        kind=CredentialKind.AWARD,
        learner_names=("ຄຳຫຼ້າ ພົມມະຈັນ", "Khamla Phommachanh"),
        issuer={"zh-Hans": "重庆职业学院", "en": "Chongqing College"},
        issuer_reference="chongqing",
        key="key-2024",
        host={"lo": "ວິທະຍາໄລ ວຽງຈັນ", "en": "Vientiane College"},
        site={"en": "Workshop Vientiane"},
        title={"zh-Hans": "车辆检测", "en": "Vehicle inspection"},
        units=tuple(UnitProved(f"VI-{number:02}", titles, 30, date(2024, 1, number)) for number in range(1, 9)),
        recognised=(RecognisedAs("LA", RecognitionKind.INSTITUTION, "", "", ""),),
        issued_on=date(2024, 1, 22),
        last_day=None,
        address="https://alliance.example/c/q7w2mzk9tdraq7w2mzk9td",
        sha256=digits * 4,
        bars=tuple(int(digit, 16) for digit in digits),
        is_specimen=True,
    )
