"""Proofs by the W3C's rules: of credentials, in sets and chains, and of whoever presents them."""

from datetime import timedelta

import pytest

from corridor.foundations import clock
from corridor.rooms.credentials.proofs.data_integrity import sign, timestamp
from corridor.rooms.credentials.proofs.multikey import base58, from_base58
from corridor.rooms.credentials.proofs.refusals import CannotRead

from .outsiders import V2, Outsider, changed, credential, older

PRESENTATION = {"@context": [V2], "type": ["VerifiablePresentation"]}


def soon(**more):
    return timestamp(clock.real_now() + timedelta(**more))


def test_a_key_of_another_kind_is_called_so(doors, guild):
    k256 = "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme"  # secp256k1
    other = changed(guild.signed(credential(issuer=guild.did)), "proof.verificationMethod", f"did:key:{k256}#{k256}")
    assert "not a key of Ed25519, P-256, P-384" in doors.refuses(other)


def test_what_somebody_else_signed_holds(doors, guild):
    doors.holds(guild.signed(credential(issuer=guild.did)))
    words = older(issuer=guild.did)
    words["@context"].insert(1, "https://w3id.org/security/data-integrity/v2")
    doors.holds(guild.signed(words))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("proof", ...), ("proof", None), ("proof", []), ("proof", "signed"), ("proof.type", ...), ("proof.type", "UnknownProof"),
        ("proof.cryptosuite", "unknown-2017"), ("proof.cryptosuite", ...), ("proof.cryptosuite", "eddsa-jcs-2022"),
        ("proof.verificationMethod", ...), ("proof.verificationMethod", "did:key:nobody"), ("proof.verificationMethod", 4),
        ("proof.proofPurpose", ...), ("proof.proofPurpose", "invalidPurpose"), ("proof.proofPurpose", "authentication"),
        ("proof.proofValue", ...), ("proof.proofValue", None), ("proof.proofValue", "z"), ("proof.proofValue", "uAAAA"),
        ("proof.created", "yesterday"), ("proof.created", 4), ("proof.id", "not-an-address"), ("credentialSubject.name", "Noy"),
        ("credentialSubject.undefined", "if dropped it holds"), ("type", ["VerifiableCredential", "Undefined"]),
        ("issuer", "did:example:somebody-else"), ("proof.@context", "https://guild.example/words"),
    ],
    ids=lambda value: str(value)[:40].replace("[", "(").replace("]", ")"),
)  # fmt: skip
def test_a_proof_with_another_part_does_not_hold(doors, guild, path, value):
    doors.refuses(changed(guild.signed(credential(issuer=guild.did)), path, value))


def test_the_value_of_a_proof_has_its_length_and_its_prefix(doors, guild):
    signed = guild.signed(credential(issuer=guild.did))
    raw = from_base58(signed["proof"]["proofValue"][1:])
    for value in ("z" + base58(raw + bytes(32)), "z" + base58(raw[:-1]), signed["proof"]["proofValue"][1:]):
        doors.refuses(changed(signed, "proof.proofValue", value))


@pytest.mark.parametrize(
    "proof",
    [
        {"type": "UnknownProof"}, {"cryptosuite": "unknown-2017"}, {"verificationMethod": None}, {"proofPurpose": None},
        {"proofPurpose": "authentication"}, {"created": "not-a-date"}, {"id": "proof-1"}, {"expires": "2020-01-01T00:00:00"},
        {"expires": "2020-01-01T00:00:00Z"}, {"expires": "never"}, {"previousProof": "urn:uuid:nowhere"}, {"previousProof": 456321},
    ],
    ids=lambda proof: "-".join(map(str, (*proof, *proof.values()))).replace(":", "."),
)  # fmt: skip
def test_a_proof_that_was_signed_with_such_a_part_does_not_hold(doors, guild, proof):
    """Its value is the key's own: what is wrong is said in it."""
    try:
        signed = guild.signed(credential(issuer=guild.did), **proof)
    except CannotRead:  # no vocabulary has a word for it: then it cannot even be signed
        signed = {**guild.signed(credential(issuer=guild.did))}
        signed["proof"] = {**signed["proof"], **proof}
    doors.refuses(signed)


