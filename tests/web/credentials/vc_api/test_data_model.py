"""What a credential must look like to be signed, and to be taken: Data Model 2.0, sections 4 and 5, and the older one."""

import base64
import hashlib

import pytest

from .outsiders import DATA_INTEGRITY, EXAMPLES, V1, V2, credential, older

KINDS = {"GuildCredential": "https://guild.example/#GuildCredential"}
TYPED = ["credentialStatus", "termsOfUse", "evidence", "refreshService", "credentialSchema"]
OTHER = "https://guild.example/#Other"
RIGHT = "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"
WRONG = "sha384-" + base64.b64encode(hashlib.sha384(b"another text").digest()).decode()


def said(text, **more):
    return {"@value": text, "@language": "en", **more}


GOOD = {
    "as it is": credential(),
    "a second vocabulary": credential(**{"@context": [V2, EXAMPLES], "type": ["VerifiableCredential", "Trial"]}),
    "a table of words": credential(**{"@context": [V2, KINDS], "type": ["VerifiableCredential", "GuildCredential"]}),
    "a table in a table": credential(
        **{"@context": [V2, {"@context": KINDS}], "type": ["VerifiableCredential", "GuildCredential"]}
    ),
    "a type as an address": credential(type=["VerifiableCredential", "https://guild.example/#Kind"]),
    "types in another order": credential(type=["https://guild.example/#Kind", "VerifiableCredential"]),
    "no id": credential(id=None),
    "an id as a DID": credential(id="did:example:one"),
    "an issuer as an object": credential(issuer={"id": "did:example:guild"}),
    "an issuer with a name": credential(issuer={"id": "did:example:guild", "name": "Guild", "description": said("x")}),
    "a name in three languages": credential(
        name=[said("Dog"), said("Chien", **{"@language": "fr"}), said("Cane", **{"@language": "it"})]
    ),
    "a name with a direction": credential(name=said("Dog", **{"@direction": "ltr"})),
    "a description": credential(description="What it is"),
    "two subjects": credential(credentialSubject=[{"id": "did:example:one"}, {"id": "did:example:two"}]),
    "no date": credential(validFrom=None),
    "milliseconds": credential(validFrom="2023-06-30T09:00:00.123Z", validUntil="2099-06-30T09:00:00.123456789Z"),
    "a zone": credential(validFrom="2023-06-30T09:00:00-07:00"),
    "midnight as 24": credential(validFrom="2023-06-30T24:00:00Z"),
    "far in the future": credential(validFrom="2999-01-01T00:00:00Z"),
    "further than a clock": credential(validUntil="19999-01-01T00:00:00Z"),
    "one instant": credential(validFrom="2023-06-30T09:00:00Z", validUntil="2023-06-30T09:00:00Z"),
    "the right digest": credential(relatedResource={"id": V2, "digestSRI": RIGHT, "mediaType": "application/ld+json"}),
    "the right digest, otherwise": credential(
        relatedResource=[{"id": V2, "digestMultibase": "uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"}]
    ),
    "of something unknown": credential(relatedResource={"id": "https://guild.example/seal", "digestSRI": WRONG}),
    "a schema": credential(credentialSchema={"id": "https://guild.example/schema", "type": "JsonSchema"}),
    **{f"{name}, typed": credential(**{name: {"id": "https://guild.example/1", "type": OTHER}}) for name in TYPED},
    **{f"{name}, two": credential(**{name: [{"id": f"https://guild.example/{n}", "type": OTHER} for n in "12"]}) for name in TYPED},
    "a status without an id": credential(credentialStatus={"type": OTHER}),
    "the older model": older(),
    "the older model, ended": older(expirationDate="2024-06-30T09:00:00Z"),
    "the older model, no date": older(issuanceDate=None),
}  # fmt: skip
BAD = {
    "no vocabulary": credential(**{"@context": None}),
    "an empty list of vocabularies": credential(**{"@context": []}),
    "a vocabulary as a number": credential(**{"@context": [V2, 123192875]}),
    "only a number": credential(**{"@context": 4}),
    "another first": credential(**{"@context": [EXAMPLES, V2]}),
    "without the first": credential(**{"@context": [EXAMPLES]}),
    "an address that is none": credential(**{"@context": [V2, "https ://guild.example/words"]}),
    "one that is not kept here": credential(**{"@context": [V2, "https://guild.example/words"]}),
    "no type": credential(type=None),
    "an empty list of types": credential(type=[]),
    "a type as a number": credential(type=["VerifiableCredential", 4]),
    "another type": credential(type=["https://guild.example/#Kind"]),
    "a type that means no address": credential(
        **{"@context": [V2, {"Kind": "https ://guild.example#Kind"}], "type": ["VerifiableCredential", "Kind"]}
    ),
    "a type that nothing defines": credential(type=["VerifiableCredential", "Kind"]),
    "a type for which words are forgotten": credential(
        **{"@context": [V2, {"@vocab": None}], "type": ["VerifiableCredential", "Kind"]}
    ),
    "a word that nothing defines": credential(badge="x"),
    "such a word inside": credential(credentialSubject={"id": "did:example:one", "badge": "x"}),
    "another meaning for a protected word": credential(
        **{"@context": [V2, {"VerifiableCredential": "https://guild.example/#Mine"}]}
    ),
    "another meaning for one that the document protects": credential(
        **{
            "@context": [V2, {"@protected": True, **KINDS}, {"GuildCredential": "https://guild.example/#Bad"}],
            "type": ["VerifiableCredential", "GuildCredential"],
        }
    ),
    "an id as null": {**credential(), "id": None},
    "two ids": credential(id=["did:example:one", "did:example:two"]),
    "an id without an address": credential(id="not-an-address"),
    "an id with a space": credential(id="https ://guild.example/1"),
    "a subject with two ids": credential(credentialSubject={"id": ["did:example:one", "did:example:two"]}),
    "no issuer": credential(issuer=None),
    "an issuer as null": {**credential(), "issuer": None},
    "an issuer without an address": credential(issuer="the guild"),
    "an issuer object with null": credential(issuer={"id": None}),
    "an issuer object without an address": credential(issuer={"id": "guild"}),
    "an issuer in a list": credential(issuer=["did:example:one"]),
    "no subject": credential(credentialSubject=None),
    "a subject of nothing": credential(credentialSubject={}),
    "a list of no subjects": credential(credentialSubject=[]),
    "one subject of nothing": credential(credentialSubject=[{"id": "did:example:one"}, {}]),
    "a subject as a text": credential(credentialSubject="did:example:one"),
    "a name with more": credential(name=said("Dog", url="did:example:one")),
    "a description with more": credential(description=said("Dog", url="did:example:one")),
    "an issuer's name with more": credential(issuer={"id": "did:example:guild", "name": said("x", url="did:example:1")}),
    "a name as a number": credential(name=4),
    "a date in words": credential(validFrom="Sat 25 Feb 2023 07:16:31 PM CST"),
    "a date without a zone": credential(validFrom="2023-06-30T09:00:00"),
    "an end in words": credential(validUntil="next year"),
    "an end before its beginning": credential(validFrom="2024-06-30T09:00:00Z", validUntil="2023-06-30T09:00:00Z"),
    "an older one that ends before": older(expirationDate="2022-06-30T09:00:00Z"),
    "a schema without an id": credential(credentialSchema={"type": OTHER}),
    "a schema whose id is none": credential(credentialSchema={"type": OTHER, "id": "https ://guild.example/1"}),
    **{f"{name} without a type": credential(**{name: {"id": "https://guild.example/1"}}) for name in TYPED},
    "evidence of nothing": credential(evidence={}),
    "evidence as a text": credential(evidence="https://guild.example/1"),
    "a status with two ids": credential(credentialStatus={"type": OTHER, "id": ["did:example:1", "did:example:2"]}),
    "a status whose id is none": credential(credentialStatus={"type": OTHER, "id": "not-an-address"}),
    "a status typed by a number": credential(credentialStatus={"type": 2, "id": "did:example:1"}),
    "a status entry without a number": credential(
        credentialStatus={
            "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": True,
            "statusListCredential": "https://guild.example/list",
        }
    ),
    "a status entry under another name": credential(statusEntry={"type": "BitstringStatusListEntry"}),
    "sizes without messages": credential(
        credentialStatus={
            "type": "BitstringStatusListEntry", "statusPurpose": "message", "statusListIndex": "1", "statusSize": 2,
            "statusListCredential": "https://guild.example/list",
        }
    ),
    "resources as texts": credential(relatedResource=["https://guild.example/1"]),
    "a resource without an id": credential(relatedResource={"digestSRI": RIGHT}),
    "a resource twice": credential(relatedResource=[{"id": V2, "digestSRI": RIGHT}, {"id": V2, "digestSRI": RIGHT}]),
    "a resource without a digest": credential(relatedResource={"id": V2}),
    "the wrong digest": credential(relatedResource={"id": V2, "digestSRI": WRONG}),
    "the wrong digest, otherwise": credential(
        relatedResource={"id": V2, "digestMultibase": "uAAAA7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"}
    ),
    "a digest that cannot be read": credential(relatedResource={"id": "https://guild.example/1", "digestSRI": "md5-abcd"}),
    "a proof that is none": credential(proof="signed"),
    "a proof without a type": credential(proof={"created": "2023-06-30T09:00:00Z"}),
    "a word in a language that is none": credential(name={"@value": "Dog", "@language": "a b"}),
}  # fmt: skip


