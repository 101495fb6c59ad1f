"""What stands at the sites, and what parties owe and how they kept it: kept by hand, each table in its file in pools/."""

from .tables import Book, pool

COLUMNS = {
    "equipment": "site,kind,inventory_number,count,acquired_on,status,since,reason,document",
    "obligations": (
        "reference,agreement,member,what,due_on,every_months,shown_by,status,settled_on,reason,evidence,record_kind,record"
    ),
    "obligation_occurrences": "obligation,settled_as,settled_on,reason,evidence,record_kind,record",
}


def write(book: Book) -> None:
    for table, columns in COLUMNS.items():
        book.open(table, columns)
        for cells in pool(table):
            book.add(table, **dict(zip(columns.split(","), cells, strict=False)))
