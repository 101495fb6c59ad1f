"""
Make ``corridor/web/static/built/`` from the npm packages and our own style sheets. Nothing third-party is committed.

Run by ``./start`` and ``./test`` after the packages stand in ``node_modules``; quick when nothing changed.
Exit codes: 0 made or fresh, 1 something named in our pages does not exist in a package (a sentence says which).
"""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corridor.rooms.credentials.proofs import grammar  # noqa: E402 (the line above finds it)

PACKAGES = ROOT / "node_modules"
WEB = ROOT / "corridor" / "web"
STYLES = WEB / "static" / "corridor" / "css"
BUILT = WEB / "static" / "built"
VERIFIER = WEB / "verifier"
PROOFS = ROOT / "corridor" / "rooms" / "credentials" / "proofs"
PINS = PROOFS / "contexts.json"

FONTS = {
    "noto-sans-latin": "noto-sans/files/noto-sans-latin-wght-normal",
    "noto-sans-lao": "noto-sans-lao/files/noto-sans-lao-lao-wght-normal",
    "noto-sans-khmer": "noto-sans-khmer/files/noto-sans-khmer-khmer-wght-normal",
    "noto-sans-myanmar": "noto-sans-myanmar/files/noto-sans-myanmar-myanmar-wght-normal",
    "noto-sans-thai": "noto-sans-thai/files/noto-sans-thai-thai-wght-normal",
    "noto-sans-sinhala": "noto-sans-sinhala/files/noto-sans-sinhala-sinhala-wght-normal",
    "noto-sans-tamil": "noto-sans-tamil/files/noto-sans-tamil-tamil-wght-normal",
    "noto-nastaliq-urdu": "noto-nastaliq-urdu/files/noto-nastaliq-urdu-arabic-wght-normal",
    "noto-sans-mono-latin": "noto-sans-mono/files/noto-sans-mono-latin-wght-normal",
}

# `{% icon "check" %}`, `icon="check"`, `"icon": "check"`, and the third word of a row in ui/states.py.
ICON_NAMED = re.compile(r"""\bicon["']?\s*[=:]?\s*["']([a-z0-9-]+)["']""")
ICON_OF_STATE = re.compile(r"""Look\(\s*["'][a-z]+["'],\s*["']([a-z0-9-]+)["']""")


def icons_in_use() -> set[str]:
    """Names of the Tabler icons that our templates and our Python name."""
    names: set[str] = set()
    for path in sorted([*WEB.rglob("*.html"), *WEB.rglob("*.py")]):
        text = path.read_text(encoding="utf-8")
        names.update(ICON_NAMED.findall(text))
        names.update(ICON_OF_STATE.findall(text))
    return names


def make_icons() -> list[str]:
    """Write one sprite with a ``<symbol>`` per icon in use; return the names that Tabler does not have."""
    symbols, missing = [], []
    for name in sorted(icons_in_use()):
        source = PACKAGES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        if not source.exists():
            missing.append(name)
            continue
        _before, _start, drawing = source.read_text(encoding="utf-8").partition("<svg")
        drawing = drawing.partition(">")[2].rpartition("</svg>")[0]
        inside = re.sub(r"\s+", " ", drawing).replace("> <", "><").strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>')
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"
    (BUILT / "icons.svg").write_text(sprite, encoding="utf-8")
    return missing


def make_style() -> None:
    """
    Join our style sheets, in the order of their names, into one file.

    The dark tokens are written once; here they are said a second time for readers whose system is dark and who have
    chosen nothing, so that dark works without script.
    """
    parts = []
    for path in sorted(STYLES.glob("*.css")):
        text = path.read_text(encoding="utf-8")
        parts.append(text)
        if "tokens-dark" in path.name:
            unchosen = text.replace('[data-bs-theme="dark"]', ":root:not([data-bs-theme])")
            parts.append("@media screen and (prefers-color-scheme: dark) {\n" + unchosen + "}\n")
    style = "".join(parts).replace("../../built/", "")
    (BUILT / "corridor.css").write_text(style, encoding="utf-8")


def make_tabler() -> None:
    """Copy Tabler's style sheets without the comment that names a source map we do not serve."""
    for name in ("tabler.min.css", "tabler.rtl.min.css"):
        text = (PACKAGES / "@tabler" / "core" / "dist" / "css" / name).read_text(encoding="utf-8")
        (BUILT / name).write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text), encoding="utf-8")


def make_scripts() -> None:
    """Copy the one script that is not ours: idb, with which the registers on a phone are kept."""
    shutil.copyfile(PACKAGES / "idb" / "build" / "umd.js", BUILT / "idb.js")


