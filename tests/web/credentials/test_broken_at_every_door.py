"""
Certificates, tokens, papers and reports broken by chance, at every door where something is verified: always an answer, never an exception, and
nothing that nobody signed is called genuine.
"""

import base64
import copy
import json
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.commands.__main__ import main
from corridor.foundations import clock
from corridor.foundations.access import VISITOR
from corridor.foundations.attempts import TooManyAttempts
from corridor.kernel.errors import NotFound
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.certificates.attachments import attached_credential
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.refusals import NotAReport, NothingIsAttached, NotOurAddress, ReportRefused
from tests.factories.credentials import make_alliance_key, make_credential

pytestmark = pytest.mark.django_db
EACH = 30
KINDS = ["document", "text", "token", "paper", "file", "report"]
ODD = [
    None,
    True,
    0,
    -1,
    1.5,
    "",
    "x",
    [],
    {},
    [[]],
    [None],
    {"@id": "x"},
    "\ud800",
    "x" * 5_000,
    {"@value": "x", "@language": "??"},
    "did:key:z6Mk",
]
KEYS = [
    "@context",
    "@graph",
    "@id",
    "@reverse",
    "id",
    "type",
    "proof",
    "issuer",
    "vc",
    "undefined",
    "credentialStatus",
    "__proto__",
]


@pytest.fixture
def client():
    """From an address of its own, so that no other test is counted with it."""
    return Client(REMOTE_ADDR="192.0.2.77")


@pytest.fixture
def genuine(settings):
    settings.VC_API = True
    make_alliance_key()
    made = make_credential()
    pdf = Client(REMOTE_ADDR="192.0.2.78").get(f"/c/{made.token}/certificate.pdf").content
    verdict = queries.verify(raw=made.document, at=clock.now(), by=VISITOR)
    report = queries.report_pdf(
        verdict=verdict, raw=made.document, at=clock.now(), signed_at=clock.real_now(), by=VISITOR
    )
    return {
        "document": made.document, "text": made.document, "file": pdf, "report": report, "paper": f"P1.{made.signed_words}",
        "token": queries.credential_token(credential=made, at=clock.now(), by=VISITOR),
    }  # fmt: skip


def places(node, way=()):
    """Every place in a document."""
    if isinstance(node, dict | list):
        for key, inner in list(node.items() if isinstance(node, dict) else enumerate(node)):
            yield node, key
            yield from places(inner, (*way, key))


def broken_document(text, dice):
    found = json.loads(text)
    for _ in range(dice.randint(1, 3)):
        holder, key = dice.choice(list(places(found)))
        step = dice.randrange(7)
        if step == 0:
            del holder[key]
        elif step == 1:
            holder[key] = copy.deepcopy(dice.choice(ODD))
        elif step == 2 and isinstance(holder, dict):
            holder[dice.choice(KEYS)] = copy.deepcopy(dice.choice(ODD))
        elif step == 3 and isinstance(holder[key], str):
            holder[key] = holder[key].replace(dice.choice("aeint"), "\u0430", 1) + dice.choice(["", " ", "\u200b", "#"])
        elif step == 4:
            other, place = dice.choice(list(places(found)))
            other[place] = copy.deepcopy(holder[key])
        elif step == 5:
            holder[key] = [copy.deepcopy(holder[key])] * dice.choice([2, 20, 400])
        else:
            for _deep in range(dice.choice([3, 60])):
                holder[key] = {"a": holder[key]}
    return json.dumps(found)


def broken_text(text, dice):
    """Letters taken away, put in, turned around; the end cut off; a key twice."""
    letters = list(text)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(letters))
        step = dice.randrange(5)
        if step == 0:
            del letters[at : at + dice.randint(1, 40)]
        elif step == 1:
            letters.insert(at, dice.choice(['"', "{", "}", "\\ud800", "\0", "~", ".", ',"id":"x"', "\u202e", "e"]))
        elif step == 2:
            letters[at : at + 2] = letters[at : at + 2][::-1]
        elif step == 3:
            letters = letters[:at]
        else:
            letters[at] = chr(dice.randrange(33, 127))
        letters = letters or ["x"]
    return "".join(letters)


