"""What others published as signed is what we sign, and what we accept."""

import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corridor.rooms.credentials.proofs import data_integrity as di
from corridor.rooms.credentials.proofs.multikey import base58, public_multikey, read_public, read_secret
from corridor.rooms.credentials.proofs.refusals import BadKey, DataLoss, ForeignProof, ProofRefused, UnknownContext

from .vectors import more_contexts, vectors


def load(path):
    return json.loads(path.read_text())


def public_of(proof):
    return read_public(proof["verificationMethod"].partition("#")[2])


def without_proof(document):
    return {key: value for key, value in document.items() if key != "proof"}


def test_the_w3c_vector_of_eddsa_rdfc_2022_step_by_step():
    folder, contexts = vectors("vc-di-eddsa"), more_contexts()
    unsigned, signed = load(folder / "unsigned.json"), load(folder / "eddsa-rdfc-2022" / "signedDataInt.json")
    step = folder / "eddsa-rdfc-2022"
    assert di.canonical(unsigned, contexts=contexts).decode() == (step / "canonDocDataInt.txt").read_text()
    assert di.document_hash(unsigned, contexts=contexts).hex() == (step / "docHashDataInt.txt").read_text().strip()
    config = load(step / "proofConfigDataInt.json")
    assert di.canonical(config, contexts=contexts).decode() == (step / "proofCanonDataInt.txt").read_text()
    options = {key: value for key, value in config.items() if key != "@context"}
    proof_hash = di.options_hash(unsigned, options, contexts=contexts)
    assert proof_hash.hex() == (step / "proofHashDataInt.txt").read_text().strip()
    combined = proof_hash + di.document_hash(unsigned, contexts=contexts)
    assert combined.hex() == (step / "combinedHashDataInt.txt").read_text().strip()
    secret = read_secret(load(folder / "keyPair.json")["privateKeyMultibase"])
    assert public_multikey(secret) == load(folder / "keyPair.json")["publicKeyMultibase"]
    assert secret.sign(combined).hex() == (step / "sigHexDataInt.txt").read_text().strip()
    assert "z" + base58(secret.sign(combined)) == (step / "sigBTC58DataInt.txt").read_text().strip()
    di.check(signed, signed["proof"], public=public_of(signed["proof"]), contexts=contexts)


def test_the_w3c_vector_of_eddsa_jcs_2022():
    folder = vectors("vc-di-eddsa") / "eddsa-jcs-2022"
    signed = load(folder / "signedJCS.json")
    unsigned = without_proof(signed)
    assert di.canonical(unsigned, cryptosuite=di.JCS).decode() == (folder / "canonDocJCS.txt").read_text()
    assert di.document_hash(unsigned, cryptosuite=di.JCS).hex() == (folder / "docHashJCS.txt").read_text().strip()
    config = load(folder / "proofConfigJCS.json")
    assert di.options_hash(unsigned, config).hex() == (folder / "proofHashJCS.txt").read_text().strip()
    di.check(signed, signed["proof"], public=public_of(signed["proof"]))


@pytest.mark.parametrize("name", ["signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"])
def test_every_signer_of_the_w3c_sets_and_chains_is_named(name):
    folder, contexts = vectors("vc-di-eddsa") / "proof-set-chain", more_contexts()
    signed = load(folder / f"{name}.json")
    for proof in di.proofs_of(signed):
        di.check(signed, proof, public=public_of(proof), contexts=contexts)


def test_a_chain_breaks_when_an_earlier_proof_is_changed_or_taken_away():
    folder, contexts = vectors("vc-di-eddsa") / "proof-set-chain", more_contexts()
    signed = load(folder / "signedProofChain2.json")
    last = signed["proof"][-1]
    signed["proof"][2]["created"] = "2023-02-26T22:06:39Z"
    with pytest.raises(ProofRefused):
        di.check(signed, last, public=public_of(last), contexts=contexts)
    del signed["proof"][2]
    with pytest.raises(ProofRefused):
        di.check(signed, last, public=public_of(last), contexts=contexts)


def test_the_signing_example_of_the_open_badges_guide_byte_for_byte():
    folder = vectors("ob3-spec-vector")
    unsigned, expected = load(folder / "unsigned.json"), load(folder / "expected.json")
    options = {key: value for key, value in expected["proof"].items() if key != "proofValue"}
    # the bundled (older) edition of the vocabulary and the newest one give the same bytes
    for contexts in (None, more_contexts()):
        assert di.canonical(unsigned, contexts=contexts).decode() == (folder / "document-canon.txt").read_text()
        assert di.document_hash(unsigned, contexts=contexts).hex() == expected["documentHash"]
        assert di.options_hash(unsigned, options, contexts=contexts).hex() == expected["proofHash"]
    config = {"@context": unsigned["@context"], **options}
    assert di.canonical(config).decode() == (folder / "proof-canon.txt").read_text()
    secret = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(expected["privateSeedHex"]))
    signed = secret.sign(bytes.fromhex(expected["proofHash"] + expected["documentHash"]))
    assert "z" + base58(signed) == expected["proof"]["proofValue"]
    assert public_multikey(secret) == expected["publicKeyMultibase"]


def test_canonical_json_as_rfc_8785_writes_it():
    folder = vectors("jcs")
    for source in sorted((folder / "input").glob("*.json")):
        found = di.canonical(json.loads(source.read_text(encoding="utf-8")), cryptosuite=di.JCS)
        assert found == (folder / "output" / source.name).read_bytes(), source.name
        hexes = (folder / "outhex" / f"{source.stem}.txt").read_text()
        assert hashlib.sha256(found).digest() == hashlib.sha256(bytes.fromhex(hexes)).digest(), source.name


def test_a_term_that_no_vocabulary_defines_is_never_signed():
    document = load(vectors("ob3-spec-vector") / "unsigned.json")
    with pytest.raises(DataLoss, match="No vocabulary defines"):
        di.document_hash(document | {"favouriteColour": "blue"})
    with pytest.raises(UnknownContext):
        di.document_hash(document | {"@context": [*document["@context"], "https://elsewhere.example/words"]})


@pytest.mark.parametrize("nothing", [[], None, [None, None]], ids=["no values", "null", "nulls"])
@pytest.mark.parametrize("beside", [{}, {"@type": "VerifiableCredential"}], ids=["fast path", "general path"])
def test_nor_is_one_of_which_nothing_is_said(nothing, beside):
    """It makes no statement, so it could be put in or taken out under the same signature; others refuse it."""
    document = load(vectors("ob3-spec-vector") / "unsigned.json") | beside
    di.document_hash(document | {"description": nothing})
    with pytest.raises(DataLoss, match="No vocabulary defines"):
        di.document_hash(document | {"favouriteColour": nothing})
    with pytest.raises(DataLoss, match="No vocabulary defines"):
        di.document_hash(document | {"credentialSubject": document["credentialSubject"] | {"favouriteColour": nothing}})


def test_another_kind_of_proof_is_not_called_a_forgery():
    with pytest.raises(ForeignProof, match="bbs-2023"):
        di.suite_of({"type": "DataIntegrityProof", "cryptosuite": "bbs-2023", "proofPurpose": "assertionMethod"})


@pytest.mark.parametrize(
    "text", ["", "z", "z6Mk", "z0OIl", "u" + "A" * 40, None, 7, "z" + "1" * 500, "zDna" + "1" * 40]
)
def test_what_is_not_a_multikey_of_ours_is_refused(text):
    with pytest.raises(BadKey):
        read_public(text)
