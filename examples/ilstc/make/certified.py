"""Acts about certificates (living/): names confirmed, every kind of certificate, what members endorse and attest, and what holders do with theirs."""

from .tables import Book

RUNNING, INSPECTORS, TEACHERS, EARLY = "LGTC-VI-2024-A", "VTE-VI-01", "LPQ-TT-03", "RYG-TT-01"
FLEET = "sainamkhong-fleet-service"
OFFICE = "Office of the workshop in Vientiane"


def write(book: Book) -> None:
    _open(book)
    # A company endorses with a key of its own.
    book.add("keys", organisation=FLEET, fragment="key-2024", valid_from="2024-01-01", valid_before="2025-01-01")
    _names(book)
    _looks(book)
    _certificates(book)
    _attested(book)
    _holders(book)


def _open(book: Book) -> None:
    held = "at,by,cohort,seat,credential_kind"
    for name, columns in {
        "certificate_names": "at,by,person,language,full_name,attested_by",
        "certificate_layouts": "at,by,organisation,programme,credential_kind,languages,signatory,office_en,office_zh-Hans,office_lo",
        "further_awards": "at,by,cohort,credential_kind,issuer,units,signers,expires_on",
        "signed_together": "at,by,member",
        "attestations": "at,by,attestation_kind,person,curriculum,version,issuer,site,programme,expires_on",
        "endorsements": "at,by,endorser,cohort,seat,credential_kind,curriculum,version,member,claim_en,claim_zh-Hans,claim_lo,expires_on",
        "showings": f"{held},purpose,parts,days,looking",
        "showings_looked_at": f"{held},purpose,name",
        "showings_ended": f"{held},purpose",
        "links_on_paper": f"{held},language,is_used",
        "wallet_offers": held,
        "corrections_asked": f"{held},should_be,words",
    }.items():
        book.open(f"living/{name}", columns)


def _names(book: Book) -> None:
    """As they shall stand on certificates: of those with an account by themselves, of others by the office that saw it on paper."""
    people = {row["reference"]: row for row in book.rows("people")}
    seats = {(row["cohort"], row["number"]): row["person"] for row in book.rows("enrolments")}
    own = {"P-0001": "trainer", "P-0004": "assessor", seats[RUNNING, "1"]: "learner"}
    on_paper = [seats[RUNNING, seat] for seat in "235"] + [seats[INSPECTORS, "14"]]
    on_paper += [seats[cohort, seat] for cohort, numbers in ((TEACHERS, "23"), (EARLY, "34")) for seat in numbers]
    for person in [*own, *on_paper]:
        row = people[person]
        for language, name in (("en", row["romanised_name"]), (row["own_language"], row["own_name"])):
            # Some names are written in Latin letters alone.
            if not name:
                continue
            book.add(
                "living/certificate_names", at="2024-01-22 09:10+07:00", by=own.get(person, "secretariat"), person=person,
                language=language, full_name=name, attested_by="" if person in own else OFFICE,
            )  # fmt: skip


def _looks(book: Book) -> None:
    """Who stands below what the college issues for single units; all its other certificates look as the house makes them."""
    for name, offices in (
        ("Bouavanh Sengaloun", ("Director of the college", "院长", "ຜູ້ອຳນວຍການວິທະຍາໄລ")),
        ("Zhou Jianhua", ("For the Panda College", "熊猫学院代表", "ຕາງໜ້າວິທະຍາໄລແພນດ້າ")),
    ):
        said = dict(zip(("office_en", "office_zh-Hans", "office_lo"), offices, strict=True))
        book.add(
            "living/certificate_layouts", at="2024-01-23 15:00+07:00", by="coordinator-lgtvc", organisation="lgtvc",
            programme="panda-college", credential_kind="unit", languages="lo;zh-Hans;en", signatory=name, **said,
        )  # fmt: skip


def _certificates(book: Book) -> None:
    for at, cohort, kind, issuer, units, signers in (
        ("2024-01-25 10:00+08:00", EARLY, "attendance", "fengkun-vocational-and-technical-college", "", ""),
        ("2024-01-25 10:20+08:00", TEACHERS, "teacher", "fengkun-vocational-and-technical-college", "", ""),
        ("2024-01-26 10:00+08:00", INSPECTORS, "module", "cqipc", "VI-02;VI-03", ""),
        # Both members of the Panda College sign the first unit of those who have it.
        ("2024-01-30 14:00+08:00", RUNNING, "unit", "lgtvc", "VI-01", "cqipc"),
    ):
        book.add(
            "living/further_awards",
            at=at,
            by="secretariat",
            cohort=cohort,
            credential_kind=kind,
            issuer=issuer,
            units=units,
            signers=signers,
        )
    book.add("living/signed_together", at="2024-01-31 09:30+08:00", by="key-holder", member="cqipc")


