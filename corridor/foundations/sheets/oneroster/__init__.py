"""
Packages of OneRoster 1.2 (1EdTech, CSV binding): a ZIP of tables about organisations, people, classes and enrolments.

The format alone: what a package must look like, every fault in one that does not, and how one is written. What its records mean here
is told in journeys/import_roster.py and journeys/export_roster.py.
"""

from .packages import read_package
from .records import Package, Record, Table
from .writing import write_package

__all__ = ["Package", "Record", "Table", "read_package", "write_package"]