def test_a_moment_without_a_zone_is_one_in_utc(doors, guild):
    doors.holds(guild.signed(credential(issuer=guild.did), created="2023-06-30T09:00:00"))
    doors.holds(guild.signed(credential(issuer=guild.did), expires=soon(days=1).removesuffix("Z")))
    doors.holds(guild.signed(credential(issuer=guild.did), created=None))


def test_the_other_form_signs_the_text_as_it_stands(doors, guild):
    document = credential(**{"@context": [V2, {"@context": {"Kind": "https://guild.example/#Kind"}}]}, issuer=guild.did)
    signed = sign(document, key=guild.key, created=clock.real_now(), cryptosuite="eddsa-jcs-2022")
    doors.holds(signed)
    doors.refuses({**signed, "@context": [V2, {"Kind": "https://guild.example/#Kind"}]})


@pytest.mark.parametrize(
    ("suite", "prefix"),
    [("eddsa-rdfc-2022", "z6Mk"), ("eddsa-jcs-2022", "z6Mk"), ("ecdsa-rdfc-2019", "zDn"), ("ecdsa-jcs-2019", "zDn")],
)
def test_these_doors_sign_by_the_suite_that_is_asked_for(doors, suite, prefix):
    issued = doors.issued(credential(), cryptosuite=suite)
    assert issued["proof"]["cryptosuite"] == suite and issued["issuer"].startswith(f"did:key:{prefix}")
    doors.holds(issued)
    doors.refuses({**issued, "name": "Another"})
    assert doors.issue(credential(badge="x"), cryptosuite=suite)[0] == 400


def test_a_suite_that_is_none_or_in_a_token_is_refused_by_name(doors):
    for options in ({"cryptosuite": "bbs-2023"}, {"cryptosuite": 4}, {"mediaType": ["application/vc"]}):
        status, said_no = doors.issue(credential(), **options)
        assert status == 400 and f"options.{next(iter(options))}" in said_no["errors"][0]
    status, said_no = doors.issue(credential(), mediaType="application/vc+jwt", cryptosuite="eddsa-jcs-2022")
    assert status == 400 and "leave" in said_no["errors"][0]


def test_the_purpose_that_is_expected_is_the_one_that_counts(doors, guild):
    signed = guild.signed(credential(issuer=guild.did))
    doors.holds(signed, expectedProofPurpose="assertionMethod")
    doors.refuses(signed, expectedProofPurpose="authentication")
    doors.refuses(signed, expectedProofPurpose="fun")


def test_one_of_a_set_must_be_the_issuers_and_all_must_hold(doors, guild):
    witness = Outsider()
    document = credential(issuer=guild.did)
    own, other = guild.signed(document)["proof"], witness.signed(document)["proof"]
    doors.holds({**document, "proof": [other, own]})
    assert "issuer's own" in doors.refuses({**document, "proof": [other]})
    assert "issuer's own" in doors.refuses({**document, "proof": [other, other]})
    broken = {**other, "proofValue": own["proofValue"]}
    doors.refuses({**document, "proof": [own, broken]})
    doors.refuses({**document, "proof": [own] * 17})


@pytest.mark.parametrize("as_list", [True, False], ids=["list", "text"])
def test_a_chain_stands_on_the_proofs_before(doors, guild, as_list):
    first_signer, name = Outsider(), "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"
    document = credential(issuer=guild.did)
    first = first_signer.signed(document, id=name)["proof"]
    second = guild.signed(document, over=[first], previousProof=[name] if as_list else name)["proof"]
    doors.holds({**document, "proof": [first, second]})
    doors.refuses({**document, "proof": [second]})
    doors.refuses({**document, "proof": [{**first, "id": "urn:uuid:other"}, second]})
    again = first_signer.signed(document, id=name, created=soon(seconds=9))["proof"]
    doors.refuses({**document, "proof": [again, second]})
    without = guild.signed(document, previousProof=name)["proof"]
    doors.refuses({**document, "proof": [first, without]})


def test_a_second_signer_joins_what_these_doors_are_sent(doors, guild):
    signed = guild.signed(credential(issuer=guild.did))
    issued = doors.issued({**signed, "issuer": guild.did})
    assert issued["proof"][0]["verificationMethod"] == guild.key.verification_method


