"""
One data call of March 2023: most members answered in time, some late, some not at all. The next is a draft, and one member is proposed to rest.

Every answer is invented.
"""

from datetime import date, datetime, timedelta

from .tables import Book, draws

CALL, DRAFT = "DTC-2023-0001", "DTC-2024-0001"
OPENED_ON, DUE_ON, CLOSED_ON = date(2023, 3, 1), date(2023, 3, 31), date(2023, 6, 30)
# The deadline moved nobody who was silent after two reminders; it was suspended in May and stays asked.
SILENT = {"kaendara-technology-college"}
IN_TIME, LATE = 0.84, 0.92
QUESTIONS = (
    {
        "kind": "figure", "need": "required", "code": "demand.posts_stated", "dimension": "employer",
        "first_day": "2022-01-01", "last_day": "2022-12-31", "text_en": "Posts that you said you need, in 2022",
        "text_zh": "贵单位2022年提出的用工岗位数", "text_lo": "ຕຳແໜ່ງງານທີ່ທ່ານແຈ້ງວ່າຕ້ອງການ ໃນປີ 2022",
    },
    {
        "kind": "number", "need": "required", "unit": "persons", "text_en": "Teachers and trainers, full time",
        "text_zh": "专任教师和培训师人数", "text_lo": "ຄູສອນ ແລະ ຄູຝຶກ ເຕັມເວລາ",
    },
    {
        "kind": "yes_no", "need": "required", "text_en": "Did you train learners from another country in 2022?",
        "text_zh": "2022年是否培训过其他国家的学员？", "text_lo": "ໃນປີ 2022 ທ່ານໄດ້ຝຶກຜູ້ຮຽນຈາກປະເທດອື່ນບໍ?",
    },
    {
        "kind": "choice", "need": "required", "text_en": "What do you need most from the alliance?",
        "text_zh": "贵单位最需要联盟提供什么？", "text_lo": "ທ່ານຕ້ອງການຫຍັງຈາກພັນທະມິດຫຼາຍທີ່ສຸດ?",
        "choices": "teachers=Trained teachers;equipment=Equipment;curricula=Curricula;language=Language courses;partners=Employers as partners",
    },
    {
        "kind": "text", "need": "optional", "text_en": "What should the next conference speak about?",
        "text_zh": "下一届年会应讨论什么？", "text_lo": "ກອງປະຊຸມຄັ້ງຕໍ່ໄປຄວນເວົ້າເຖິງຫຍັງ?",
    },
)  # fmt: skip
WISHES = (
    "教师互派的费用由谁承担", "ການຝຶກຄູສອນໃນບ່ອນເຮັດວຽກ", "Certificates that employers in both countries read", "การฝึกงานข้ามพรมแดน",
    "Pelatihan bahasa untuk instruktur", "Spare parts for the workshops", "实训设备的维护", "", "", "", "",
)  # fmt: skip
REASON = "Ten posts were asked for by telephone and never written down"
ANSWERS = ("teachers", "equipment", "curricula", "language", "partners")


def write(book: Book) -> None:
    book.open("data_calls", "reference,drafted_on,due_on,kind,country,title_en,title_zh,title_lo")
    book.add("data_calls", reference=CALL, drafted_on=date(2023, 2, 20), due_on=DUE_ON, title_en="Yearly numbers for 2022",
             title_zh="2022年度数据填报", title_lo="ຕົວເລກປະຈຳປີ 2022")  # fmt: skip
    book.add("data_calls", reference=DRAFT, drafted_on=date(2024, 1, 29), due_on=date(2024, 3, 31), title_en="Yearly numbers for 2023",
             title_zh="2023年度数据填报", title_lo="ຕົວເລກປະຈຳປີ 2023")  # fmt: skip
    book.open(
        "data_call_questions", "call,kind,need,text_en,text_zh,text_lo,unit,choices,code,dimension,first_day,last_day"
    )
    for question in QUESTIONS:
        book.add("data_call_questions", call=CALL, **question)
    for question in QUESTIONS[1:4]:
        words = {name: text.replace("2022", "2023") for name, text in question.items()}
        book.add("data_call_questions", call=DRAFT, **words)
    book.open("data_call_openings", "call,opened_on")
    book.add("data_call_openings", call=CALL, opened_on=OPENED_ON)
    book.open("data_call_answers", "call,organisation,position,value,counted,reason,sent_at")
    _answers(book)
    book.open("data_call_closings", "call,closed_on")
    book.add("data_call_closings", call=CALL, closed_on=CLOSED_ON)
    book.open("proposals", "organisation,to_status,proposed_on,reason")
    book.add("proposals", organisation="liting-vocational-college", to_status="dormant", proposed_on=date(2024, 1, 22),
             reason="Two years a member, and the records show nothing; two letters stayed without an answer")  # fmt: skip


def _answers(book: Book) -> None:
    draw, posts = draws("data_calls"), _posts(book)
    kinds = {row["reference"]: row["kind"] for row in book.rows("members")}
    for member in _active(book):
        luck, days, minutes = draw.random(), draw.randrange(30), draw.randrange(9 * 60)
        staff, wish, abroad, need = draw.randrange(12, 240), draw.choice(WISHES), draw.random(), draw.choice(ANSWERS)
        if member in SILENT or luck > LATE:
            continue
        day = OPENED_ON + timedelta(days=days) if luck < IN_TIME else DUE_ON + timedelta(days=1 + days)
        sent_at = datetime(day.year, day.month, day.day, 9) + timedelta(minutes=minutes)
        counted = posts.get(member, 0)
        is_other = counted > 0 and days % 2 == 0
        values = [
            counted + 10 * is_other,
            staff,
            "yes" if abroad < 0.55 and kinds[member] == "school" else "no",
            need,
            wish,
        ]
        for position, value in enumerate(values, start=1):
            if value != "":
                book.add("data_call_answers", call=CALL, organisation=member, position=position, value=value,
                         counted=counted if position == 1 else "", reason=REASON if is_other and position == 1 else "",
                         sent_at=sent_at.strftime("%Y-%m-%d %H:%M"))  # fmt: skip


def _posts(book: Book) -> dict[str, int]:
    """What the statements of 2022 give for each employer: one that was restated by its end counts no more."""
    stated = [row for row in book.rows("demand") if row["stated_on"].startswith("2022")]
    restated = {row["replaces"] for row in stated}
    found: dict[str, int] = {}
    for row in stated:
        if row["reference"] not in restated:
            found[row["employer"]] = found.get(row["employer"], 0) + int(row["posts"])
    return found


def _active(book: Book) -> list[str]:
    last: dict[str, str] = {}
    for row in book.rows("memberships"):
        if row["effective_on"] <= OPENED_ON.isoformat():
            last[row["organisation"]] = row["to_status"]
    return sorted(member for member, status in last.items() if status == "active")