@pytest.mark.parametrize("document", GOOD.values(), ids=GOOD)
def test_what_is_as_it_must_be_is_signed_and_then_holds(doors, document):
    issued = doors.issued(document)
    assert issued["@context"][0] == document["@context"][0] and isinstance(issued["proof"], dict)
    if issued.get("validFrom", "").startswith("2999") or issued.get("validUntil", "").startswith("2023"):
        return
    if "2024" in issued.get("expirationDate", ""):
        return
    doors.holds(issued)


@pytest.mark.parametrize("document", BAD.values(), ids=BAD)
def test_whatever_is_not_is_refused_by_name(doors, document):
    status, said_no = doors.issue(document)
    assert (status, said_no["verified"]) == (400, False), said_no
    assert said_no["errors"][0]


@pytest.mark.parametrize("document", BAD.values(), ids=BAD)
def test_it_is_not_taken_either_with_somebody_elses_proof(doors, document):
    """The proof of another document: whatever else is wrong, nothing of this is ever called genuine."""
    issued = doors.issued(credential())
    doors.refuses({**document, "proof": issued["proof"]})


def test_the_older_model_is_given_the_words_for_a_proof(doors):
    issued = doors.issued(older())
    assert issued["@context"][:2] == [V1, DATA_INTEGRITY]
    assert "credentialStatus" not in issued and "validFrom" not in issued
    doors.holds(issued)


