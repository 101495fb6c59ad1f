"""Who teaches and who assesses at each site, and the accounts of the example (one for each role, and some more)."""

from .cohorts import Cohort
from .people import People
from .tables import Book

# Site: trainers (own name, romanised, language, country, sex), assessors, the account that signs its registers.
STAFF = {
    "wks-vientiane": (
        [
            ("ບຸນມີ ສີສະຫວາດ", "Bounmy Sisavath", "lo", "LA", "m"),
            ("刘岩", "Liu Yan", "zh-Hans", "CN", "f"),
            ("ຄຳແສງ ຫຼວງອຳໄພ", "Khamseng Luangamphai", "lo", "LA", "m"),
        ],
        [("ສົມພອນ ແກ້ວວິໄລ", "Somphone Keovilay", "lo", "LA", "m"), ("唐立", "Tang Li", "zh-Hans", "CN", "f")],
        "trainer",
    ),
    "wks-luang-prabang": (
        [("ພູຄຳ ແສງສຸລິຈັນ", "Phoukham Sengsourichanh", "lo", "LA", "m"), ("何俊峰", "He Junfeng", "zh-Hans", "CN", "m")],
        [("ດາລາວັນ ສຸວັນນະລາດ", "Dalavanh Souvannalath", "lo", "LA", "f")],
        "trainer-luang-prabang",
    ),
    "wks-phnom-penh": (
        [("ឡុង ពិសី", "Long Pisey", "km", "KH", "f"), ("罗文斌", "Luo Wenbin", "zh-Hans", "CN", "m")],
        [("អ៊ិន សារឿន", "In Saroeun", "km", "KH", "m")],
        "trainer-phnom-penh",
    ),
    "wks-sihanoukville": (
        [("សេង វណ្ណារី", "Seng Vannary", "km", "KH", "f"), ("周海波", "Zhou Haibo", "zh-Hans", "CN", "m")],
        [("គង់ ធារ៉ា", "Kong Theara", "km", "KH", "m")],
        "trainer-sihanoukville",
    ),
    "wks-rayong": (
        [("สมเกียรติ ชลาสินธุ์", "Somkiat Chalasin", "th", "TH", "m"), ("黄志强", "Huang Zhiqiang", "zh-Hans", "CN", "m")],
        [("ปราณี เมฆวัฒนา", "Pranee Mekwatthana", "th", "TH", "f")],
        "trainer-rayong",
    ),
    "college-chongqing": (
        [("欧阳静", "Ouyang Jing", "zh-Hans", "CN", "f"), ("陈国栋", "Chen Guodong", "zh-Hans", "CN", "m")],
        [("何秀兰", "He Xiulan", "zh-Hans", "CN", "f")],
        "trainer-chongqing",
    ),
}
# At Vientiane three trainers share the work; elsewhere both of them teach every cohort.
AT_VIENTIANE = {
    "LGTC": (0, 1),
    "VTE-BS": (0, 2),
    "VTE-VI": (0, 2),
    "VTE-TT": (0, 1),
    "VTE-CW": (0, 1),
    "VTE-CR": (0, 1),
}


class Staff:
    def __init__(self, people: People) -> None:
        self.trainers: dict[str, list[str]] = {}
        self.assessors: dict[str, list[str]] = {}
        for site, (trainers, assessors, _) in STAFF.items():
            self.trainers[site] = [people.make_named(*one) for one in trainers]
            self.assessors[site] = [people.make_named(*one) for one in assessors]
        self.mei = people.make_named("陈梅", "Chen Mei", "zh-Hans", "CN", "f")

    def trainers_of(self, cohort: Cohort) -> list[str]:
        if cohort.site == "wks-vientiane":
            chosen = next(value for key, value in AT_VIENTIANE.items() if cohort.reference.startswith(key))
            return [self.trainers[cohort.site][place] for place in chosen]
        return self.trainers[cohort.site]

    def assessors_of(self, cohort: Cohort) -> list[str]:
        return [] if cohort.last_step == "planned" else self.assessors[cohort.site]

    def signer_of(self, cohort: Cohort) -> str:
        return STAFF[cohort.site][2]


def write_accounts(book: Book, staff: Staff, learner: str) -> None:
    book.open("accounts", "username,role,scope_kind,scope,held_from,person")
    rows = [
        ("secretariat", "secretariat", "", "", "2021-06-01", staff.mei), ("secretariat-2", "secretariat", "", "", "2022-03-01", ""),
        ("council", "council", "", "", "2021-06-01", ""), ("council-2", "council", "", "", "2022-12-16", ""),
        ("coordinator-lgtvc", "coordinator", "member", "lgtvc", "2022-01-10", ""),
        ("coordinator-cqipc", "coordinator", "member", "cqipc", "2021-06-01", ""),
        ("coordinator-company", "coordinator", "member", "sainamkhong-fleet-service", "2022-06-01", ""),
        ("manager-vientiane", "site_manager", "site", "wks-vientiane", "2022-09-01", ""),
        ("manager-luang-prabang", "site_manager", "site", "wks-luang-prabang", "2022-06-01", ""),
        *((account, "trainer", "", "", "2021-11-15", staff.trainers[site][0]) for site, (_, _, account) in STAFF.items()),
        ("trainer-2", "trainer", "", "", "2021-11-15", staff.trainers["wks-vientiane"][1]),
        ("assessor", "assessor", "", "", "2022-10-01", staff.assessors["wks-vientiane"][0]),
        ("assessor-luang-prabang", "assessor", "", "", "2022-07-01", staff.assessors["wks-luang-prabang"][0]),
        ("learner", "learner", "person", learner, "2022-11-21", learner),
        ("auditor", "auditor", "", "", "2023-01-09", ""), ("key-holder", "key_holder", "", "", "2022-01-10", ""),
    ]  # fmt: skip
    for username, role, kind, scope, held_from, person in rows:
        book.add(
            "accounts", username=username, role=role, scope_kind=kind, scope=scope, held_from=held_from, person=person
        )
