"""Published curricula are public. The records are those of the scene of training."""

from . import row

ROWS = [
    row("GET", "/curricula/", "200"),
    row("GET", "/curricula/{curriculum}/{version}/", "200"),
    row("GET", "/curricula/{curriculum}/{version}/{unit}/", "200"),
]
