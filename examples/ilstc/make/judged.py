"""Acts of judging (living/): checklists, photos, signatures, second judgements and appeals."""

from datetime import datetime
from hashlib import sha256
from math import ceil

from .acts import add_act, laos, name_at, person_at
from .tables import Book, draws, pool

CLASS, UNIT, PAPERS = "LPQ-LO-01", "LO-01", "LO-02"
RUNNING = "LGTC-VI-2024-A"
# Who judges at Luang Prabang, with their accounts; the one from Vientiane comes for what the first may not judge.
HERE, FROM_VIENTIANE = ("P-0008", "assessor-luang-prabang"), ("P-0004", "assessor")
NAMES = {"P-0008": "ດາລາວັນ ສຸວັນນະລາດ", "P-0004": "ສົມພອນ ແກ້ວວິໄລ"}
RELATIVE_OF_HERS, CONTESTS, FORGOT, SILENT = 15, 13, 6, 17
NOT_YET = {
    FORGOT: ("1.1", "ກວດລົດຍົກກ່ອນເຄື່ອນທຸກເທື່ອ. ມາລອງໃໝ່ໃນເດືອນມັງກອນ."),
    CONTESTS: ("1.3", "ກ່ອງສູງສຸດວາງບໍ່ໝັ້ນ. ຝຶກຈັດວາງ ແລ້ວມາໃໝ່."),
    SILENT: ("2.1", "ບອກໄດ້ແຕ່ເຫດຜົນດຽວ. ອ່ານບົດທີສາມຄືນ."),
}
SEED, SHARE, LEAST = "Phousi", 50, 4
WITNESS, COMPANY = "Bounthanh Sayavong, foreman", "hungaloun-logistics"


def write(book: Book) -> None:
    _open(book)
    seats = [int(row["number"]) for row in book.rows("enrolments") if row["cohort"] == CLASS and not row["exit_status"]]
    _standing_apart(book)
    _first_attempts(book, seats)
    drawn = _drawn([seat for seat in seats if seat != RELATIVE_OF_HERS])
    _second_judgements(book, drawn)
    _appeals(book)
    _second_attempts(book)
    _papers(book)


def _open(book: Book) -> None:
    seat = "at,by,cohort,seat,unit,attempt"
    for name, columns in {
        "assessors_appointed": "at,by,cohort,assessor",
        "relations_stated": "at,by,assessor,learner,kind",
        "employments_stated": "at,by,assessor,organisation,starts_on,ends_on",
        "judgements": f"{seat},assessor,result,note,criterion,found,remark",
        "signatures": f"{seat},role,name,stance,company",
        "made_final": "at,by,cohort,unit,attempt,seats",
        "releases": "at,by,cohort,unit,release_at",
        "evidence": f"{seat},file,caption,criteria",
        "evidence_on_its_way": f"{seat},file,caption,criteria",
        "draws": "at,by,cohort,unit,share,least,seed",
        "seconds_named": "at,by,cohort,unit,seats,second",
        "second_judgements": f"{seat},result,note",
        "disagreements_settled": f"{seat},settling,reason",
        "appeals_lodged": f"{seat},grounds",
        "panels_named": f"{seat},chair,members",
        "appeals_ruled": f"{seat},ruling,reasons",
        "appeals_withdrawn": seat,
    }.items():
        book.open(f"living/{name}", columns)


def _standing_apart(book: Book) -> None:
    for assessor, organisation, since in (
        ("P-0004", "lgtvc", "2021-09-01"), ("P-0005", "cqipc", "2022-08-15"), ("P-0008", "dokkhamfa-vocational-college", "2019-09-02"),
    ):  # fmt: skip
        book.add(
            "living/employments_stated", at="2023-11-20 14:05+08:00", by="secretariat", assessor=assessor, organisation=organisation,
            starts_on=since,
        )  # fmt: skip
    add_act(
        book,
        "relations_stated",
        "2023-12-12 16:20+07:00",
        HERE[1],
        assessor=HERE[0],
        learner=person_at(book, CLASS, RELATIVE_OF_HERS),
        kind="relative",
    )
    add_act(
        book,
        "relations_stated",
        "2024-01-12 10:15+08:00",
        "secretariat",
        assessor="P-0005",
        learner=person_at(book, RUNNING, 33),
        kind="close",
    )
    add_act(
        book, "assessors_appointed", "2023-12-13 09:40+08:00", "secretariat", cohort=CLASS, assessor=FROM_VIENTIANE[0]
    )


