"""What stands at the sites, what parties owe and how they kept it, and money promised and paid: kept by hand, each table in its file in pools/."""

from datetime import date

from .references import References
from .tables import Book, draws, pool

# Machines with an hour meter, and about how many hours they run in a month.
METERS = {
    "LGT-0101": 34,
    "LGT-0102": 61,
    "LGT-0103": 12,
    "RY-17": 118,
    "RY-18": 44,
    "LP-01": 29,
    "LP-02": 25,
    "SK-03": 52,
}

COLUMNS = {
    "equipment": (
        "site,kind,inventory_number,count,acquired_on,status,since,reason,document,owner,donor,value,currency,serial,condition,"
        "calibration_months,running_costs_by,mended_by"
    ),
    "acceptance_criteria": "brand,code,text_en,text_zh-Hans,text_lo",
    "listing_reviews": (
        "site,brand,held_on,panel,verdict,valid_until,criterion,met,words,put_right,owner,due_on,done_on"
    ),
    "site_rooms": "site,name,capacity",
    "site_addresses": "site,address_en,address_zh-Hans,address_lo",
    "spare_parts": "site,number,name,fits,stock,reorder_level",
    "part_movements": "site,number,moved_on,change,reason",
    "faults": (
        "site,inventory_number,reported_on,what,words,settled_on,settled_as,repair_began_on,repaired_by,repair,cost,currency,"
        "paid_by,parts_used"
    ),
    "calibrations": "site,inventory_number,calibrated_on,done_by,result,document",
    "instructions": "site,inventory_number,held_on,given_by,people,what",
    "unit_needs": "curriculum,version,unit,kind,count,asked_from",
    "licences": "person,curriculum,version,units,starts_on,ends_on,granted_by",
    "capability_exceptions": "site,curriculum,version,unit,starts_on,ends_on,reason",
    "obligations": (
        "reference,agreement,member,what,due_on,every_months,shown_by,status,settled_on,reason,evidence,record_kind,record"
    ),
    "obligation_occurrences": "obligation,settled_as,settled_on,reason,evidence,record_kind,record",
    "commitments": "reference,payer,payee,agreement,amount,currency,purpose,what,pledged_on,disclosure,source_mark,source,document",
    "commitment_contracts": "commitment,contracted_on,due_on,amount,document",
    "commitment_movements": "commitment,kind,on,amount,document,reason",
    "commitment_withdrawals": "commitment,on,reason",
    "exchange_rates": "of,into,on,value,source",
    "programme_funding": "programme,starts_on,commitment,share",
}


def write(book: Book, refer: References) -> None:
    for table, columns in COLUMNS.items():
        book.open(table, columns)
        for cells in pool(table):
            named = [refer(cell) if cell.startswith("@") else cell for cell in cells]
            book.add(table, **dict(zip(columns.split(","), named, strict=False)))
    _write_readings(book)


def _write_readings(book: Book) -> None:
    """What each meter showed at the end of a quarter, until the machine stopped."""
    book.open("use_readings", "site,inventory_number,read_on,hours")
    ends = [date(year, month, day) for year in (2022, 2023) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))]
    for row in book.rows("equipment"):
        monthly = METERS.get(row["inventory_number"])
        if monthly is None:
            continue
        random, tenths, begun = draws(f"hours {row['inventory_number']}"), 0, date.fromisoformat(row["acquired_on"])
        for day in (each for each in ends if each > begun):
            months = min(3, (day - begun).days // 30 + 1)
            tenths += round(monthly * months * random.uniform(7.5, 12.5))
            book.add(
                "use_readings", site=row["site"], inventory_number=row["inventory_number"], read_on=day,
                hours=f"{tenths // 10}.{tenths % 10}",
            )  # fmt: skip
