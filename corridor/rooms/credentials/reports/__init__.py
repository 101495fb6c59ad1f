"""
What a verification found, on paper for a personnel file, and signed by the alliance. Nothing is kept here: who was verified, and by whom,
is known to whoever has the file.
"""
