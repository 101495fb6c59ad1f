"""The signed words of a paper: they come back as they were, nothing altered is ever valid, and what is missing is said."""

import random
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import cbor2
import pytest

from corridor.rooms.credentials.compact import base41, cbor
from corridor.rooms.credentials.compact.claims import read_claims, write_claims
from corridor.rooms.credentials.compact.message import read_message, sign_claims, sum_of
from corridor.rooms.credentials.compact.parts import MOST_IN_ONE, looks_like_codes, read_parts, write_parts
from corridor.rooms.credentials.compact.verifying import as_codes, verify_codes
from corridor.rooms.credentials.proofs import did_documents
from corridor.rooms.credentials.proofs.companions import Reason, State
from corridor.rooms.credentials.proofs.refusals import CannotRead
from corridor.rooms.credentials.proofs.shape import WrongShape
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from tests.rooms.credentials.proofs.cast import AT, Issuer, World

from .papers import VIENTIANE, codes_of, form_of, paper


@pytest.fixture(scope="module")
def chongqing():
    return Issuer("chongqing", "Chongqing Industry Polytechnic College")


@pytest.fixture(scope="module")
def world(chongqing):
    return World([chongqing])


def checked(codes, world, at=AT):
    return verify_codes(codes, resolver=world, at=at)


def test_a_genuine_paper_is_valid_and_every_word_comes_back(chongqing, world):
    verdict = checked(codes_of(chongqing), world)
    assert verdict.word == Word.VALID, [str(each) for each in verdict.checks]
    assert {each.result for each in verdict.checks} == {Result.PASS}
    assert verdict.paper == paper(chongqing)
    assert verdict.said.learner_names == ("ຄຳຫຼ້າ ພົມມະຈັນ", "Khamla Phommachanh")
    assert verdict.as_json()["paper"]["units"][1]["decided_on"] == "2023-06-02"
    assert verdict.without_name().paper.names == () == verdict.without_name().said.learner_names


def test_another_library_reads_the_message_and_its_signature(chongqing):
    form = form_of(chongqing)
    unpacker = zlib.decompressobj(-15)
    protected, unprotected, payload, signature = cbor2.loads(unpacker.decompress(form[:-4]))
    assert unprotected == {} and cbor2.loads(protected) == {1: -8, 4: chongqing.key.verification_method.encode()}
    chongqing.key.private.public_key().verify(signature, cbor2.dumps(["Signature1", protected, b"", payload]))
    claims = cbor2.loads(payload)
    assert claims[1] == chongqing.did and claims[5] == 1688058000 and claims[-65537][1] == "CRD-2023-0107"


def test_a_key_of_the_second_suite_signs_too(world):
    from cryptography.hazmat.primitives.asymmetric import ec

    vientiane = Issuer("vientiane", "Vientiane College")
    private = ec.generate_private_key(ec.SECP256R1())
    vientiane.keys = [did_documents.PublishedKey("key-2023", private.public_key(), datetime(2023, 1, 1, tzinfo=UTC))]
    vientiane.key = replace(vientiane.key, private=private)
    form = form_of(vientiane)
    assert read_message(form).algorithm == -7
    assert checked(codes_of(vientiane), World([vientiane])).word == Word.VALID


def test_eight_units_in_three_languages_fit_in_one_code(chongqing):
    (code,) = codes_of(chongqing)
    form = read_parts([code])
    assert 1_200 < len(form) <= MOST_IN_ONE
    assert code.startswith("https://alliance.example/c/q7w2mzk9tdraq7w2mzk9td#P1.")


def test_no_changed_byte_is_ever_valid(chongqing, world):
    form, whole = form_of(chongqing), paper(chongqing)
    chance = random.Random(41)
    words = set()
    for _ in range(600):
        changed = bytearray(form)
        for _ in range(chance.choice((1, 1, 2, 5))):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.7:  # whoever forges mends the sum too
            changed[-4:] = sum_of(bytes(changed[:-4]))
        verdict = checked([f"P1.{base41.encode(bytes(changed))}"], world)
        words.add(verdict.word)
        # Bits that only fill up the last byte of DEFLATE say nothing: then every word is as it was signed.
        assert verdict.word != Word.VALID or (verdict.paper == whole and changed[:-5] == form[:-5])
    assert words >= {Word.MALFORMED, Word.TAMPERED}


def test_no_changed_word_is_ever_valid(chongqing, world):
    """What a forger can do who knows the format: new claims under the old signature."""
    unpacked = zlib.decompressobj(-15).decompress(form_of(chongqing)[:-4])
    protected, _, payload, signature = cbor.decode(unpacked)
    changes = [("CRD-2023-0107", "CRD-2023-0108"), ("Khamla Phommachanh", "Khamla Phommachant"), ("NVQ 4", "NVQ 5")]
    for before, after in changes:
        altered = payload.replace(before.encode(), after.encode())
        assert altered != payload
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(cbor.encode([protected, {}, altered, signature])) + packer.flush()
        verdict = checked([f"P1.{base41.encode(packed + sum_of(packed))}"], world)
        assert verdict.word == Word.TAMPERED and verdict.said is None and verdict.paper is None


