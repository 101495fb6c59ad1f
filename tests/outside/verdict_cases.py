"""
Cases for two verifiers: what one alliance issued, signed and published, and whatever is made of it by chance. Honest and joint certificates of
both kinds of keys, in every state; strangers' credentials; tokens, whole and in parts; the codes of papers; all of it broken, too.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from corridor.rooms.credentials.compact.claims import KINDS
from corridor.rooms.credentials.compact.parts import write_parts
from corridor.rooms.credentials.jwt.credentials import write_credential
from corridor.rooms.credentials.jwt.selective_credentials import write_selective
from corridor.rooms.credentials.proofs import bundles, composing, did_documents
from corridor.rooms.credentials.proofs.companions import Reason, State, sign_companion
from corridor.rooms.credentials.proofs.contexts import PINS
from corridor.rooms.credentials.proofs.data_integrity import SigningKey, sign
from corridor.rooms.credentials.proofs.endorsing import EndorsementFacts, endorse
from corridor.rooms.credentials.proofs.refusals import CannotRead
from corridor.rooms.credentials.proofs.registers import Listed, sign_register
from corridor.rooms.credentials.proofs.status_lists import StatusEntry
from tests.rooms.credentials.compact.papers import form_of
from tests.rooms.credentials.proofs.cast import AT, ISSUED, PUBLIC_URL, Issuer, facts
from tests.rooms.credentials.proofs.generated import ODD, WORDS_URL, Maker
from tests.rooms.credentials.proofs.strangers import with_strange_keys

from .verdict_languages import claims_in_languages, in_languages, paper_in_languages
from .verdict_strangers import by_another_key, own_name, signed_with_p384, token_of_a_stranger, with_another_proof

SITE, PROGRAMME = f"{PUBLIC_URL}/sites/wks-vientiane", f"{PUBLIC_URL}/programmes/PRG-2023-01"
ALLIANCE = "did:web:alliance.example"
# From where two issuers came, each with a kit; one of them without a register.
LEFT, LEFT_ALLIANCE = "https://left.example", "did:web:left.example"
WALLET = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}


@dataclass(frozen=True)
class Case:
    """What is handed in, and when."""

    kind: str
    raw: str
    at: datetime = AT

    def as_json(self) -> dict[str, Any]:
        return {"raw": self.raw, "at": self.at.isoformat()}


class House:
    """Members whose keys, scopes and certificates are in every state, and the bundle of what they publish."""

    def __init__(self) -> None:
        self.chongqing = Issuer("chongqing", "Chongqing Motor College")
        self.vientiane = _of_p256(Issuer("vientiane", "Vientiane Technical School"))
        self.colombo = Issuer("colombo", "Colombo Polytechnic")  # left before it issued
        self.luang_prabang = Issuer("luang-prabang", "Luang Prabang College")  # its key had ended
        self.luang_prabang.keys = [replace(self.luang_prabang.keys[0], until=datetime(2023, 5, 1, tzinfo=UTC))]
        self.phnom_penh = Issuer("phnom-penh", "Phnom Penh Institute")  # its key was stolen
        self.phnom_penh.keys = [replace(self.phnom_penh.keys[0], revoked=datetime(2023, 6, 1, tzinfo=UTC))]
        self.port_louis, self.male = _elsewhere("port-louis"), _elsewhere("male")
        self.stranger = Issuer("stranger", "Stranger")  # in no register
        self.members = [self.chongqing, self.vientiane, self.colombo, self.luang_prabang, self.phnom_penh]
        for member in (*self.members, self.port_louis):
            member.reasons = [
                Reason(20, State.SUSPENDED, date(2024, 1, 9), "under-review"),
                Reason(21, State.REVOKED, date(2024, 1, 10), "awarded-in-error"),
                Reason(22, State.REPLACED, date(2024, 1, 11), "", f"{PUBLIC_URL}/credentials/new"),
            ]
            member.unexplained = [23]
            member.moved = [Reason(24, State.REVOKED, date(2024, 1, 12), "misconduct")]
        private = did_documents.new_key()
        key = did_documents.PublishedKey("key-1", private.public_key(), datetime(2023, 1, 1, tzinfo=UTC))
        self.alliance = did_documents.did_document(ALLIANCE, [key])
        self.key = SigningKey(f"{ALLIANCE}#key-1", private)
        self.bundle = self._bundle()

    def _bundle(self) -> dict[str, Any]:
        listed = [
            Listed(
                each.did, each.name.split()[0].lower(), each.name, "CN", ((date(2022, 1, 1), date(2023, 6, 1) if each is self.colombo else None),),
                ((PROGRAMME, SITE, (date(2023, 1, 1), None)),),
            )
            for each in self.members
        ]  # fmt: skip
        register = sign_register(
            url=f"{PUBLIC_URL}/issuers/1.json", alliance=PUBLIC_URL, alliance_did=ALLIANCE, number=1, day=AT.date(), previous="",
            issuers=listed, key=self.key, created=AT, valid_until=AT + timedelta(days=30),
        )  # fmt: skip
        return bundles.sign_bundle(
            url=f"{PUBLIC_URL}/verify/bundle.json", alliance=PUBLIC_URL, alliance_did=ALLIANCE, register=register,
            dids=[with_strange_keys(each.document) for each in self.members],
            contexts={url: pin["sha256"] for url, pin in json.loads(PINS.read_text()).items()},
            lists=[
                each.signed_list(valid_until=AT + timedelta(days=7))
                for each in self.members
            ],
            companions=[self._companion(each) for each in self.members],
            sequences={self.luang_prabang.list_url: 3}, recognitions=[], key=self.key, created=AT,
            elsewhere=[self._kit(self.port_louis, has_register=True), self._kit(self.male, has_register=False)],
        )  # fmt: skip

    def _kit(self, issuer: Issuer, *, has_register: bool) -> dict[str, Any]:
        """What an issuer brought from the house that it left. Whoever signed it there is not looked at again."""
        scope = (f"{LEFT}/programmes/PRG-2023-01", f"{LEFT}/sites/wks-vientiane", (date(2023, 1, 1), None))
        listed = Listed(issuer.did, "left", issuer.name, "MU", ((date(2022, 1, 1), date(2024, 1, 1)),), (scope,))
        register = sign_register(
            url=f"{LEFT}/issuers/9.json", alliance=LEFT, alliance_did=LEFT_ALLIANCE, number=9, day=AT.date(), previous="",
            issuers=[listed], key=self.key, created=AT, valid_until=AT + timedelta(days=30),
        )  # fmt: skip
        # A list of a member of this house among them counts for nothing.
        forged = self.chongqing.signed_list(valid_until=AT - timedelta(days=7))
        return {
            "issuer": issuer.did, "alliance": LEFT, "register": register if has_register else None, "dids": [issuer.document],
            "statusLists": [forged, issuer.signed_list()], "companions": [self._companion(issuer)],
        }  # fmt: skip

    def _companion(self, member: Issuer) -> dict[str, Any]:
        """It names one more than the list does."""
        named = [*member.reasons, Reason(24, State.REVOKED, date(2024, 1, 12), "misconduct")]
        return sign_companion(
            list_url=member.list_url, issuer=member.did, reasons=named, key=member.key, created=AT + timedelta(hours=member is self.vientiane)
        )  # fmt: skip


def _elsewhere(slug: str) -> Issuer:
    issuer = Issuer(slug, f"{slug.title()} College")
    issuer.did, issuer.list_url = did_documents.did_web(LEFT, "members", slug), f"{LEFT}/status/{slug}-1"
    issuer.key = SigningKey(did_documents.verification_method(issuer.did, "key-2023"), issuer.key.private)
    return issuer


def _of_p256(issuer: Issuer) -> Issuer:
    private = ec.generate_private_key(ec.SECP256R1())
    issuer.keys = [did_documents.PublishedKey("key-p", private.public_key(), datetime(2023, 1, 1, tzinfo=UTC))]
    issuer.key = SigningKey(f"{issuer.did}#key-p", private)
    return issuer


class Cases:
    """One case after another out of chance."""

    def __init__(self, house: House, chance: Random) -> None:
        self.house, self.chance = house, chance
        self.maker = Maker(chance)

    def text(self) -> str:
        return "x" + "".join(self.chance.choice(ODD) for _ in range(self.chance.randrange(6)))

    def issuer(self) -> Issuer:
        house = self.house
        left = [house.port_louis] * 3 + [house.male]
        return self.chance.choice(
            [house.chongqing] * 4 + [house.vientiane] * 3 + left + [*house.members, house.stranger]
        )

    def facts(self, issuer: Issuer) -> composing.CredentialFacts:
        chance = self.chance
        unit = composing.CompetentUnit(
            f"{PUBLIC_URL}/u/9", self.text(), (composing.Alignment(self.text(), "https://s.example/1"),)
        )
        given: dict[str, Any] = {
            "valid_from": ISSUED + timedelta(days=chance.choice([0, 0, 0, 0, 400])),
            "valid_until": chance.choice([None, None, datetime(2030, 1, 1, tzinfo=UTC), datetime(2023, 12, 1, tzinfo=UTC)]),
            "achievement_name": self.text(),
            "recognition": chance.choice(["", self.text()]),
            "units": chance.choice([(unit,), facts(issuer).units]),
            "site": chance.choice([facts(issuer).site] * 5 + [composing.Place(f"{PUBLIC_URL}/sites/wks-colombo", "Colombo")]),
        }  # fmt: skip
        if issuer.did.startswith(LEFT_ALLIANCE) and chance.randrange(6):
            given["site"] = composing.Place(f"{LEFT}/sites/wks-vientiane", "Workshop")
            given["programme"] = composing.Place(f"{LEFT}/programmes/PRG-2023-01", "Vehicle inspection")
        given |= in_languages(self.text) if chance.randrange(2) else {}
        if given["valid_until"] and given["valid_until"] <= given["valid_from"]:
            given["valid_until"] = None
        return facts(issuer, index=chance.choice([7, 8, 19, 20, 21, 22, 23, 24, 131_071]), learner=self.text(), **given)

    def credential(self) -> dict[str, Any]:
        """Until one comes that may be signed: nobody signs what other software would read otherwise."""
        while True:
            try:
                return self.credential_of(self.issuer())
            except CannotRead:
                continue

    def credential_of(self, issuer: Issuer) -> dict[str, Any]:
        given = self.facts(issuer)
        other = self.chance.choice([None, None, self.house.chongqing, self.house.vientiane])
        if other is not None and other is not issuer and self.chance.randrange(2):
            given = replace(given, signers=(composing.Place(other.did, other.name),))
        document = composing.issue(given, key=issuer.key, created=ISSUED)
        return document if other is None else sign(document, key=other.key, created=ISSUED)

    def by_another_key(self) -> dict[str, Any]:
        return by_another_key(self.chance, "https://guild.example/issuers/5", self.house.chongqing.did)

    def endorsement(self) -> dict[str, Any]:
        issuer = self.issuer()
        return endorse(
            EndorsementFacts(
                id="urn:uuid:0190a1b2-0000-7000-8000-00000000abcd", issuer_did=issuer.did, issuer_name=issuer.name, endorses="urn:uuid:7",
                name=self.text(), **self.chance.choice([{"claims": {"en": self.text()}}, claims_in_languages(self.text)]),
                status=StatusEntry(issuer.list_url, self.chance.choice([7, 21])), valid_from=ISSUED,
            ),
            key=issuer.key, created=ISSUED,
        )  # fmt: skip

    def foreign(self) -> dict[str, Any]:
        """An honest credential of any shape, signed by a member: its signature holds, its shape is not ours."""
        while True:
            document = self.maker.credential()
            if WORDS_URL in document["@context"]:
                continue
            document["issuer"] = self.house.chongqing.did
            try:
                return sign(document, key=self.house.chongqing.key, created=ISSUED)
            except CannotRead:
                continue

    def token(self) -> str:
        if not self.chance.randrange(3):
            return token_of_a_stranger(self.chance, self.house.chongqing, self.house.phnom_penh)
        issuer = self.issuer()
        document = composing.issue(self.facts(issuer), key=issuer.key, created=ISSUED)
        if self.chance.randrange(2):
            return write_credential(document, key=issuer.key, at=ISSUED)
        holder = self.chance.choice([None, WALLET])
        whole = write_selective(document, vct=f"{PUBLIC_URL}/vct", key=issuer.key, at=ISSUED, holder=holder)
        first, *shown = whole.split("~")[:-1]
        return "~".join([first, *(each for each in shown if self.chance.randrange(4)), ""])

    def codes(self) -> str:
        issuer = self.issuer()
        # Names that do not pack well need a code more.
        names = [f"{self.chance.getrandbits(1600):x}" for _ in range(self.chance.choice([1, 1, 7]))]
        further = {"list_index": self.chance.choice([7, 20, 21, 24]), "is_specimen": not self.chance.randrange(4)}
        if not self.chance.randrange(3):
            further |= {"beside": ({"en": self.text(), "lo": "ວິທະຍາໄລ"},) * self.chance.choice([1, 3])}
        further |= paper_in_languages(self.chance)
        kind = self.chance.choice(KINDS)
        if kind == "attendance":
            further["attended"] = self.chance.choice([0, 1, 480])
        form = form_of(issuer, kind=kind, units=self.chance.choice([1, 8]), names=(self.text(), *names), **further)
        parts = [f"{PUBLIC_URL}/c/q7w2mzk9tdraq7w2mzk9td#{each}" for each in write_parts(form)]
        self.chance.shuffle(parts)
        return " ".join(parts[: len(parts) - (not self.chance.randrange(6))]) or parts[0]

    def letters_changed(self, text: str) -> str:
        letters = list(text)
        for _ in range(self.chance.randrange(1, 3)):
            letters[self.chance.randrange(len(letters))] = self.chance.choice('AaZz09-_.~{}"#é')
        return "".join(letters)

    def broken(self, document: dict[str, Any]) -> dict[str, Any]:
        if self.chance.randrange(3):
            return self.maker.broken(document)
        return with_another_proof(self.chance, document)

    def all(self, count: int) -> Iterator[Case]:
        """So many, a quarter of them honest; a broken one now and then as bad JSON."""
        moments = [AT, AT, AT, AT, AT + timedelta(days=8), ISSUED - timedelta(days=1)]
        documents = [
            self.credential,
            self.credential,
            self.credential,
            own_name,
            self.by_another_key,
            self.endorsement,
            self.foreign,
            lambda: signed_with_p384(self.chance, self.house.chongqing, self.house.phnom_penh),
        ]
        for number in range(count):
            at = self.chance.choice(moments)
            match number % 8:
                case 0 | 1:
                    yield Case("honest", json.dumps(self.chance.choice(documents)()), at)
                case 2 | 3 | 4:
                    yield Case("broken", json.dumps(self.broken(self.chance.choice(documents)())), at)
                case 5:
                    text = self.token()
                    if not self.chance.randrange(4):  # as a letter breaks it
                        text = "\n  ".join(text[start : start + 70] for start in range(0, len(text), 70))
                    yield Case("token", text if self.chance.randrange(2) else self.letters_changed(text), at)
                case 6:
                    text = self.codes()
                    yield Case("codes", text if self.chance.randrange(2) else self.letters_changed(text), at)
                case _:
                    text = json.dumps(self.credential(), ensure_ascii=not self.chance.randrange(2))
                    yield Case("letters", self.letters_changed(text), at)
