"""
Printing certificates, one after the other, each for another learner, their words signed and drawn into the code: against Typst alone compiling
the same documents from ready inputs, in the usual way (data as ``sys.inputs``) and laid out once as ours are; against a plain page of Typst with
the same fonts; and against WeasyPrint with a page of the same words and the same picture of the code. All keep what they can keep between two
documents. And a cohort of forty, from decisions to signed PDFs.
"""

import json
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from html import escape
from itertools import count, cycle
from pathlib import Path
from typing import Any
from uuid import UUID

import typst
from django.conf import settings

from corridor.foundations.access import NIGHTLY
from corridor.foundations.typesetting import qr_of_words, source_alike
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.certificates import printing
from corridor.rooms.credentials.certificates.words import facts_in
from corridor.rooms.credentials.compact import base41
from corridor.rooms.credentials.compact.claims import PaperClaims, RecognitionShown, UnitShown, write_claims
from corridor.rooms.credentials.compact.message import sign_claims
from corridor.rooms.credentials.models import Credential
from corridor.rooms.credentials.proofs.data_integrity import SigningKey
from corridor.rooms.credentials.proofs.did_documents import new_key
from tests.factories.credentials import award, make_assessed_cohort

from . import stores
from .awards import multiply
from .credentials import Bench
from .measuring import Result, rate

TEMPLATE = Path(printing.__file__).with_name("certificate.typ")
FAMILIES = ("noto-sans", "noto-sans-lao", "noto-sans-sc")
STANDARDS = ["a-3a", "ua-1"]
USUAL = b"""#import "certificate.typ": printed
#printed(certificate: sys.inputs.certificate, credential: sys.inputs.credential)"""
PLAIN_PAGE = Path(__file__).with_name("plain_certificate.typ")
ROUNDS = 5
# More than any of them remembers of what it made a moment ago.
READY = 24
COHORT, LEARNERS, SECONDS = "COH-2023-041", 40, 3.0
DID = "did:web:alliance.example:members:chongqing"


def measure(seconds: float) -> list[Result]:
    document, turn = Bench().text, count()
    key = SigningKey(f"{DID}#key-2024", new_key())
    same, alike, plain = _compiler(TEMPLATE), _compiler(TEMPLATE), _compiler(PLAIN_PAGE)
    papers = [_paper(number) for number in range(READY)]
    inputs = [printing.inputs_of(_facts(each, key), document=document) for each in papers]
    usual, ready = cycle(inputs), cycle([source_alike(TEMPLATE, each) for each in inputs])
    codes = json.dumps([unit.code for unit in papers[0].units])

    def print_one() -> bytes:
        return printing.print_certificate(_facts(_paper(next(turn)), key), document=document)

    def compile_same() -> None:
        same.compile(input=USUAL, format="pdf", sys_inputs=next(usual), pdf_standards=STANDARDS)

    def compile_alike() -> None:
        alike.compile(input=next(ready), format="pdf", pdf_standards=STANDARDS)

    def compile_plain() -> None:
        names = [papers[0].names[0], f"Khamla Phommachanh {next(turn)}"]
        plain.compile(format="pdf", sys_inputs={"names": json.dumps(names), "units": codes, "number": str(next(turn))})

    size = len(print_one()) / 1024
    compile_plain()
    ways = [print_one, compile_same, compile_alike, compile_plain, *_weasyprint(turn, key)]
    turns = [[rate(do, seconds) for do in ways] for _ in range(ROUNDS)]
    ours, bare, quick, simple, *others = zip(*turns, strict=True)
    what, note = (
        "sign the words of a certificate and print it",
        f"{size:.0f} KiB: PDF/A-3a and PDF/UA-1, three languages, a code with every word, the signed credential attached",
    )
    found = [
        Result.of(what, "Typst alone, the same document", "per second", ours, bare, goal=0.7, note=note),
        Result.of(
            what,
            "Typst alone, the same document laid out once as ours",
            "per second",
            ours,
            quick,
            goal=0.7,
            note="ours signs, draws the code, makes the text fit to be copied, and packs",
        ),
        Result.of(
            what, "Typst alone, a plain page", "per second", ours, simple, note="two names, a table, nothing drawn"
        ),
    ]
    if others:
        peer = "WeasyPrint, the same words and code"
        found.append(Result.of(what, peer, "per second", ours, others[0], goal=10, note="its font configuration kept"))
    return [*found, _cohort()]