def _first_attempts(book: Book, seats: list[int]) -> None:
    """The whole class in two days, each sent from the device when it was over; one of them by somebody who is not her relative."""
    random = draws("judged at Luang Prabang")
    notes = [row[0] for row in pool("feedback")]
    for place, seat in enumerate(seat for seat in seats if seat != RELATIVE_OF_HERS):
        sent = datetime(2023, 12, 20 + place // 10, 16, 40)
        _judge(book, seat, 1, HERE, sent, note=random.choice(notes), is_tidy=random.random() < 0.8)
    _judge(book, RELATIVE_OF_HERS, 1, FROM_VIENTIANE, datetime(2023, 12, 21, 16, 10), note=random.choice(notes))
    add_act(book, "made_final", "2023-12-27 16:10+07:00", HERE[1], cohort=CLASS, unit=UNIT, attempt=1, seats=seats)
    add_act(
        book,
        "releases",
        "2023-12-27 16:15+07:00",
        HERE[1],
        cohort=CLASS,
        unit=UNIT,
        release_at="2023-12-29 08:00+07:00",
    )


def _judge(
    book: Book, seat: int, attempt: int, assessor: tuple[str, str], sent: datetime, *, note: str, is_tidy: bool = True,
    only: tuple[str, ...] = (), missing: str = "",
) -> None:  # fmt: skip
    """The checklist, a photo and two signatures, as the assessor's device sends them."""
    failed, told = NOT_YET.get(seat, ("", note)) if attempt == 1 else (missing, note)
    here = {"cohort": CLASS, "seat": seat, "unit": UNIT, "attempt": attempt}
    shown = [code for code in ("1.1", "1.3") if code != failed and (not only or code in only)]
    if shown:
        add_act(
            book, "evidence", laos(sent), assessor[1], **here, file=f"{CLASS}-{seat:02}-{attempt}.png".lower(),
            caption="The pallet in its place" if "1.3" in shown else "Before the forklift moves", criteria=shown,
        )  # fmt: skip
    for code in only or ("1.1", "1.2", "1.3", "1.4", "2.1"):
        is_met = code != failed and (code != "1.4" or is_tidy)
        add_act(
            book, "judgements", laos(sent), assessor[1], **here, assessor=assessor[0],
            result="not_yet_competent" if failed else "competent", note=told, criterion=code, found="met" if is_met else "not_met",
            remark="A pallet jack stood in the aisle" if code == "1.4" and not is_met else "",
        )  # fmt: skip
    add_act(
        book,
        "signatures",
        laos(sent),
        assessor[1],
        **here,
        role="assessor",
        name=NAMES[assessor[0]],
    )
    add_act(
        book, "signatures", laos(sent), assessor[1], **here, role="learner", name=name_at(book, CLASS, seat),
        stance="contests" if seat == CONTESTS and attempt == 1 else "",
    )  # fmt: skip


def _drawn(seats: list[int]) -> list[int]:
    """Which seats the seed draws of one assessor's decisions, as the product does: by the SHA-256 of the seed and the decision."""
    wanted = max(LEAST, ceil(SHARE * len(seats) / 100))
    by_hash = sorted(seats, key=lambda seat: sha256(f"{SEED}|{CLASS}/{seat} {UNIT} (1)".encode()).digest())
    return sorted(by_hash[:wanted])


def _second_judgements(book: Book, drawn: list[int]) -> None:
    """Half of them, by somebody who sees the photos and not the decision: most are alike, one is settled, one is open, one waits to be judged."""
    add_act(
        book,
        "draws",
        "2024-01-08 10:00+08:00",
        "secretariat",
        cohort=CLASS,
        unit=UNIT,
        share=SHARE,
        least=LEAST,
        seed=SEED,
    )
    add_act(
        book,
        "seconds_named",
        "2024-01-08 10:10+08:00",
        "secretariat",
        cohort=CLASS,
        unit=UNIT,
        seats=drawn,
        second=FROM_VIENTIANE[0],
    )
    able = [seat for seat in drawn if seat not in NOT_YET]
    settled, disputed, waiting = able[1], able[-2], able[-1]
    for seat in (seat for seat in drawn if seat != waiting):
        said = {
            settled: ("not_yet_competent", "The photo shows the forks raised while it was checked."),
            disputed: ("not_yet_competent", "I count one box fewer than the waybill says."),
        }.get(seat, ("not_yet_competent", "As the checklist says") if seat in NOT_YET else ("competent", ""))
        add_act(
            book, "second_judgements", "2024-01-12 15:30+07:00", FROM_VIENTIANE[1], **_case(seat), result=said[0], note=said[1],
        )  # fmt: skip
    add_act(
        book, "disagreements_settled", "2024-01-18 11:00+08:00", "secretariat", **_case(settled), settling="first_stands",
        reason="The forks were raised for the check of the chain, as the manual asks. Both assessors have looked at it again.",
    )  # fmt: skip


def _appeals(book: Book) -> None:
    panel = {"chair": "P-0011", "members": ["P-0014", "P-0017"]}
    here = _case(CONTESTS)
    add_act(
        book, "appeals_lodged", "2024-01-04 09:30+08:00", "secretariat", **here,
        grounds="ກ່ອງໃນຮູບບໍ່ແມ່ນກ່ອງຂອງຂ້ອຍ. ຂ້ອຍຈັດວາງຢູ່ຖັນທີສອງ.",
    )  # fmt: skip
    add_act(book, "panels_named", "2024-01-09 15:00+08:00", "secretariat", **here, **panel)
    add_act(
        book, "appeals_ruled", "2024-01-16 16:30+08:00", "secretariat", **here, ruling="upheld",
        reasons="The photo shows another row of the rack than the one on the task sheet. The learner is assessed again by somebody else.",
    )  # fmt: skip
    add_act(
        book, "appeals_lodged", "2024-01-05 10:00+08:00", "secretariat", **_case(SILENT), grounds="ຂ້ອຍຕື່ນເຕັ້ນ ແລະ ຕອບບໍ່ທັນ.",
    )  # fmt: skip
    add_act(book, "appeals_withdrawn", "2024-01-11 09:10+08:00", "secretariat", **_case(SILENT))
    add_act(
        book, "appeals_lodged", "2024-01-30 09:20+08:00", "secretariat", **_case(SILENT, 2),
        grounds="ຂ້ອຍບອກສອງເຫດຜົນແລ້ວ ແຕ່ຂຽນໄວ້ເຫດຜົນດຽວ.",
    )  # fmt: skip
    add_act(book, "panels_named", "2024-02-01 10:00+08:00", "secretariat", **_case(SILENT, 2), **panel)


def _second_attempts(book: Book) -> None:
    """Of those who were not able yet, only what is missing; whose decision was overturned is judged by somebody else."""
    on = datetime(2024, 1, 23, 11, 30)
    _judge(book, FORGOT, 2, HERE, on, note="ຄັ້ງນີ້ກວດຄົບທຸກຂໍ້.", only=("1.1",))
    _judge(book, SILENT, 2, HERE, on, note="ຍັງບອກໄດ້ແຕ່ເຫດຜົນດຽວ.", only=("2.1",), missing="2.1")
    _judge(book, CONTESTS, 2, FROM_VIENTIANE, on, note="ວາງໝັ້ນດີ ແລະ ນັບຖືກ.")
    add_act(
        book,
        "made_final",
        "2024-01-25 15:00+07:00",
        HERE[1],
        cohort=CLASS,
        unit=UNIT,
        attempt=2,
        seats=[FORGOT, CONTESTS, SILENT],
    )


def _papers(book: Book) -> None:
    """The second unit has begun: five are judged, with a witness of the company; one photo is still on a phone, one signature is missing."""
    sent = laos(datetime(2024, 1, 31, 16, 50))
    for seat in (1, 2, 3, 4, 10):
        here = _case(seat, unit=PAPERS)
        kind = "evidence_on_its_way" if seat == 4 else "evidence"
        add_act(
            book, kind, sent, HERE[1], **here, file=f"{CLASS}-papers-{seat:02}.png".lower(),
            caption="The papers of one wagon", criteria=["1.1"],
        )  # fmt: skip
        for code in ("1.1", "1.2", "2.1"):
            add_act(
                book, "judgements", sent, HERE[1], **here, assessor=HERE[0], result="competent",
                note="ເອກະສານຄົບ ແລະ ຕົວເລກຕົງກັນ.", criterion=code, found="met",
            )  # fmt: skip
        add_act(
            book,
            "signatures",
            sent,
            HERE[1],
            **here,
            role="assessor",
            name=NAMES[HERE[0]],
        )
        add_act(
            book,
            "signatures",
            sent,
            HERE[1],
            **here,
            role="learner",
            name=name_at(book, CLASS, seat),
        )
        if seat != 10:
            add_act(
                book,
                "signatures",
                sent,
                HERE[1],
                **here,
                role="witness",
                name=WITNESS,
                company=COMPANY,
            )


def _case(seat: int, attempt: int = 1, *, unit: str = UNIT) -> dict[str, object]:
    return {"cohort": CLASS, "seat": seat, "unit": unit, "attempt": attempt}
