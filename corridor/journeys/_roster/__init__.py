"""What the records of a package of OneRoster are here: persons, cohorts and places (docs/rules/oneroster.md)."""
