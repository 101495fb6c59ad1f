"""Printing certificates, one after the other, against a plain page of Typst with the same fonts in a compiler that is kept."""

import json
from datetime import date
from pathlib import Path

import typst

from corridor.rooms.credentials.certificates import printing
from corridor.rooms.credentials.certificates.facts import CertificateFacts, RecognisedAs, UnitProved
from corridor.rooms.credentials.models import CredentialKind, RecognitionKind

from .credentials import Bench
from .measuring import Result, rate

PLAIN_PAGE = Path(__file__).with_name("plain_certificate.typ")
ROUNDS = 5


def measure(seconds: float) -> list[Result]:
    facts, document = _facts(), Bench().text
    # The product's own folders of fonts, so that both search the same files.
    folders = [
        str(printing.settings.NODE_MODULES / printing._FONTS / family / weight)
        for family, weights in printing._FAMILIES.items()
        for weight in weights
    ]
    plain = typst.Compiler(str(PLAIN_PAGE), font_paths=folders, ignore_system_fonts=True)
    inputs = {"names": json.dumps(facts.learner_names), "units": json.dumps([unit.code for unit in facts.units])}
    turn = iter(range(1_000_000))

    def ours() -> None:
        # Another learner each time: a page that was just made would come from what the compiler keeps.
        names = (*facts.learner_names[:1], f"Khamla Phommachanh {next(turn)}")
        printing.print_certificate(
            CertificateFacts(**{**vars(facts), "learner_names": names}), document=document + " " * (next(turn) % 50)
        )

    def theirs() -> None:
        plain.compile(format="pdf", sys_inputs=inputs | {"number": str(next(turn))})

    ours(), theirs()
    pairs = [(rate(ours, seconds), rate(theirs, seconds)) for _ in range(ROUNDS)]
    size = len(printing.print_certificate(facts, document=document)) // 1024
    return [
        Result.of(
            "print a certificate (PDF/A-3, three languages, QR, credential attached)", "a plain page of Typst", "per second",
            [pair[0] for pair in pairs], [pair[1] for pair in pairs], goal=0.7, note=f"{size} KiB each",
        )
    ]  # fmt: skip


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
