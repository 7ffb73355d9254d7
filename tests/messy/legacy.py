"""Vietnamese encodings of the time before Unicode and the half-composed text of Windows-1258.

`data/tcvn3_to_unicode.csv` and `data/vni_to_unicode.csv` are rebuilt from public tables (TCVN 5712:1993; VNI Software).
"""

import csv
import unicodedata
from pathlib import Path

DATA = Path(__file__).parent / "data"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def table(name, column):
    """From a Unicode letter to how a legacy text shows it when its bytes are taken for Latin letters."""
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return {row["unicode"]: row[column] for row in csv.DictReader(file)}


TCVN3 = table("tcvn3_to_unicode.csv", "seen_as_cp1252")
VNI = table("vni_to_unicode.csv", "vni_sequence")


def encode(text, letters):
    """A text in a legacy encoding; a capital that the encoding lacks becomes a small letter, as people type it."""
    return "".join(c if c.isascii() else letters[c] if c in letters else letters.get(c.lower(), c) for c in text)


def tcvn3(text):
    """TCVN3."""
    return encode(text, TCVN3)


def tcvn3_capitals(text):
    """TCVN3 for a font of capitals only: typed in small letters."""
    return encode(text.lower(), TCVN3)


def vni(text):
    """VNI."""
    return encode(text, VNI)


def half_composed(text):
    """Letters composed, tones apart: what Windows-1258 keyboards give."""
    parts = []
    for c in text:
        marks = unicodedata.normalize("NFD", c)
        tones = "".join(mark for mark in marks if mark in TONES)
        parts.append(unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES)) + tones)
    return "".join(parts)


def windows_1258(text):
    """The bytes of a text in Windows-1258."""

    def byte(c):
        try:
            return c.encode("cp1258")
        except UnicodeEncodeError:
            return half_composed(c).encode("cp1258")

    return b"".join(byte(c) for c in text)
