"""The steps of an import: received, prepared, checked, written, taken back, forgotten."""
