"""A paper of Chongqing's for Khamla, as it is signed for the code on it."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

from corridor.rooms.credentials.compact.claims import (
    PaperClaims,
    RecognitionShown,
    Signatory,
    UnitShown,
    write_claims,
)
from corridor.rooms.credentials.compact.message import sign_claims
from corridor.rooms.credentials.compact.parts import write_parts
from tests.rooms.credentials.proofs.cast import Issuer

VIENTIANE = timezone(timedelta(hours=7))
UNITS = [
    ("Receive and identify a vehicle", "车辆接收与识别", "ຮັບ ແລະ ລະບຸລົດ"),
    ("Inspect brakes, steering and tyres", "制动、转向和轮胎检查", "ກວດລະບົບເບຣກ ພວງມາໄລ ແລະ ຢາງ"),
    ("Inspect engine and lubrication", "发动机与润滑系统检查", "ກວດເຄື່ອງຈັກ ແລະ ລະບົບຫລໍ່ລື່ນ"),
    ("Inspect the electrical system", "电气系统检查", "ກວດລະບົບໄຟຟ້າ"),
    ("Read and record fault codes", "故障码读取与记录", "ອ່ານ ແລະ ບັນທຶກລະຫັດຂໍ້ຜິດພາດ"),
    ("Inspect the traction battery", "动力电池检查", "ກວດແບັດເຕີຣີຂັບເຄື່ອນ"),
    ("Report results to the customer", "向客户报告结果", "ລາຍງານຜົນໃຫ້ລູກຄ້າ"),
    ("Safety in the workshop", "车间安全", "ຄວາມປອດໄພໃນໂຮງງານ"),
]


def paper(issuer: Issuer, units: int = 8, **changes) -> PaperClaims:
    given = {
        "id": UUID("0190a1b2-0000-7000-8000-00000000abcd"), "issuer_did": issuer.did,
        "begins": datetime(2023, 6, 30, tzinfo=VIENTIANE), "signed_at": datetime(2023, 6, 30, 9, tzinfo=UTC),
        "reference": "CRD-2023-0107", "kind": "award", "names": ("ຄຳຫຼ້າ ພົມມະຈັນ", "Khamla Phommachanh"),
        "title": {"zh-Hans": "新能源汽车检测与维护", "lo": "ການກວດກາລົດພະລັງງານໃໝ່", "en": "New energy vehicle inspection"},
        "issuer": {"zh-Hans": "重庆工业职业技术学院", "en": issuer.name},
        "host": {"lo": "ວິທະຍາໄລເຕັກນິກ-ວິຊາຊີບ ວຽງຈັນ", "en": "Vientiane Technical and Vocational College"},
        "site": {"zh-Hans": "万象熊猫工坊", "lo": "ໂຮງງານແພນດ້າ ວຽງຈັນ", "en": "Workshop Vientiane"},
        "site_reference": "wks-vientiane", "programme_reference": "PRG-2023-01",
        "units": tuple(
            UnitShown(f"VI-{n + 1:02}", 30 + n, date(2023, 6, n + 1), dict(zip(("en", "zh-Hans", "lo"), UNITS[n % 8], strict=True)))
            for n in range(units)
        ),
        "recognised": (
            RecognitionShown("LA", "institution", "", "", ""),
            RecognitionShown("LK", "national", "NVQ 4", "Tertiary and Vocational Education Commission", "Letter 117 of 2023"),
        ),
        "last_day": None, "ends": None, "list_address": issuer.list_url, "list_index": 7, "sha256": "e2a4d5ec2c83a111" * 4,
        "address": "https://alliance.example/c/q7w2mzk9tdraq7w2mzk9td",
        "signatories": (
            Signatory("陈美", {"zh-Hans": "校长", "en": "President"}),
            Signatory("Khamphone Vongsa", {"lo": "ຜູ້ອຳນວຍການ", "en": "Director"}),
        ),
    }  # fmt: skip
    return PaperClaims(**(given | changes))


def form_of(issuer: Issuer, **changes) -> bytes:
    return sign_claims(write_claims(paper(issuer, **changes)), key=issuer.key)


def codes_of(issuer: Issuer, **changes) -> list[str]:
    """The codes as a phone reads them."""
    shown = paper(issuer, **changes)
    form = sign_claims(write_claims(shown), key=issuer.key)
    return [f"{shown.address}#{part}" for part in write_parts(form)]