def _attested(book: Book) -> None:
    right = {"issuer": "lgtvc", "site": "wks-vientiane", "programme": "panda-college"}
    for at, kind, person, until in (
        ("2024-01-30 11:00+08:00", "assessor", "P-0004", "2025-05-31"),
        # The register of trainers begins on this day.
        ("2024-02-02 07:30+08:00", "trainer", "P-0001", "2026-02-01"),
    ):
        book.add(
            "living/attestations", at=at, by="secretariat", attestation_kind=kind, person=person, curriculum="vehicle-inspection",
            version="2023", expires_on=until, **right,
        )  # fmt: skip
    for at, about, claims, until in (
        ("2024-01-19 15:00+07:00", {"curriculum": "vehicle-inspection", "version": "2023"}, {
            "claim_en": "What is taught here is what our inspectors do on the line. We had a part in writing unit VI-04.",
            "claim_zh-Hans": "所教内容正是我公司检测员在检测线上所做的工作。单元 VI-04 由我公司参与编写。",
            "claim_lo": "ສິ່ງທີ່ສອນຢູ່ນີ້ ແມ່ນສິ່ງທີ່ພະນັກງານກວດຂອງພວກເຮົາເຮັດແທ້. ພວກເຮົາຮ່ວມຂຽນໜ່ວຍ VI-04.",
        }, "2025-12-31"),
        ("2024-01-29 10:00+07:00", {"cohort": INSPECTORS, "seat": 14, "credential_kind": "award"}, {
            "claim_en": "She has inspected forty of our buses since December, without one complaint.",
            "claim_lo": "ລາວໄດ້ກວດລົດເມຂອງພວກເຮົາ 40 ຄັນ ຕັ້ງແຕ່ເດືອນທັນວາ ໂດຍບໍ່ມີຄຳຮ້ອງທຸກ.",
        }, ""),
        ("2024-02-01 16:00+07:00", {"cohort": RUNNING, "seat": 1, "credential_kind": "unit"}, {
            "claim_en": "With this unit we take learners into the reception of our yard for their placement.",
            "claim_zh-Hans": "持有本单元证书的学员，我公司接收其在车场接车岗位实习。",
            "claim_lo": "ຜູ້ທີ່ຜ່ານໜ່ວຍນີ້ ພວກເຮົາຮັບເຂົ້າຝຶກງານຢູ່ບ່ອນຮັບລົດ.",
        }, "2024-12-31"),
    ):  # fmt: skip
        book.add("living/endorsements", at=at, by="key-holder", endorser=FLEET, expires_on=until, **about, **claims)


def _holders(book: Book) -> None:
    own = {"cohort": "VTE-CW-01", "seat": 1, "credential_kind": "award"}
    to_study, to_work, by_mistake = "ສະໝັກຮຽນຕໍ່ຢູ່ສົງຊິງ", "ສະໝັກວຽກຢູ່ບໍລິສັດຂົນສົ່ງ", "ໃຫ້ໝູ່ເບິ່ງ"
    for at, purpose, parts, days, looking in (
        ("2023-12-04 19:10+07:00", to_study, "name;born_on;results;transcript", 30, ""),
        ("2024-01-22 20:05+07:00", to_work, "name;results", 60, "asked"),
        ("2024-01-28 21:40+07:00", by_mistake, "name", 7, ""),
    ):
        book.add(
            "living/showings", at=at, by="learner", **own, purpose=purpose, parts=parts, days=days, looking=looking
        )
    book.add(
        "living/showings_looked_at", at="2024-01-24 09:15+07:00", by="coordinator-company", **own, purpose=to_work,
        name="Personnel office, Sainamkhong Fleet Service",
    )  # fmt: skip
    book.add("living/showings_ended", at="2024-01-29 07:20+07:00", by="learner", **own, purpose=by_mistake)
    book.add("living/wallet_offers", at="2024-01-25 18:20+07:00", by="learner", **own)
    book.add(
        "living/corrections_asked", at="2024-01-26 20:00+07:00", by="learner", **own, should_be="Khamla Phommachanh (坎拉·蓬玛占)",
        words="ຂໍໃຫ້ມີຊື່ຈີນຂອງຂ້ອຍຢູ່ໃບຢັ້ງຢືນນຳ.",
    )  # fmt: skip
    for at, seat, is_used in (("2024-01-19 10:30+07:00", 2, "yes"), ("2024-01-19 10:40+07:00", 6, "")):
        book.add(
            "living/links_on_paper", at=at, by="manager-vientiane", cohort=INSPECTORS, seat=seat, credential_kind="award", language="lo",
            is_used=is_used,
        )  # fmt: skip
