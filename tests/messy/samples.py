"""The samples: the corrected round of `samples/round-2` as eleven districts might really send it.

Each file shows one major kind of mess; merged, they give the same registers as the corrected round.
"""

import unicodedata
from datetime import date, datetime

import openpyxl

import columns
import dates
import encodings_legacy as encodings
import headers
import kinds
import lines
import sheets
import values
import workbooks
from grid import Sheet
from returns import HERE, LABELS, SHEETS, Line, Return

ROUND = HERE.parent.parent / "samples/round-2"


def plain_value(value):
    """A cell of the corrected round: dates without a time."""
    return value.date() if isinstance(value, datetime) else value


def corrected(path):
    """A return of the corrected round."""
    book = openpyxl.load_workbook(path)
    cover = [
        (line[1].rstrip(" *"), plain_value(line[2]))
        for line in book["Thông tin"].iter_rows(min_row=4, max_row=15, max_col=3, values_only=True)
    ]
    rows = {}
    for table, labels in LABELS.items():
        below = book[SHEETS[table]].iter_rows(values_only=True)
        header = next(line for line in below if "STT" in line)
        names = {label: name for name, label in labels.items()}
        fields = [names.get(str(title).rstrip(" *")) for title in header]
        people = [line for line in below if isinstance(line[0], int | float)]
        rows[table] = [
            {name: plain_value(value) for name, value in zip(fields, line, strict=True) if name} for line in people
        ]
    return Return(cover, rows)


def totals(ret):
    """A total row below each table."""
    for table in ret.both():
        table.body.append(Line({1: "Tổng cộng", 5: len(table.rows)}, ("total",)))


def by_commune(ret):
    """A numbered title above the posts of each commune."""
    table, body, seen = ret.command, [], []
    for at in table.body:
        unit = table.rows[at]["don_vi"]
        if unit not in seen:
            seen.append(unit)
            body.append(Line({0: f"{len(seen)}. {unit}"}, ("section",)))
        body.append(at)
    table.body = body


def some_hidden(ret):
    """Rows, a column and the sheet of the command are hidden."""

    def hide(book):
        book.sheets[1].hidden_rows.update(range(9, 15))
        book.sheets[1].hidden_columns.add(4)
        book.sheets[2].state = "hidden"

    ret.finish.append(hide)


def notes_sheet(ret):
    """A sheet of the officer's own."""
    sheet = Sheet("nháp")
    sheet.put(1, 1, "Đã gọi các xã ngày 28/6, còn thiếu số thẻ đảng của 2 đồng chí")
    ret.finish.append(lambda book: book.sheets.append(sheet))


def some(kind, change, fields, every):
    """A step that writes every n-th row otherwise."""
    return lambda ret: ret.disguise(kind, change, fields, set(range(1, 500, every)))


def decompose(text):
    """Letters and marks apart, as some systems give names of files and copied text."""
    return unicodedata.normalize("NFD", text)


def short_date(day):
    """7/3/85."""
    return dates.written(day, year="{:02}", digits="{}") if isinstance(day, date) else day


FLAG_MARKS = some(None, lambda _: "có", values.FLAGS, 3)
FILES = {
    "178": (
        "thanh pho lang son.xls",
        "xlwt",
        headers.education,
        lines.agency_block,
        lines.signature,
        encodings.whole("tcvn3", True),
    ),
    "180": (
        "Trang Dinh - bao cao 6T (final).xlsx",
        "openpyxl",
        sheets.renamed,
        headers.three_rows,
        lines.agency_block,
        totals,
        lines.signature,
    ),
    "181": ("BinhGia_export.xls", "html", kinds.single),
    "182": ("van lang.csv", "csv:utf-16-le:tab", kinds.single, lines.total_row),
    "183": (
        "Cao Lộc (máy Mac).xlsx",
        "xlsxwriter",
        some("composed", decompose, ["ho_ten"], 2),
        some("spaces", lambda text: f"{text}\u00a0 ", ["ho_ten"], 5),
    ),
    "184": ("Văn Quan.xls", "xlwt", columns.ho_ten, columns.date_under, columns.sex_marks, lines.numbers_only),
    "185": (
        "Bắc Sơn 1 trang.xlsx",
        "openpyxl",
        values.ditto_marks,
        by_commune,
        totals,
        sheets.composed(sheets.two_tables),
        notes_sheet,
    ),
    "186": ("huu lung.ods", "lo:ods", some_hidden, headers.line_breaks),
    "187": ("chi-lang-2019.xls", "xml2003", values.lost_zero, dates.text_dates),
    "188": (
        "Loc Binh - VNI.xlsx",
        "openpyxl",
        sheets.composed(sheets.continued(2)),
        lines.formatted_blank_rows,
        encodings.whole("vni", False),
    ),
    "189": (
        "Đình Lập.xls",
        "openpyxl@xls",
        headers.capitals,
        dates.fraction,
        some("two-digit-year", short_date, dates.DATES, 2),
        FLAG_MARKS,
        values.lost_zero,
    ),
}


def make(out):
    """Writes the samples."""
    out.mkdir(parents=True, exist_ok=True)
    jobs = []
    for code, (name, kind, *steps) in FILES.items():
        ret = corrected(next(ROUND.glob(f"{code}-*.xlsx")))
        for step in steps:
            step(ret)
        book = ret.book()
        job = kinds.write(book, kind, out / f"{code} {name}")
        if job:
            jobs.append((book, job))
    workbooks.convert(jobs)
