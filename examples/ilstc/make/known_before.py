"""What learners could do before they came (living/): claimed, talked about and recognised, and the files that they add to their own place."""

from .acts import add_act
from .judged import FROM_VIENTIANE, RUNNING
from .tables import Book


def write(book: Book) -> None:
    for name, columns in {
        "own_files": "at,by,cohort,seat,unit,file,words",
        "own_files_taken": "at,by,cohort,seat,unit,attempt,file,criteria",
        "prior_claimed": "at,by,cohort,seat,unit,claim",
        "prior_interviews": "at,by,cohort,seat,unit,assessor,note",
        "prior_recognised": "at,by,cohort,seat,unit,note",
        "prior_declined": "at,by,cohort,seat,unit,reason",
    }.items():
        book.open(f"living/{name}", columns)
    _before(book)


def _before(book: Book) -> None:
    """What learners at Vientiane could do before they came, and what the one with an account adds to her own place."""
    assessor, account = FROM_VIENTIANE
    for seat, unit, at, claim in (
        (12, "VI-08", "2024-01-16 10:00+08:00", "Four years at a bus depot in Savannakhet, two of them on electrics."),
        (28, "VI-05", "2024-01-17 10:00+08:00", "Helped to measure smoke at the yearly check of the village."),
        (18, "VI-08", "2024-01-22 10:00+08:00", "ສ້ອມແປງລົດຈັກຢູ່ບ້ານຫ້າປີ."),
    ):
        add_act(book, "prior_claimed", at, "secretariat", cohort=RUNNING, seat=seat, unit=unit, claim=claim)
    for seat, unit, at, note in (
        (12, "VI-08", "2024-01-23 14:00+07:00", "Asked about charging current and wheel bearings. Answered in detail, with the order of work."),
        (28, "VI-05", "2024-01-23 15:00+07:00", "Knows the probe; could not say what lambda tells."),
        (18, "VI-08", "2024-01-31 16:00+07:00", "Knows batteries of motorcycles well. To bring something that shows work on cars."),
    ):  # fmt: skip
        add_act(
            book, "prior_interviews", at, account, cohort=RUNNING, seat=seat, unit=unit, assessor=assessor, note=note
        )
    add_act(
        book, "evidence", "2024-01-23 14:25+07:00", account, cohort=RUNNING, seat=12, unit="VI-08", attempt=1, file="depot-letter.png",
        caption="Letter of the depot, seen in the original",
    )  # fmt: skip
    add_act(
        book, "prior_recognised", "2024-01-24 09:00+07:00", account, cohort=RUNNING, seat=12, unit="VI-08",
        note="The depot confirms four years; the interview bears it out.",
    )  # fmt: skip
    add_act(book, "made_final", "2024-01-26 09:00+07:00", account, cohort=RUNNING, unit="VI-08", attempt=1, seats=[12])
    add_act(
        book, "prior_declined", "2024-01-24 09:20+07:00", account, cohort=RUNNING, seat=28, unit="VI-05",
        reason="Nothing shows measuring with a four-gas analyser. Come to the lessons; it is assessed with the others.",
    )  # fmt: skip
    add_act(
        book,
        "releases",
        "2024-01-29 16:40+07:00",
        account,
        cohort=RUNNING,
        unit="VI-01",
        release_at="2024-01-30 09:00+07:00",
    )
    for file, at, words in (
        ("garage-battery.png", "2024-01-30 19:05+07:00", "ຂ້ອຍວັດໝໍ້ໄຟຢູ່ອູ່ຂອງລຸງ ທີ່ວຽງຈັນ"),
        ("garage-wheel.png", "2024-01-30 19:08+07:00", "ປ່ຽນລູກປືນລໍ້, ເດືອນສິງຫາ 2023"),
    ):
        add_act(book, "own_files", at, "learner", cohort=RUNNING, seat=1, unit="VI-08", file=file, words=words)
    add_act(
        book, "own_files_taken", "2024-02-01 16:30+07:00", account, cohort=RUNNING, seat=1, unit="VI-08", attempt=1,
        file="garage-battery.png",
    )  # fmt: skip
