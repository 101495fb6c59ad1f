"""An edition as a folder: what anyone may read, the rows for auditors, and a check that needs nothing but the folder."""
