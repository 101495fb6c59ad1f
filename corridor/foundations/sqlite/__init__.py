"""The SQLite of Django, whose writers of one process stand in a line."""
