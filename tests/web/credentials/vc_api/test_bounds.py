"""What is too much is refused at once, by every route, and never with an exception."""

import time

import pytest

from .outsiders import V2, Outsider, credential

TO = "https://guild.example/#to"
LOOK_ALIKES = [
    {"id": f"_:n{one}", "type": ["https://guild.example/#Node"], TO: [{"id": f"_:n{n}"} for n in range(12) if n != one]}
    for one in range(12)
]


def nested(deep):
    found = {"id": "did:example:one"}
    for _ in range(deep):
        found = {"https://guild.example/#in": found}
    return found


TOO_MUCH = {
    "look-alikes": {"evidence": LOOK_ALIKES},
    "nested": {"credentialSubject": nested(60)},
    "many nodes": {"credentialSubject": {"https://guild.example/#has": [{"https://guild.example/#n": f"{n}"} for n in range(12_000)]}},
    "many values": {"credentialSubject": {"https://guild.example/#has": ["x"] * 30_000}},
    "many proofs": {"proof": [{"type": "DataIntegrityProof"}] * 1_000},
    "many vocabularies": {"@context": [V2] * 40},
    "many words": {"@context": [V2, {f"w{n}": f"https://guild.example/#{n}" for n in range(400)}]},
    "half of a character": {"name": "\ud800"},
}  # fmt: skip


@pytest.mark.parametrize("parts", TOO_MUCH.values(), ids=TOO_MUCH)
def test_it_is_refused_soon(doors, parts):
    document = credential(**parts)
    proof = Outsider().signed(credential())["proof"]
    assert doors.issue({})[0] == 400  # the house is awake
    begun = time.process_time()
    assert doors.issue(document)[0] == 400
    doors.refuses({"proof": proof, **document})
    presentation = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [document],
        "proof": proof,
    }
    doors.turns_away(presentation)
    assert time.process_time() - begun < 5


def test_many_credentials_in_one_presentation_and_a_large_body_are_refused(doors):
    holder = Outsider()
    one = {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,ey.ey.ey"}
    said = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "holder": holder.did,
        "verifiableCredential": [one] * 101,
    }
    assert "more than" in doors.turns_away(said)
    assert doors.post("/credentials/verify", b'{"a": "' + b"x" * 1_100_000 + b'"}')[0] == 400
    answer = doors.client.post("/credentials/verify", b"x" * 3_000_000, content_type="application/json")
    assert answer.status_code == 413
