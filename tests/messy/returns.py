"""A district's return of known content as tables that a variant changes, and what the variant then expects."""

import csv
import tomllib
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from grid import Book, Sheet

HERE = Path(__file__).parent
FORM = tomllib.loads((HERE.parent.parent / "templates/chqs-xa/form.toml").read_text("utf-8"))
SHAPES = {table["name"]: table for table in FORM["table"]}
FIELDS = {name: [one for one in shape["field"] if "derived" not in one] for name, shape in SHAPES.items()}
LABELS = {name: {one["name"]: one["label"]["vi"] for one in fields} for name, fields in FIELDS.items()}
TYPES = {name: {one["name"]: one["type"] for one in fields} for name, fields in FIELDS.items()}
SHEETS = {name: shape["sheet"]["vi"] for name, shape in SHAPES.items()}


def typed(text, kind):
    """A cell of the known content as the district types it: dates and numbers as such, the rest as text."""
    if text == "":
        return None
    return date.fromisoformat(text) if kind == "date" else int(text) if kind == "number" else text


def known(table):
    """The rows of the known content, by field name."""
    names = {label: name for name, label in LABELS[table].items()}
    with open(HERE / f"known/{table}.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{names[label]: typed(text, TYPES[table][names[label]]) for label, text in row.items()} for row in rows]


def known_cover():
    """Labels and values of the cover."""
    with open(HERE / "known/thong_tin.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))[1:]
    kinds = ["text"] * 3 + ["date"] + ["text"] * 3 + ["number"] * 5
    return [(label, typed(value, kind)) for (label, value), kind in zip(lines, kinds, strict=True)]


@dataclass
class Column:
    """A column of a table: its titles from the top row of the header to the last, and its value in a row."""

    titles: tuple
    value: object
    fields: tuple = ()


@dataclass
class Line:
    """A row that is no person: cells by field name or column number, and what it may be taken for."""

    cells: dict
    taken_for: tuple = ("footer", "remark")
    merge: int = 0


def own(table, name, title=None):
    """The usual column of a field."""
    return Column((title or LABELS[table][name],), lambda row: row[name], (name,))


@dataclass
class Table:
    """A table of the return: rows by field name, columns, and body lines (a number stands for that row)."""

    name: str
    rows: list
    columns: list = field(default_factory=list)
    body: list = field(default_factory=list)
    above: list = field(default_factory=list)
    numbering: object = "({})"
    sheet: str = ""
    left: int = 0
    merged: tuple = ()

    def at(self, name):
        """The position of a field's column."""
        return next(at for at, column in enumerate(self.columns) if name in column.fields)

    def column(self, name):
        """A field's column."""
        return self.columns[self.at(name)]

    def height(self):
        """How many rows the header has."""
        return max(len(column.titles) for column in self.columns)

    def render(self, sheet, top=0, body=None):
        """Puts the table on a sheet; gives the first free row and the sheet rows of the table's rows."""
        at = top
        for line in self.above:
            for column, text in enumerate(line):
                sheet.put(at, self.left + column, text)
            at += 1
        head = at
        at = self.header(sheet, at)
        first, places = at, {}
        for line in self.body if body is None else body:
            if isinstance(line, int):
                places[line] = at
            self.line(sheet, at, line)
            at += 1
        for name in self.merged:
            merge_equal(sheet, self.left + self.at(name), sorted(places.values()))
        sheet.boxes.append(
            (head, first, max(places.values(), default=first - 1) + 1, self.left, self.left + len(self.columns))
        )
        for column, one in enumerate(self.columns, self.left):
            width = next((field["width"] for field in FIELDS[self.name] if field["name"] in one.fields), 8)
            sheet.widths[column] = max(width, sheet.widths.get(column, 0))
        return at, places

    def header(self, sheet, at):
        """Puts header and numbering row; equal titles side by side are merged, short ones merged down."""
        height = self.height()
        for column, one in enumerate(self.columns, self.left):
            for level, title in enumerate(one.titles):
                sheet.put(at + level, column, title)
            if len(one.titles) < height and one.titles[-1]:
                sheet.merges.append((at + len(one.titles) - 1, column, at + height - 1, column))
        for level in range(height - 1):
            merge_across(sheet, at + level, level, self)
        at += height
        if self.numbering:
            for column in range(len(self.columns)):
                text = self.numbering(column) if callable(self.numbering) else self.numbering.format(column + 1)
                sheet.put(at, self.left + column, int(text) if text.isdigit() else text)
            at += 1
        return at

    def line(self, sheet, at, line):
        """Puts one body line."""
        if isinstance(line, int):
            for column, one in enumerate(self.columns, self.left):
                sheet.put(at, column, one.value(self.rows[line]))
            return
        for place, value in line.cells.items():
            sheet.put(at, self.left + (place if isinstance(place, int) else self.at(place)), value)
        if line.merge:
            sheet.merges.append((at, self.left, at, self.left + line.merge - 1))


def merge_across(sheet, at, level, table):
    """Merges runs of equal titles in one header row that have other titles below them."""
    start = 0
    for end in range(1, len(table.columns) + 1):
        first = table.columns[start].titles
        same = (
            end < len(table.columns)
            and level < len(first) - 1
            and table.columns[end].titles[: level + 1] == first[: level + 1]
        )
        if same:
            continue
        if end - start > 1:
            for column in range(start + 1, end):
                sheet.cells.pop((at, table.left + column), None)
            sheet.merges.append((at, table.left + start, at, table.left + end - 1))
        start = end


def merge_equal(sheet, column, rows):
    """Merges runs of equal values down a column; only the first keeps its value."""
    start = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and sheet.cells.get((rows[end], column)) == sheet.cells.get((rows[start], column)):
            continue
        if end - start > 1:
            sheet.merges.append((rows[start], column, rows[end - 1], column))
            for row in rows[start + 1 : end]:
                sheet.cells.pop((row, column), None)
        start = end


@dataclass
class Expect:
    """What a variant must give: findings of level warning and above, notes, repairs as (least, most), values, rows."""

    findings: Counter = field(default_factory=Counter)
    notes: set = field(default_factory=set)
    repairs: dict = field(default_factory=dict)
    tables: dict = field(default_factory=dict)
    taken: dict = field(default_factory=dict)
    held: dict = field(default_factory=lambda: {"hoc_vien": set(), "ban_chqs": set()})

    def take(self, kinds):
        """One more row that is to be taken for one of some kinds."""
        for kind in kinds:
            low, high = self.taken.get(kind, (0, 0))
            self.taken[kind] = (low + (len(kinds) == 1), high + 1)

    def repaired(self, kind, least=1, most=None):
        """Adds to the repairs of a kind: exactly `least`, or up to `most`."""
        low, high = self.repairs.get(kind, (0, 0))
        self.repairs[kind] = (low + least, high + (least if most is None else most))


class Return:
    """A return with all that a variant may change: the known content, or the given cover and rows by table."""

    def __init__(self, cover=None, rows=None):
        self.cover = cover or known_cover()
        self.cover_sheet = "Thông tin"
        self.tables = {name: Table(name, rows[name] if rows else known(name), sheet=SHEETS[name]) for name in SHAPES}
        for name, table in self.tables.items():
            table.columns = [own(name, one["name"]) for one in FIELDS[name]]
            table.body = list(range(len(table.rows)))
            table.above = [["", SHAPES[name]["title"]["vi"]], []]
        self.trainees, self.command = self.tables["hoc_vien"], self.tables["ban_chqs"]
        self.expect = Expect(tables={name: deepcopy(table.rows) for name, table in self.tables.items()})
        self.compose = three_sheets
        self.finish = []
        self.places = {}

    def both(self):
        """Both tables."""
        return self.tables.values()

    def book(self):
        """The sheets, with every finishing touch."""
        book = self.compose(self)
        for sheet in book.sheets:
            for _ in sheet.boxes if self.trainees.numbering else ():
                self.expect.take(("numbering",))
            # The titles of a second table stand below the first one.
            for _ in sheet.boxes[1:]:
                self.expect.take(("section", "footer", "remark"))
        for table in self.both():
            for line in table.body:
                if isinstance(line, Line) and line.cells:
                    self.expect.take(line.taken_for)
        for touch in self.finish:
            touch(book)
        return book

    def disguise(self, kind, change, fields, rows=None, most=None):
        """Writes fields otherwise in some or all rows; every cell that differs then counts as a repair of the kind."""
        changed = 0
        for table in self.both():
            for at, row in enumerate(table.rows):
                for name in fields:
                    if name not in row or row[name] is None or (rows is not None and at not in rows):
                        continue
                    written = change(row[name])
                    if written != row[name] or type(written) is not type(row[name]):
                        row[name], changed = written, changed + 1
        assert changed, "the variant changes nothing"
        if kind:
            self.expect.repaired(kind, changed, most)
        return changed

    def expect_value(self, table, at, name, value):
        """The register is to hold another value than the known one."""
        self.expect.tables[table][at][name] = value

    def expect_each(self, change, fields):
        """The register is to hold changed values of some fields in all rows."""
        for rows in self.expect.tables.values():
            for row in rows:
                for name in fields:
                    if row.get(name) is not None:
                        row[name] = change(row[name])


def put_cover(ret, sheet, top=0, left=1):
    """Puts the cover: labels in one column, values beside them; gives the first free row."""
    sheet.put(top, left, "THÔNG TIN BÁO CÁO")
    sheet.put(top + 1, left, "Mẫu: chqs-xa · 2019")
    for at, (label, value) in enumerate(ret.cover, top + 3):
        sheet.put(at, left, label)
        sheet.put(at, left + 1, value)
    sheet.widths |= {left: 52, left + 1: 30}
    return top + 3 + len(ret.cover)


def three_sheets(ret):
    """The usual workbook: cover, trainees, command."""
    cover = Sheet(ret.cover_sheet)
    put_cover(ret, cover)
    book = Book([cover])
    for table in ret.both():
        sheet = Sheet(table.sheet)
        _, ret.places[table.name] = table.render(sheet)
        book.sheets.append(sheet)
    return book


def one_sheet(ret):
    """Cover, trainees and command below each other on one sheet."""
    sheet = Sheet("Báo cáo")
    at = put_cover(ret, sheet, left=0) + 2
    for table in ret.both():
        at, ret.places[table.name] = table.render(sheet, at)
        at += 2
    return Book([sheet])