def broken_bytes(raw, dice):
    found = bytearray(raw)
    for _ in range(dice.randint(1, 30)):
        found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found[: dice.randrange(len(found))] if dice.random() < 0.2 else found)


def same(broken, whole):
    """Whether nothing was changed that a signature covers: JSON without the order of lists, or the file that is attached."""
    if isinstance(whole, bytes):
        try:
            return attached_credential(broken) == attached_credential(whole)
        except NothingIsAttached:
            return False
    try:
        return settled(json.loads(broken)) == settled(json.loads(whole))
    except (ValueError, RecursionError):
        return broken.strip() == whole


def settled(value):
    if isinstance(value, dict):
        return {key: settled(inner) for key, inner in value.items()}
    return sorted((settled(each) for each in value), key=repr) if isinstance(value, list) else value


def broken(kind, whole, dice):
    if isinstance(whole, bytes):
        return broken_bytes(whole, dice)
    return broken_document(whole, dice) if kind == "document" else broken_text(whole, dice)


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_at_every_door_and_never_that_it_is_genuine(client, genuine, kind, tmp_path, capsys):
    whole, dice = genuine[kind], Random(f"broken {kind}")
    asked = 0
    while asked < EACH:
        raw = broken(kind, whole, dice)
        if same(raw, whole):
            continue
        asked += 1
        content = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
        assert asked_about(raw) is not Word.VALID, raw
        if kind == "report" and reported(raw) is not None:
            assert b"/EmbeddedFile" in content  # bytes of the page were hit, and the attachment is whole
            continue
        if asked % 3 == 0:
            doors(client, content, is_report=kind == "report", file=tmp_path / "broken.json")
    capsys.readouterr()


def asked_about(raw):
    try:
        return queries.verify(raw=raw, at=clock.now(), by=VISITOR).word
    except (NotOurAddress, NotFound):
        return None


def reported(raw):
    try:
        return queries.report_of(raw=raw, by=VISITOR).word
    except (NotAReport, ReportRefused):
        return None


def doors(client, content, *, is_report, file):
    """Page, API, the routes for other people's software, and the command."""
    encoded = base64.b64encode(content).decode()
    page = client.post("/verify/", {"file": SimpleUploadedFile("broken", content)})
    # what asks again (422) holds every sentence, for a page that answers without a network
    assert page.status_code == 422 or (page.status_code == 200 and b"Genuine and in force" not in page.content)
    answer = client.post("/api/v1/verifications", {"content": encoded or "eA=="}, content_type="application/json")
    assert answer.status_code in (200, 404, 409, 422), answer.content
    assert answer.status_code != 200 or answer.json()["verdict"] != "valid"
    for path, name in (
        ("/credentials/verify", "verifiableCredential"),
        ("/presentations/verify", "verifiablePresentation"),
    ):
        text = content.decode("utf-8", "replace")
        for body in (b'{"%s": %s}' % (name.encode(), content), json.dumps({name: text}), content):
            said = client.post(path, body, content_type="application/json")
            assert said.status_code == 400 and said.json()["verified"] is False, said.content
    file.write_bytes(content)
    assert is_report or main(["verify", str(file), "--json"]) != 0


def test_too_many_questions_are_slowed_down(genuine, monkeypatch):
    monkeypatch.setattr("corridor.rooms.credentials.asking.VERIFIED.__class__.require_left", lambda *_given: too_many())
    asker = Client(REMOTE_ADDR="192.0.2.79")
    assert asker.post("/verify/", {"text": "x"}).status_code == 429
    assert asker.post("/verify/report/", {"text": "x"}).status_code == 429
    assert asker.post("/api/v1/verifications", {"text": "x"}, content_type="application/json").status_code == 429
    assert asker.post("/credentials/verify", {}, content_type="application/json").status_code == 429


def too_many():
    raise TooManyAttempts("Too many attempts. Wait %(minutes)s minutes, then try again.", minutes=5)