def presented(holder, *credentials, **proof):
    said = {**PRESENTATION, "holder": holder.did}
    if credentials:
        said["verifiableCredential"] = list(credentials)
    return holder.signed(
        said, **{"proofPurpose": "authentication", "challenge": "c-17", "domain": "guild.example", **proof}
    )


def test_a_presentation_holds_with_all_that_is_in_it(doors, guild):
    holder = Outsider()
    doors.takes(presented(holder))
    doors.takes(holder.signed({**PRESENTATION, "verifiableCredential": []}, proofPurpose="authentication"))
    inside = [guild.signed(credential(issuer=guild.did, id=f"urn:uuid:{n}")) for n in range(3)]
    doors.takes(presented(holder, *inside))
    doors.takes(presented(holder, *inside), challenge="c-17", domain="guild.example")
    doors.takes(presented(holder, *inside, proofPurpose="assertionMethod"))
    bare = {name: value for name, value in presented(holder).items() if name != "holder"}
    unnamed = holder.signed({**{n: v for n, v in bare.items() if n != "proof"}, "verifiableCredential": inside[0]})
    doors.takes(unnamed)


@pytest.mark.parametrize(
    "options", [{"challenge": "c-18"}, {"domain": "other.example"}, {"challenge": 4}, {"checks": "proof"}],
    ids=["challenge", "domain", "number", "checks"],
)  # fmt: skip
def test_made_for_somebody_else_it_does_not_hold(doors, options):
    doors.turns_away(presented(Outsider()), **options)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("@context", ...), ("@context", []), ("@context", ["https://www.w3.org/ns/credentials/examples/v2"]), ("@context", V2),
        ("type", ...), ("type", ["https://guild.example/#Kind"]), ("id", "not-an-address"), ("holder", "nobody"),
        ("holder", {"id": "z6Mk"}), ("holder", {}), ("holder", "did:example:acme"), ("verifiableCredential", "urn:uuid:1"),
        ("verifiableCredential", ["urn:uuid:1"]), ("verifiableCredential", [4]), ("verifiableCredential", [[]]), ("proof", ...),
        ("proof.proofValue", "z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh"), ("proof.challenge", "c-18"), ("termsOfUse", {"id": "urn:uuid:1"}),
    ],
    ids=lambda value: str(value)[:40].replace("[", "(").replace("]", ")"),
)  # fmt: skip
def test_a_presentation_with_another_part_does_not_hold(doors, guild, path, value):
    inside = guild.signed(credential(issuer=guild.did))
    doors.turns_away(changed(presented(Outsider(), inside), path, value))


@pytest.mark.parametrize(
    ("path", "value"), [("credentialSubject.name", "Noy"), ("proof.proofValue", "z2")], ids=["name", "proof"]
)  # fmt: skip
def test_nor_does_one_with_such_a_credential_in_it(doors, guild, path, value):
    """The holder signed it as it is: it is the credential that does not hold."""
    inside = changed(guild.signed(credential(issuer=guild.did)), path, value)
    doors.turns_away(presented(Outsider(), inside))


def test_a_vocabulary_that_is_none_is_refused_in_a_presentation_too(doors, guild):
    inside = guild.signed(credential(issuer=guild.did))
    signed = presented(Outsider(), inside)
    for other in ("https ://not-an-address/v1", 123192875, "https://guild.example/words"):
        doors.turns_away({**signed, "@context": [V2, other]})


def test_what_a_holder_says_of_themselves_needs_their_name(doors):
    holder, other = Outsider(), Outsider()
    own = credential(issuer=holder.did)
    doors.takes(presented(holder, own))
    doors.turns_away(holder.signed({**PRESENTATION, "verifiableCredential": [own]}))
    doors.turns_away(presented(holder, credential(issuer="did:example:acme")))
    doors.turns_away(
        holder.signed({**PRESENTATION, "holder": other.did, "verifiableCredential": [credential(issuer=other.did)]})
    )


def test_nothing_but_a_document_is_taken(doors):
    for document in ({"type": ["NonconformingDocument"]}, {}, [], None, 4, "text", "ey.ey.ey"):
        doors.refuses(document)
        doors.turns_away(document)
