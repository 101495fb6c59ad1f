"""Registers on paper: printed with boxes and a code, filled by hand, photographed, and read back as a proposal."""
