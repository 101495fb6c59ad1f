"""A second suite beside the first: P-256 keys, by the published vector and by what we sign."""

import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from corridor.rooms.credentials.proofs import composing
from corridor.rooms.credentials.proofs import data_integrity as di
from corridor.rooms.credentials.proofs.multikey import base58, public_multikey, read_public
from corridor.rooms.credentials.proofs.refusals import ProofRefused
from corridor.rooms.credentials.proofs.shape import check_shape
from corridor.rooms.credentials.proofs.suites import ECDSA_JCS, ECDSA_RDFC, JCS, RDFC

from .cast import ISSUED, Issuer, facts
from .vectors import more_contexts, vectors

# W3C Data Integrity ECDSA Cryptosuites, TestVectors/ecdsa-rdfc-2019-p256: the document is that of the EdDSA vectors.
KEY = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"
SIGNATURE = "1cb4290918ffb04a55ff7ae1e55e316a9990fda8eec67325eac7fcbf2ddf9dd2b06716a657e72b284c9604df3a172ecbf06a1a475b49ac807b1d9162df855636"
PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "ecdsa-rdfc-2019",
    "created": "2023-02-24T23:36:38Z",
    "verificationMethod": f"did:key:{KEY}#{KEY}",
    "proofPurpose": "assertionMethod",
    "proofValue": "z" + base58(bytes.fromhex(SIGNATURE)),
}
COMBINED = "3a8a522f689025727fb9d1f0fa99a618da023e8494ac74f51015d009d35abc2e517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
# The same, TestVectors/ecdsa-rdfc-2019-p384 and ecdsa-jcs-2019-p384.
KEY_384 = "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ"
COMBINED_384 = (
    "e32805a26492eac777aa7a138f6d8da3c74e0c7be7b296dcaccf97420c3b92eaad7be6449ca565e165031567f5c7cbc1"
    "8bf6e01df72c5b62f91b685231915ac4b8c58ea95f002c6b8f6bfafa1b251df476b56b8e01518e317dab099d3ecbff96"
)
PROOFS_384 = [
    {
        **PROOF,
        "verificationMethod": f"did:key:{KEY_384}#{KEY_384}",
        "proofValue": "z967Mvv5bxtmLNqTzPZ8KmJjFmFXaAKeQNzq7GWnQkMcLtaGSSmuozE5WtJ8PipMe1"
        "78B1tE28K1vsJur9bGVJhz6jgSJsRHFSQeqgH8hhjcg8gZDFJC1b9FsR5ggNmDBqHv",
    },
    {
        **PROOF,
        "cryptosuite": "ecdsa-jcs-2019",
        "verificationMethod": f"did:key:{KEY_384}#{KEY_384}",
        "proofValue": "zR3krc7pt9Dpn1PY2u8HWPePggtzAG2SuH2ZGNrzw8Ku3QrFLWgDTjS5mCWy65Shix"
        "JEtpMwfviAFfh5xTgd5FGN1sSbpPJ5djqSZQLqQkY8KLBPNswuqKtq3bS8f9vEHm8w",
    },
]
CHONGQING = Issuer("chongqing", "Chongqing Motor College")


@pytest.fixture
def p256():
    return di.SigningKey(f"{CHONGQING.did}#key-p256", ec.generate_private_key(ec.SECP256R1()))


def test_the_w3c_vector_of_ecdsa_rdfc_2019():
    contexts = more_contexts()
    unsigned = json.loads((vectors("vc-di-eddsa") / "unsigned.json").read_text())
    options = {key: value for key, value in PROOF.items() if key != "proofValue"}
    combined = di.options_hash(unsigned, options, contexts=contexts) + di.document_hash(unsigned, contexts=contexts)
    assert combined.hex() == COMBINED
    public = read_public(KEY)
    assert public_multikey(public) == KEY
    di.check({**unsigned, "proof": PROOF}, PROOF, public=public, contexts=contexts)
    with pytest.raises(ProofRefused):
        di.check({**unsigned, "name": "Other"}, PROOF, public=public, contexts=contexts)


@pytest.mark.parametrize("proof", PROOFS_384, ids=lambda proof: proof["cryptosuite"])
def test_the_w3c_vectors_of_p384(proof):
    contexts = more_contexts()
    given = {"contexts": contexts, "hashed": "sha384"}
    unsigned = json.loads((vectors("vc-di-eddsa") / "unsigned.json").read_text())
    public = read_public(KEY_384)
    assert public_multikey(public) == KEY_384
    options = {key: value for key, value in PROOFS_384[0].items() if key != "proofValue"}
    parts = (di.options_hash(unsigned, options, **given), di.document_hash(unsigned, **given))
    assert b"".join(parts).hex() == COMBINED_384
    di.check({**unsigned, "proof": proof}, proof, public=public, contexts=contexts)
    with pytest.raises(ProofRefused):
        di.check({**unsigned, "name": "Other"}, proof, public=public, contexts=contexts)


@pytest.mark.parametrize(("form", "suite"), [(RDFC, ECDSA_RDFC), (JCS, ECDSA_JCS)])
def test_a_key_signs_by_the_suite_of_its_kind(p256, form, suite):
    document = composing.compose_credential(facts(CHONGQING))
    signed = di.sign(document, key=p256, created=ISSUED, cryptosuite=form)
    (proof,) = signed["proof"]
    assert proof["cryptosuite"] == suite
    di.check(signed, proof, public=p256.private.public_key())


def test_two_signers_with_two_kinds_of_keys_make_one_joint_credential(p256):
    joint = di.sign(composing.issue(facts(CHONGQING), key=CHONGQING.key, created=ISSUED), key=p256, created=ISSUED)
    check_shape(joint)
    for proof, public in zip(joint["proof"], (CHONGQING.keys[0].public, p256.private.public_key()), strict=True):
        di.check(joint, proof, public=public)


def test_a_key_of_another_kind_than_the_proof_says_is_refused(p256):
    joint = di.sign(composing.issue(facts(CHONGQING), key=CHONGQING.key, created=ISSUED), key=p256, created=ISSUED)
    for proof, public in zip(joint["proof"], (p256.private.public_key(), CHONGQING.keys[0].public), strict=True):
        with pytest.raises(ProofRefused, match="another kind"):
            di.check(joint, proof, public=public)


@pytest.mark.parametrize("value", ["z" + "1" * 64, "z1", "z" + "5" * 88, "zz"])
def test_a_signature_of_another_length_is_refused_and_no_exception(p256, value):
    signed = di.sign(composing.compose_credential(facts(CHONGQING)), key=p256, created=ISSUED)
    proof = {**signed["proof"][0], "proofValue": value}
    with pytest.raises(ProofRefused):
        di.check({**signed, "proof": [proof]}, proof, public=p256.private.public_key())


def test_the_hash_is_that_of_the_canonical_form():
    document = composing.compose_credential(facts(CHONGQING))
    assert di.read_hash(document) == (hashlib.sha256(di.canonical(document)).digest(), frozenset())
