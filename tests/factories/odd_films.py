"""A film as a telephone writes it: boxes (ISO/IEC 14496-12), with where and by which device it was made."""


def box(name: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4) + name + body


def make_film(pictures: bytes = b"the pictures") -> bytes:
    head = b"\x00\x00\x00\x00" + (3_800_000_000).to_bytes(4) * 2 + bytes(80)
    told = box(b"udta", box(b"\xa9xyz", b"+17.9667+102.6000/") + box(b"\xa9mod", b"Pixel 4a"))
    track = box(b"trak", box(b"tkhd", head) + box(b"meta", b"Pixel 4a"))
    return box(b"ftyp", b"isommp42") + box(b"moov", box(b"mvhd", head) + track + told) + box(b"mdat", pictures)
