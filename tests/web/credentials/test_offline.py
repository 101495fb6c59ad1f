"""What the verifier in the browser is given: one signed bundle, every sentence in the reader's language, and a page that is light."""

import ast
import gzip
import json
import re
from base64 import b64encode
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.alliance import alliance_document
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.models import Credential, SigningKey
from corridor.rooms.credentials.proofs.bundles import open_bundle
from corridor.rooms.credentials.proofs.refusals import ProofRefused
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.proofs.verifying import verify_document
from corridor.web.credentials.offline import OWN_SENTENCES, SOURCES, sentences, written_days
from tests.factories.credentials import make_alliance_key, make_credential
from tests.web.readers import text_of

BUILT = SOURCES.parent / "static" / "built"
ROOMS = SOURCES.parents[1] / "rooms" / "credentials"
MOST = 250_000
BUNDLE = "/verify/bundle.json"


@pytest.fixture
def credential(db: None) -> Credential:
    """Of a house whose alliance has signed its register."""
    made = make_credential()
    make_alliance_key()
    actions.sign_issuers(on=date(2023, 9, 1), at=clock.real_now(), by=NIGHTLY)
    return made


def told(client: Client) -> dict:
    return json.loads(
        re.search(
            r'<script id="verifier-words" type="application/json">(.*?)</script>', text_of(client.get("/verify/"))
        )[1]
    )


def test_without_a_signed_register_the_house_alone_verifies(client: Client, db: None):
    make_alliance_key()
    page = text_of(client.get("/verify/"))
    assert "verifier-words" not in page and "Is this certificate genuine?" in page
    assert client.get(BUNDLE).status_code == 404


def test_one_signed_file_holds_all_that_a_verdict_needs(client: Client, credential: Credential):
    bundle = client.get(BUNDLE).json()
    resolver = open_bundle(bundle, alliance=json.loads(told(client)["alliance"]))
    verdict = verify_document(credential.document, resolver=resolver, at=clock.real_now())
    assert verdict.word == Word.VALID, verdict.as_json()
    changed = {**bundle, "statusLists": []}
    with pytest.raises(ProofRefused):
        open_bundle(changed, alliance=alliance_document() or {})


def test_who_has_it_is_told_so_and_a_revocation_is_in_the_next_one(client: Client, credential: Credential):
    first = client.get(BUNDLE)
    again = client.get(BUNDLE, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b""
    actions.revoke_credential(
        credential=credential,
        why=Why.MISCONDUCT,
        on=date(2023, 9, 1),
        at=clock.real_now() + timedelta(seconds=2),
        by=NIGHTLY,
    )
    later = client.get(BUNDLE, headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200 and later["ETag"] != first["ETag"]
    resolver = open_bundle(later.json(), alliance=alliance_document() or {})
    assert verify_document(credential.document, resolver=resolver, at=clock.real_now()).word == Word.REVOKED
    assert later.json()["created"] > first.json()["created"]


def test_it_holds_nobody_s_name_and_no_private_half_of_a_key(client: Client, credential: Credential):
    text = client.get(BUNDLE).content.decode()
    names = json.loads(credential.document)["credentialSubject"]["identifier"]
    assert not [each for each in names if each["identityHash"] in text]
    sealed = [bytes(key.sealed_private) for key in SigningKey.objects.all()]
    assert sealed and not [each for each in sealed if each.hex() in text or b64encode(each).decode() in text]


def test_every_sentence_of_the_script_is_one_that_is_translated():
    """A sentence that stands in the script alone would stay English for ever."""
    known = set(OWN_SENTENCES)
    for path in [
        *ROOMS.rglob("*.py"),
        *(SOURCES.parent / "credentials").glob("*.py"),
        ROOMS.parents[1] / "foundations/vocabularies/sentences.py",
    ]:
        known |= {
            node.value
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    assert len(sentences()) > 80
    assert not [each for each in sentences() if each not in known]


def test_every_sentence_of_the_page_is_asked_for_in_the_script():
    script = (SOURCES / "page.js").read_text() + (SOURCES / "telling.js").read_text()
    assert not [each for each in OWN_SENTENCES if f'N_("{each}")' not in script]


def test_words_come_in_the_language_of_the_reader(client: Client, credential: Credential):
    client.cookies["language"] = "zh-hans"
    words = told(client)
    assert words["language"] == "zh-Hans" and words["headings"]["valid"] == ["", words["headings"]["valid"][1]]
    assert (
        not words["headings"]["valid"][1].isascii() and words["sentences"]["It is not signed."] != "It is not signed."
    )
    assert dict(words["countries"])["LA"] == "老挝"


def test_a_browser_that_does_not_know_lao_is_told_how_days_are_written(client: Client, credential: Credential):
    client.cookies["language"] = "lo"
    page = client.get("/verify/").content.decode()
    days = json.loads(re.search(r'<script id="verifier-words"[^>]*>(.*?)</script>', page, re.DOTALL)[1])["days"]
    assert (days["pattern"], days["months"][1]) == ("{day} {month} {year}", "ກຸມພາ")
    assert days["ago"]["day"] == "{number} ມື້ກ່ອນ"


@pytest.mark.parametrize("language", ["en", "zh-hans", "lo", "ur", "km"])
def test_days_are_written_with_all_their_parts(language: str):
    with override(language):
        days = written_days()
    assert sorted(re.findall(r"{(\w+)}", days["pattern"])) == ["day", "month", "year"]
    assert len(set(days["months"])) == 12 and all(each.count("{number}") == 1 for each in days["ago"].values())


def test_a_device_may_keep_the_page_among_its_programs(client: Client):
    manifest = client.get("/verify/manifest.json").json()
    assert manifest["start_url"] == manifest["scope"] == "/verify/" and manifest["display"] == "standalone"


def test_the_page_and_all_that_it_loads_weigh_little(client: Client, credential: Credential):
    page = gzip.compress(client.get("/verify/").content)
    bundle = gzip.compress(client.get(BUNDLE).content)
    parts = ["verifying.js", "scanning.js", "verify.js", "corridor.css", "icons.svg"]
    weights = {name: Path(BUILT / f"{name}.gz").stat().st_size for name in parts}
    assert len(page) + len(bundle) + sum(weights.values()) < MOST, weights
