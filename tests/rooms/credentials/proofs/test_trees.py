"""Trees of hashes against the known values of RFC 6962, and proofs that lead nowhere else than where they were made for."""

from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.rooms.credentials.proofs.refusals import ProofRefused
from corridor.rooms.credentials.proofs.trees import check_inclusion, leaf_hash, path_of, root_from, root_of

# The test vectors of the Certificate Transparency log (RFC 6962): inputs, and the root over the first n of them.
INPUTS = [bytes.fromhex(each) for each in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(each) for each in INPUTS]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_known_values(size):
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


@given(size=st.integers(1, 70), data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_path_leads_to_the_root_and_from_no_other_place(size, data):
    leaves = [leaf_hash(str(n).encode()) for n in range(size)]
    index = data.draw(st.integers(0, size - 1))
    path = path_of(leaves, index)
    assert root_from(leaves[index], index=index, size=size, path=path) == root_of(leaves)
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        with suppress(ProofRefused):
            assert root_from(leaves[index], index=other, size=size, path=path) != root_of(leaves)


def test_a_path_that_is_too_long_or_too_short_is_refused():
    path = path_of(LEAVES, 3)
    for wrong in (path[:-1], [*path, b"x" * 32]):
        with pytest.raises(ProofRefused):
            root_from(LEAVES[3], index=3, size=8, path=wrong)
    for index, size in ((8, 8), (-1, 8), (0, 0)):
        with pytest.raises(ProofRefused):
            root_from(LEAVES[0], index=index, size=size, path=path)


@pytest.mark.parametrize(
    ("proof", "checkpoint"),
    [({}, {}), ({"leaf": "[]"}, {"size": 1}), ({"leaf": "{", "index": "x", "path": [1]}, {"size": None}),
     ({"leaf": '"x"', "index": 0, "path": []}, {"size": 1, "root": "", "day": "2024-01-01", "number": 1})],
    ids=["nothing", "no object", "no numbers", "a word"],
)  # fmt: skip
def test_whatever_is_handed_in_is_refused_by_name(proof, checkpoint):
    with pytest.raises(ProofRefused):
        check_inclusion(b"{}", proof, checkpoint=checkpoint)


def test_the_leaf_must_be_of_the_text_that_is_shown():
    said = f'{{"credential":"urn:uuid:1","sha256":"{sha256(b"other").hexdigest()}","since":"2024-01-01","status":"issued"}}'
    proof = {"type": "InclusionProof", "leaf": said, "index": 0, "path": []}
    root = leaf_hash(said.encode()).hex()
    checkpoint = {"type": "Checkpoint", "size": 1, "root": root, "day": "2024-01-01", "number": 1}
    with pytest.raises(ProofRefused, match="another text"):
        check_inclusion(b"{}", proof, checkpoint=checkpoint)
    assert check_inclusion(b"other", proof, checkpoint=checkpoint).status == "issued"
