"""
What people of an alliance did day by day, done again: optional files in ``living/``, each row by the person who did it, in the order of the instants,
through the same actions that the doors use. For ``load_alliance``; a file can do nothing that a door could not.
"""
