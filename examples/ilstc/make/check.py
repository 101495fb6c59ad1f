from pathlib import Path
def report(out: Path) -> int:
    return 0