def test_the_doors_sign_in_their_own_name_and_of_nobody_else(doors):
    issued = doors.issued(credential(issuer={"id": "did:example:guild", "name": "Guild"}))
    did = issued["issuer"]["id"]
    assert did.startswith("did:key:z6Mk") and issued["issuer"]["name"] == "Guild"
    assert issued["proof"]["verificationMethod"] == f"{did}#{did.removeprefix('did:key:')}"
    assert doors.issued(credential())["issuer"] == did


def test_dates_are_kept_to(doors):
    assert "still to come" in doors.refuses(doors.issued(credential(validFrom="2999-01-01T00:00:00Z")))
    ended = doors.issued(credential(validUntil="2023-07-01T00:00:00Z"))
    assert "It ended on" in doors.refuses(ended)
    only_ended = doors.issued(credential(validFrom=None, validUntil="2003-07-01T00:00:00Z"))
    assert "validFrom" not in only_ended and "It ended on" in doors.refuses(only_ended)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'"x"', b"{}", b'{"credential": null}', b'{"credential": [], "options": 4}', b'{"a": 1, "a": 2}'],
    ids=["nothing", "list", "cut", "text", "empty", "null", "options", "twice"],
)  # fmt: skip
def test_a_request_that_is_none_is_refused(doors, body):
    for path in ("/credentials/issue", "/credentials/verify", "/presentations/verify"):
        status, said_no = doors.post(path, body)
        assert status == 400 and said_no["errors"]


def test_switched_off_they_are_not_there(doors, settings):
    settings.VC_API = False
    for path in ("/credentials/issue", "/credentials/verify", "/presentations/verify"):
        assert doors.post(path, {})[0] == 404
    assert doors.client.get("/credentials/status/1").status_code == 404