def test_another_members_key_signs_for_nobody_else(chongqing):
    stranger = Issuer("stranger", "Stranger College")
    claims = write_claims(paper(chongqing))
    form = sign_claims(claims, key=stranger.key)
    verdict = checked([f"P1.{base41.encode(form)}"], World([chongqing, stranger]))
    assert verdict.word == Word.TAMPERED
    assert "does not belong to the issuer" in str(verdict.named(CheckName.SIGNATURE))


def test_the_verdict_is_that_of_the_whole_credential(chongqing):
    codes = codes_of(chongqing)
    assert checked(codes, World([chongqing]), at=datetime(2023, 6, 29, tzinfo=UTC)).word == Word.EXPIRED
    assert checked(codes, World([])).word == Word.UNKNOWN_ISSUER
    assert checked(codes, World([chongqing], left={chongqing.did})).word == Word.UNKNOWN_ISSUER
    out = World([chongqing])
    out.entitlements = set()
    assert checked(codes, out).word == Word.OUT_OF_SCOPE
    silent = World([chongqing])
    silent.changed[chongqing.list_url] = None
    assert checked(codes, silent).word == Word.MALFORMED


def test_a_revoked_paper_says_since_when_and_why():
    issuer = Issuer("chongqing", "Chongqing College")
    issuer.reasons.append(Reason(7, State.REVOKED, date(2023, 9, 1), "fraud"))
    verdict = checked(codes_of(issuer), World([issuer]))
    assert verdict.word == Word.REVOKED and "2023-09-01" in str(verdict.named(CheckName.STATUS))
    assert verdict.paper is not None


def test_a_paper_ends_with_its_last_day(chongqing, world):
    ends = datetime(2023, 12, 31, tzinfo=VIENTIANE) + timedelta(days=1)
    codes = codes_of(chongqing, last_day=date(2023, 12, 31), ends=ends)
    assert checked(codes, world, at=ends - timedelta(seconds=1)).word == Word.VALID
    assert checked(codes, world, at=ends).word == Word.EXPIRED
    assert checked(codes, world).paper.ends == ends


@pytest.mark.parametrize("ended", ["expires", "revoked"])
def test_a_key_that_was_not_in_use_is_named(ended):
    issuer = Issuer("chongqing", "Chongqing College")
    codes, before = codes_of(issuer), datetime(2023, 6, 30, 8, tzinfo=UTC)
    world = World([issuer])
    name = {"expires": "until", "revoked": "revoked"}[ended]
    issuer.keys = [replace(issuer.keys[0], **{name: before})]
    assert checked(codes, world).word == {"expires": Word.KEY_ENDED, "revoked": Word.KEY_COMPROMISED}[ended]


def test_a_long_paper_comes_in_pieces_in_any_order_and_twice(chongqing, world):
    chance = random.Random(7)
    letters = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ"
    names = tuple("".join(chance.choices(letters, k=150)) for _ in range(8))
    codes = codes_of(chongqing, names=names)
    assert 2 <= len(codes) <= 16 and all(len(code) < 1_500 for code in codes)
    shuffled = codes * 2
    chance.shuffle(shuffled)
    verdict = checked(shuffled, world)
    assert verdict.word == Word.VALID and verdict.paper.names == names
    missing = checked(codes[:1] + codes[2:], world)
    assert missing.word == Word.MALFORMED and f"Code 2 of {len(codes)} is missing" in str(
        missing.named(CheckName.SHAPE)
    )
    other = codes_of(chongqing, names=(*names[:7], "ກຂ"))
    mixed = checked([codes[0], *other[1:]], world)
    assert mixed.word == Word.MALFORMED and "more than one paper" in str(mixed.named(CheckName.SHAPE))


def test_more_than_sixteen_pieces_are_not_written():
    with pytest.raises(CannotRead, match="too long"):
        write_parts(bytes(14_401))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("P2.ABC", "newer reader"), ("P1.", "misread"), ("P1.abc", "misread"), ("P1.0.2.00000000.000", "misread"),
        ("P1.3.2.00000000.000", "misread"), ("P1.1.1.00000000.000", "misread"), ("P1.1.99.00000000.000", "misread"),
        ("P1.1.2.0000000g.000", "misread"), ("P1.000", "misread"), ("https://alliance.example/c/x", "misread"),
    ],
)  # fmt: skip
def test_what_is_no_code_of_a_paper_is_refused_with_a_sentence(code, said, world):
    verdict = checked([code], world)
    assert verdict.word == Word.MALFORMED and said in str(verdict.named(CheckName.SHAPE))