def _cohort() -> Result:
    """Forty learners from final decisions to signed and printed certificates."""
    with stores.kept("cohort"):
        cohort = make_assessed_cohort(COHORT, learners=1)
        multiply(cohort, LEARNERS)
        begun = time.perf_counter()
        award(cohort)
        printed = [
            queries.certificate_pdf(credential=each, by=NIGHTLY) for each in Credential.objects.order_by("reference")
        ]
        taken = time.perf_counter() - begun
    if len(printed) != LEARNERS:
        raise RuntimeError(f"{len(printed)} of {LEARNERS} were printed")
    note = "goal: under 3 seconds; composing, signing, lists, words of the papers, PDFs"
    return Result.of(
        f"award and print a cohort of {LEARNERS}", "three seconds", "seconds", [taken], [SECONDS], goal=1, note=note
    )


def _weasyprint(turn: Any, key: SigningKey) -> list[Any]:
    """A page of the same words and code by WeasyPrint; nothing where it, or the libraries that it needs, are not there."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 (only where it is installed)
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    except (ImportError, OSError):
        return []
    fonts = FontConfiguration()

    def print_one() -> None:
        facts = _facts(_paper(next(turn)), key)
        HTML(string=_page(facts)).write_pdf(font_config=fonts, pdf_variant="pdf/a-3b")

    return [print_one]


def _page(facts: Any) -> str:
    shown = printing.words_on(facts)
    found = re.search('base64,([^"]+)', qr_of_words(facts.codes[0]).svg)
    code = found[1] if found else ""
    rows = "".join(
        f"<tr><td><b>{unit['code']}</b> {escape(' · '.join(each['text'] for each in unit['titles']))}</td><td>{unit['day']}</td></tr>"
        for unit in shown["units"]
    )
    texts = "".join(f"<p>{escape(each['text'])}</p>" for each in (*shown["body"], *shown["counts"]))
    return (
        "<html lang='en'><head><style>@page{size:A4;margin:22mm}body{font-family:'Noto Sans','Noto Sans Lao','Noto Sans SC';font-size:10pt}"
        f"</style><title>{shown['reference']}</title></head><body><h1>{escape(shown['heading'][-1]['text'])}</h1>"
        f"<h2>{escape(' · '.join(shown['names']))}</h2>"
        f"{texts}<table>{rows}</table><img width='170' src='data:image/png;base64,{code}'><p>{shown['address']}</p></body></html>"
    )


def _compiler(page: Path) -> typst.Compiler:
    fonts = settings.NODE_MODULES / "@expo-google-fonts"
    folders = [str(fonts / family / weight) for family in FAMILIES for weight in ("400Regular", "600SemiBold")]
    return typst.Compiler(str(page), font_paths=folders, ignore_system_fonts=True)


def _facts(paper: PaperClaims, key: SigningKey) -> Any:
    return facts_in(base41.encode(sign_claims(write_claims(paper), key=key)))


def _paper(number: int) -> PaperClaims:
    names = ("ຄຳຫຼ້າ ພົມມະຈັນ", f"Khamla Phommachanh {number}")
    return replace(_PAPER, id=UUID(int=number + 1), names=names, list_index=number)


_TITLES = {"en": "Receive and identify a vehicle", "zh-Hans": "车辆接收", "lo": "ຮັບລົດ"}
_PAPER = PaperClaims(
    id=UUID(int=1), issuer_did=DID, begins=datetime(2024, 1, 22, tzinfo=timezone(timedelta(hours=7))),
    signed_at=datetime(2024, 1, 22, tzinfo=UTC), reference="CRD-2024-0107", kind="award", names=(),
    title={"zh-Hans": "车辆检测", "en": "Vehicle inspection"}, issuer={"zh-Hans": "重庆职业学院", "en": "Chongqing College"},
    host={"lo": "ວິທະຍາໄລ ວຽງຈັນ", "en": "Vientiane College"}, site={"en": "Workshop Vientiane"}, site_reference="wks-vientiane",
    programme_reference="vehicle-inspection",
    units=tuple(UnitShown(f"VI-{number:02}", 30, date(2024, 1, number), _TITLES) for number in range(1, 9)),
    recognised=(RecognitionShown("LA", "institution", "", "", ""),), last_day=None, ends=None,
    list_address="https://alliance.example/status/chongqing/1", list_index=0, sha256="e2a4d5ec2c83a111" * 4,
    address="https://alliance.example/c/q7w2mzk9tdraq7w2mzk9td", is_specimen=True,
)  # fmt: skip
