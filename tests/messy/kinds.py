"""Kinds of files: who writes the variant and under which name."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import plain_files
import workbooks
from returns import one_sheet
from variants import add

SEPARATORS = {"tab": "\t", ",": ",", ";": ";"}
ENDINGS = {
    "openpyxl": "xlsx",
    "xlsxwriter": "xlsx",
    "xlsxwriter-inline": "xlsx",
    "xlwt": "xls",
    "html": "xls",
    "xml2003": "xls",
    "html-entities": "xls",
}
WRITERS = {
    "openpyxl": workbooks.with_openpyxl,
    "xlsxwriter": workbooks.with_xlsxwriter,
    "xlsxwriter-inline": partial(workbooks.with_xlsxwriter, inline=True),
    "xlwt": workbooks.with_xlwt,
    "html": plain_files.write_html,
    "html-entities": partial(plain_files.write_html, entities=True),
    "xml2003": plain_files.write_xml2003,
}


@dataclass(frozen=True)
class Conversion:
    """A file that LibreOffice is to make."""

    ending: str
    path: Path


def ending(kind):
    """The ending of a kind's file.

    Kinds: a writer's name, `lo:<ending>`, `csv:<encoding>:<separator>`; `@<ending>` behind gives another ending.
    """
    kind, _, disguise = kind.partition("@")
    if disguise:
        return disguise
    first, *rest = kind.split(":")
    return rest[0] if first == "lo" else "csv" if first == "csv" else ENDINGS[kind]


def write(book, kind, path):
    """Writes a book, or gives the conversion that will."""
    kind = kind.partition("@")[0]
    first, *rest = kind.split(":")
    if first == "lo":
        return Conversion(rest[0], path)
    if first == "csv":
        plain_files.write_csv(book, path, rest[0], SEPARATORS[rest[1]])
    elif first == "html" and rest:
        plain_files.write_html(book, path, rest[0])
    else:
        WRITERS[kind](book, path)
    return None


def all_texts(ret):
    """What holds texts only: dates and numbers may be listed as read from text, or not."""
    cells = sum(len(row) for table in ret.both() for row in table.rows) + 20
    ret.expect.repaired("text-date", 0, cells)
    ret.expect.repaired("text-number", 0, cells)


def half_composed(ret):
    """Windows-1258 holds letters and tones apart: putting them together may be listed, or belong to the decoding."""
    ret.expect.repaired("composed", 0, 30)


def disguised(ret):
    """The name says another format."""
    ret.expect.notes.add("other-format")


def single(ret):
    """One sheet with cover, trainees and command below each other."""
    ret.compose = one_sheet


PLAIN = [
    ("xlsx-openpyxl", "openpyxl"),
    ("xlsx-xlsxwriter", "xlsxwriter"),
    ("xlsx-inline-strings", "xlsxwriter-inline"),
    ("xls-xlwt", "xlwt"),
    ("xlsx-libreoffice", "lo:xlsx"),
    ("xlsm-libreoffice", "lo:xlsm"),
    ("xls-libreoffice", "lo:xls"),
    ("ods-libreoffice", "lo:ods"),
    ("xlsm-named", "openpyxl@xlsm"),
]
for name, kind in PLAIN:
    add(f"kind-{name}", f"As it should be, written by {kind.partition(':')[2] or kind}", kind=kind)
for name, kind in [
    ("xlsx-named-xls", "openpyxl@xls"),
    ("xls-named-xlsx", "xlwt@xlsx"),
    ("ods-named-xlsx", "lo:ods@xlsx"),
    ("ods-named-xls", "lo:ods@xls"),
    ("xml2003-named-xls", "xml2003"),
]:
    add(f"kind-{name}", "Another format than the name says", disguised, kind=kind)
for name, kind in [
    ("html-named-xls", "html"),
    ("html-entities-named-xls", "html-entities"),
    ("html-windows-1258-named-xls", "html:windows-1258@xls"),
    ("html-libreoffice-named-xls", "lo:html@xls"),
    ("csv-named-xls", "csv:utf-8-bom:tab@xls"),
    ("csv-named-xlsx", "csv:utf-8:,@xlsx"),
]:
    steps = (single, all_texts, disguised, half_composed) if "1258" in kind else (single, all_texts, disguised)
    add(f"kind-{name}", "A text under the name of a workbook, all on one sheet", *steps, kind=kind)
add("kind-html-three-tables", "HTML with a table for each sheet", all_texts, disguised, kind="html")
add("kind-xml2003", "SpreadsheetML 2003 under its own name", kind="xml2003@xml")
for encoding in ("utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "windows-1258"):
    for separator in SEPARATORS:
        name = {"tab": "tab", ",": "comma", ";": "semicolon"}[separator]
        steps = (single, all_texts, half_composed) if "1258" in encoding else (single, all_texts)
        add(f"kind-csv-{encoding}-{name}", f"CSV in {encoding}, {name}", *steps, kind=f"csv:{encoding}:{separator}")
add("kind-tsv", "Tab-separated text named .txt", single, all_texts, kind="csv:utf-16-le:tab@txt")
add("kind-one-sheet", "Cover and both tables on one sheet", single)
add("kind-one-sheet-xls", "Cover and both tables on one sheet", single, kind="xlwt")


def calendar_1904(ret):
    """The calendar of old Macintosh workbooks."""
    ret.finish.append(lambda book: setattr(book, "date1904", True))


add("kind-1904-xlsx", "1904 calendar", calendar_1904, kind="openpyxl")
add("kind-1904-xlsxwriter", "1904 calendar", calendar_1904, kind="xlsxwriter")
add("kind-1904-xls", "1904 calendar", calendar_1904, kind="xlwt")