def test_what_unpacks_to_too_much_is_refused(world):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(1_000_000)) + packer.flush()
    assert len(packed) < MOST_IN_ONE
    assert checked([f"P1.{base41.encode(packed + sum_of(packed))}"], world).word == Word.MALFORMED


def test_only_codes_are_taken_for_codes():
    assert as_codes("https://a.example/c/x#P1.ABC\n P1.1.2.00000000.AAA ") == [
        "https://a.example/c/x#P1.ABC", "P1.1.2.00000000.AAA",
    ]  # fmt: skip
    assert as_codes(b"P9.ABC") == ["P9.ABC"]
    for text in ("", "https://a.example/c/x", "https://a.example/c/x#top", "{}", "P1", "P1.A and more", "eyJ.P1.x"):
        assert not looks_like_codes(text) and as_codes(text) is None
    assert as_codes("P1." + "A" * 100_000) is None


def _without(claims, *path):
    *way, last = path
    inner = claims
    for key in way:
        inner = inner[key]
    del inner[last]


def _set(claims, value, *path):
    *way, last = path
    inner = claims
    for key in way:
        inner = inner[key]
    inner[last] = value


SPOILED = {
    "no id": lambda claims: _without(claims, 7),
    "a key more": lambda claims: _set(claims, 1, 99),
    "a key more on paper": lambda claims: _set(claims, 1, -65537, 99),
    "no names": lambda claims: _set(claims, [], -65537, 3),
    "a name that is no text": lambda claims: _set(claims, [1], -65537, 3),
    "no reference": lambda claims: _without(claims, -65537, 1),
    "an unknown kind": lambda claims: _set(claims, 6, -65537, 2),
    "a flag for a number": lambda claims: _set(claims, True, -65537, 2),
    "a day that is none": lambda claims: _set(claims, -1, -65537, 12),
    "another day": lambda claims: _set(claims, 0, -65537, 12),
    "a last day without an end": lambda claims: _set(claims, 20_000, -65537, 13),
    "an end without a last day": lambda claims: _set(claims, 1_800_000_000, 4),
    "a year beyond": lambda claims: _set(claims, 2**50, 5),
    "half a fingerprint": lambda claims: _set(claims, b"12", -65537, 15),
    "no texts": lambda claims: _set(claims, {}, -65537, 4),
    "a unit of three": lambda claims: _set(claims, [["a", 1, 1]], -65537, 10),
    "a country of three letters": lambda claims: _set(claims, [["LAO", 0, "", "", ""]], -65537, 11),
    "no specimen": lambda claims: _set(claims, False, -65537, 17),
    "members beside that are none": lambda claims: _set(claims, [], -65537, 19),
    "half an hour": lambda claims: _set(claims, "0.5", -65537, 20),
    "signatories of nobody": lambda claims: _set(claims, [], -65537, 18),
}


@pytest.mark.parametrize("spoiled", SPOILED)
def test_signed_but_not_written_so_is_malformed(spoiled, chongqing, world):
    claims = write_claims(paper(chongqing))
    SPOILED[spoiled](claims)
    with pytest.raises(WrongShape):
        read_claims(claims)
    form = sign_claims(claims, key=chongqing.key)
    assert checked([f"P1.{base41.encode(form)}"], world).word == Word.MALFORMED


def test_random_claims_never_raise(chongqing, world):
    chance = random.Random(3)
    junk = [0, -1, True, b"", "x", [], {}, [[]], {1: 2}, 2**53, "x" * 50]
    for _ in range(300):
        claims = write_claims(paper(chongqing, units=1))
        where = claims if chance.random() < 0.3 else claims[-65537]
        where[chance.choice(list(where))] = chance.choice(junk)
        form = sign_claims(claims, key=chongqing.key)
        verdict = checked([f"P1.{base41.encode(form)}"], world)
        assert verdict.word in set(Word)


def test_a_paper_says_in_which_languages_it_is_written_and_an_earlier_one_says_nothing(chongqing, world):
    earlier = write_claims(paper(chongqing))
    assert 21 not in earlier[-65537] and read_claims(earlier).languages == ("zh-Hans", "lo", "en")
    titled = {"title": {"th": "การตรวจสภาพรถ", "en": "Vehicle inspection"}, "languages": ("th", "en")}
    later = write_claims(paper(chongqing, **titled))
    assert later[-65537][21] == ["th", "en"] and read_claims(later) == paper(chongqing, **titled)
    verdict = checked(codes_of(chongqing, **titled), world)
    assert verdict.word == Word.VALID and verdict.as_json()["paper"]["languages"] == ["th", "en"]


@pytest.mark.parametrize("languages", [[], ["th", "th"], ["a", "b", "c", "d"], ["th", ""], ["th", 1], "th", None])
def test_languages_that_no_paper_has_are_no_shape_of_ours(languages, chongqing):
    claims = write_claims(paper(chongqing))
    claims[-65537][21] = languages
    with pytest.raises(WrongShape):
        read_claims(claims)
