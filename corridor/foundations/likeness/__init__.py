"""How alike two written names are, across scripts, romanisations and spellings. Pure functions: nothing here reads or writes a record."""
