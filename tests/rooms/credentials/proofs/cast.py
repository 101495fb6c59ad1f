"""Chongqing issues, Vientiane teaches; Mei, Khamla and Nimali learn. No database: what the cryptographic core needs and no more."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from corridor.rooms.credentials.proofs import composing, did_documents, status_lists
from corridor.rooms.credentials.proofs.companions import Reason, companion_url, sign_companion
from corridor.rooms.credentials.proofs.data_integrity import SigningKey
from corridor.rooms.credentials.proofs.resolving import NewerList, Registration

PUBLIC_URL = "https://alliance.example"
LEVEL = f"{PUBLIC_URL}/curricula/vehicle-inspection#level-4"
HOURS = f"{PUBLIC_URL}/curricula/vehicle-inspection#hours"
ISSUED = datetime(2023, 6, 30, 9, tzinfo=UTC)
AT = datetime(2024, 2, 2, 8, tzinfo=UTC)


class Issuer:
    """A member with one key, one status list, and what is set on it."""

    def __init__(self, slug: str, name: str, since: datetime = datetime(2023, 1, 1, tzinfo=UTC)) -> None:
        self.name = name
        self.did = did_documents.did_web(PUBLIC_URL, "members", slug)
        private = did_documents.new_key()
        self.keys = [did_documents.PublishedKey("key-2023", private.public_key(), since)]
        self.key = SigningKey(did_documents.verification_method(self.did, "key-2023"), private)
        self.list_url = f"{PUBLIC_URL}/status/{slug}-1"
        self.reasons: list[Reason] = []
        self.unexplained: list[int] = []
        # What the reasons beside the list name, and the list does not.
        self.moved: list[Reason] = []

    @property
    def document(self) -> dict[str, Any]:
        return did_documents.did_document(self.did, self.keys)

    def signed_list(self, *, at: datetime = AT, **options: Any) -> dict[str, Any]:
        indices = [reason.index for reason in self.reasons] + self.unexplained
        return status_lists.sign_status_list(
            url=self.list_url, issuer=self.did, indices=indices, key=self.key, created=at, **options
        )

    def signed_companion(self) -> dict[str, Any]:
        return sign_companion(
            list_url=self.list_url, issuer=self.did, reasons=[*self.reasons, *self.moved], key=self.key, created=AT
        )


def facts(issuer: Issuer, index: int = 7, learner: str = "Khamla Vongsa", **changes: Any) -> composing.CredentialFacts:
    """An award in two units, one of which answers to a Philippine unit."""
    return replace(
        composing.CredentialFacts(
            id=f"{PUBLIC_URL}/credentials/{issuer.name.split()[0].lower()}-{index}",
            kind=composing.Kind.AWARD,
            issuer_did=issuer.did,
            issuer_name=issuer.name,
            learner=composing.Learner(
                name=learner, identifier="khamla@example.org", salt="8c1f", other_names=("ຄຳຫຼ້າ",)
            ),
            achievement_id=f"{PUBLIC_URL}/curricula/vehicle-inspection/award",
            achievement_name="Vehicle inspection and maintenance",
            achievement_description="Inspects and maintains road vehicles on their own.",
            criteria="Found competent in every required unit by an assessor who was not the trainer.",
            units=(
                composing.CompetentUnit(f"{PUBLIC_URL}/curricula/vehicle-inspection/U1", "Inspect brakes"),
                composing.CompetentUnit(
                    f"{PUBLIC_URL}/curricula/vehicle-inspection/U2",
                    "Measure emissions",
                    (
                        composing.Alignment(
                            "Test emissions", "https://standards.example/ALT723", "Automotive servicing", "ALT723"
                        ),
                    ),
                ),
            ),
            site=composing.Place(f"{PUBLIC_URL}/sites/wks-vientiane", "Workshop Vientiane"),
            programme=composing.Place(f"{PUBLIC_URL}/programmes/PRG-2023-01", "Vehicle inspection, Vientiane"),
            status=status_lists.StatusEntry(issuer.list_url, index),
            valid_from=ISSUED,
            recognition="A certificate of the issuing institution. It is not a state qualification.",
        ),
        **changes,
    )


def in_languages(issuer: Issuer, **changes: Any) -> composing.CredentialFacts:
    """The same award with its texts in Chinese and Lao beside the English ones, a level and hours among them."""
    plain = facts(issuer, **changes)
    first, *others = plain.units
    return replace(
        plain,
        achievement_names=(("lo", "ກວດກາລົດ"), ("zh-Hans", "车辆检测与维修")),
        issuer_names=(("zh-Hans", "重庆汽车学院"),),
        criteria_texts=(("zh-Hans", "U1：刹车"),),
        description_texts=(("lo", "ກວດ ແລະ ບຳລຸງຮັກສາລົດເອງໄດ້."), ("zh-Hans", "独立检测与维修车辆。")),
        recognition_texts=(("km", "នៅឡាវ៖ វិញ្ញាបនបត្ររបស់គ្រឹះស្ថាន។"), ("lo", "ຢູ່ ລາວ ແມ່ນໃບຢັ້ງຢືນຂອງສະຖາບັນ.\nຢູ່ ໄທ ກໍຄືກັນ.")),
        alignments=(
            composing.Alignment("Skill grades, 2018: level 4", LEVEL, "CN-SKILL 2018", "4", names=(("zh-Hans", "职业技能等级（2018）：4级"),)),
        ),
        measured=(composing.Measured(HOURS, composing.HOURS_OF_UNITS, "96", names=(("lo", "ຊົ່ວໂມງຂອງໜ່ວຍ"),)),),
        units=(
            replace(
                first, names=(("lo", "ກວດເບຣກ"), ("zh-Hans", "刹车检查")), hours=composing.Measured(f"{first.id}-hours", "U1: hours", "40")
            ),
            *others,
        ),
        site=replace(
            plain.site,
            names=(("lo", "ໂຮງງານ ວຽງຈັນ"), ("zh-Hans", "万象工坊")),
            note="Equipped for each unit listed.",
            notes=(("zh-Hans", "所列各单元设备齐备。"),),
        ),
    )  # fmt: skip


@dataclass
class World:
    """A resolver over issuers in memory. ``entitlements`` holds (did, site, programme); ``left`` the DIDs no longer in the register."""

    issuers: list[Issuer]
    entitlements: set[tuple[str, str, str]] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    public_prefix: str = PUBLIC_URL
    changed: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for issuer in self.issuers:
            self.entitlements.add((issuer.did, "wks-vientiane", "PRG-2023-01"))
            self.changed.setdefault(issuer.list_url, issuer.signed_list())
            self.changed.setdefault(companion_url(issuer.list_url), issuer.signed_companion())

    def prefix_for(self, issuer: str) -> str:
        return self.public_prefix if issuer else ""

    def did_document(self, did: str) -> dict[str, Any] | None:
        return next((issuer.document for issuer in self.issuers if issuer.did == did), None)

    def registration(self, did: str, *, on: date) -> Registration | None:
        names = {issuer.did: issuer.name for issuer in self.issuers}
        if did not in names:
            return None
        return Registration(names[did], did not in self.left, "the alliance's register", AT.date())

    def status_list(self, url: str) -> dict[str, Any] | None:
        return self.changed.get(url)

    companion = status_list

    def newer_list(self, url: str) -> NewerList | None:
        seen = self.seen.get(url, 0)
        return NewerList(0, seen) if seen else None

    def entitled(self, *, issuer: str, site: str, programme: str, on: date) -> bool | None:
        return (issuer, site, programme) in self.entitlements


def write(folder: Path, name: str, document: dict[str, Any]) -> None:
    """One JSON file of an exported bundle."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
