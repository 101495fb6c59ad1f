"""What stands at the sites, and what parties still owe: kept by hand in pools/equipment.txt and pools/obligations.txt."""

from .tables import Book, pool

COLUMNS = {
    "equipment": "site,kind,inventory_number,count,acquired_on,status,since,reason,document",
    "obligations": "reference,agreement,member,what,due_on,status,settled_on,reason,evidence",
}


def write(book: Book) -> None:
    for table, columns in COLUMNS.items():
        book.open(table, columns)
        for cells in pool(table):
            book.add(table, **dict(zip(columns.split(","), cells, strict=False)))