def make_contexts() -> list[str]:
    """The vocabularies of certificates with their sums, for the verifier in the browser; return those that are not the pinned ones."""
    found, missing = {}, []
    for address, pin in json.loads(PINS.read_text(encoding="utf-8")).items():
        raw = (PACKAGES / pin["file"]).read_bytes()
        if hashlib.sha256(raw).hexdigest() != pin["sha256"]:
            missing.append(address)
            continue
        text = raw.decode()
        # One package ships its tables as JavaScript modules whose exported value is plain JSON.
        told = text.partition("module.exports =")[2].rstrip("; \n") if pin["file"].endswith(".js") else text
        found[address] = {"sha256": pin["sha256"], "document": json.loads(told)}
    (BUILT / "contexts.json").write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return missing


def make_grammar() -> None:
    """What a certificate looks like, as the verifier of the server has it."""
    told = {kind: {key: _told(rule) for key, rule in rules.items()} for kind, rules in grammar.GRAMMAR.items()}
    (BUILT / "grammar.json").write_text(json.dumps(told, separators=(",", ":")), encoding="utf-8")


def _told(rule: object) -> dict[str, object]:
    if isinstance(rule, grammar.One):
        return {"of": "many" if isinstance(rule, grammar.Many) else "one", "kind": rule.kind}
    if isinstance(rule, grammar.OneOf):
        return {"of": "one of", "texts": sorted(rule.texts)}
    return {"of": "is", "value": rule.value} if isinstance(rule, grammar.Is) else {"of": rule}


def make_verifier() -> None:
    """The verifier of certificates, what reads codes from a picture, and their page: each one module, with the packages that it uses."""
    for source, name in (("index.js", "verifying.js"), ("scanning.js", "scanning.js"), ("page.js", "verify.js")):
        subprocess.run(
            [
                PACKAGES / ".bin" / "esbuild", VERIFIER / source, "--bundle", "--minify", "--format=esm", "--target=es2022",
                "--log-level=warning", "--legal-comments=none", "--define:global=globalThis", f"--alias:corridor-contexts={BUILT / 'contexts.json'}",
                f"--alias:corridor-grammar={BUILT / 'grammar.json'}", f"--outfile={BUILT / name}",
            ],
            check=True,
        )  # fmt: skip


def make_fonts() -> list[str]:
    """Copy the fonts that our style sheet names; return those that a package does not have."""
    folder = BUILT / "fonts"
    folder.mkdir(exist_ok=True)
    missing = []
    for name, source in FONTS.items():
        path = PACKAGES / "@fontsource-variable" / f"{source}.woff2"
        if path.exists():
            shutil.copyfile(path, folder / f"{name}.woff2")
        else:
            missing.append(name)
    return missing


def make_land() -> None:
    """Write the rings of all land, without borders, as [longitude, latitude] in degrees (land.json)."""
    world = json.loads((PACKAGES / "world-atlas" / "land-110m.json").read_text(encoding="utf-8"))
    (scale_x, scale_y), (shift_x, shift_y) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for deltas in world["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append([round(x * scale_x + shift_x, 1), round(y * scale_y + shift_y, 1)])
        arcs.append(arc)
    rings = []
    for shape in world["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            for indices in polygon:
                ring: list[list[float]] = []
                for index in indices:
                    arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                    ring.extend(arc[1:] if ring else arc)
                rings.append(ring)
    (BUILT / "land.json").write_text(json.dumps(rings, separators=(",", ":")), encoding="utf-8")


def compress() -> None:
    """Leave a compressed copy beside each text, for the server to send to browsers that take one."""
    for path in [*BUILT.glob("*.css"), *BUILT.glob("*.svg"), *BUILT.glob("*.js")]:
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def fingerprint() -> str:
    """What the built files depend on: our sources, the versions of the packages, and this file."""
    seen = hashlib.sha256()
    lock = ROOT / "package-lock.json"
    ours = [path for path in sorted((WEB / "static" / "corridor").rglob("*")) if path.is_file()]
    for path in [Path(__file__), lock, PINS, PROOFS / "grammar.py", *sorted(VERIFIER.glob("*.js")), *ours]:
        seen.update(path.read_bytes())
    seen.update(" ".join(sorted(icons_in_use())).encode())
    return seen.hexdigest()


def main() -> int:
    if not (PACKAGES / "@tabler" / "core").exists():
        print("The npm packages are missing. Run ./start, which installs them.", file=sys.stderr)
        return 1
    stamp = BUILT / "made-from.txt"
    print_of_now = fingerprint()
    if stamp.exists() and stamp.read_text() == print_of_now:
        return 0
    BUILT.mkdir(parents=True, exist_ok=True)
    missing = [f"font {name}" for name in make_fonts()] + [f"icon {name}" for name in make_icons()]
    missing += [f"vocabulary {address}" for address in make_contexts()]
    make_style()
    make_tabler()
    make_scripts()
    make_grammar()
    make_verifier()
    make_land()
    compress()
    if missing:
        print(f"No package has: {', '.join(missing)}.", file=sys.stderr)
        return 1
    stamp.write_text(print_of_now)
    print(f"Style, fonts, icons and the land shape are made: {BUILT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
