"""Sheets of cells, before any writer: what a variant looks like, independent of the file kind."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Formula:
    """A formula; written without a stored result where the writer allows it."""

    text: str


@dataclass(frozen=True)
class Error:
    """An error value such as #REF!."""

    name: str


@dataclass(frozen=True)
class Styled:
    """A value with the name of its font."""

    value: object
    font: str


@dataclass
class Sheet:
    """A sheet. Rows and columns count from zero; values are str, int, float, bool, date, Formula, Error or Styled.

    `boxes` are the tables on it, for borders: first row, first row below the header, first free row, first column,
    first free column.
    """

    name: str
    state: str = "visible"
    cells: dict = field(default_factory=dict)
    merges: list = field(default_factory=list)
    hidden_rows: set = field(default_factory=set)
    hidden_columns: set = field(default_factory=set)
    formatted: set = field(default_factory=set)
    boxes: list = field(default_factory=list)
    widths: dict = field(default_factory=dict)

    def put(self, row, column, value):
        """Sets a cell; nothing is written for None and the empty text."""
        if value is not None and value != "":
            self.cells[row, column] = value

    def last_row(self):
        """The number of the last filled row, -1 for an empty sheet."""
        return max((row for row, _ in self.cells), default=-1)

    def map(self, change):
        """Replaces every value by `change(value, at)`."""
        for at, value in list(self.cells.items()):
            self.cells[at] = change(value, at)

    def rows(self):
        """The rows from the first of the sheet to the last filled one, each as long as the widest."""
        width = max((column for _, column in self.cells), default=-1) + 1
        return [[self.cells.get((row, column)) for column in range(width)] for row in range(self.last_row() + 1)]


@dataclass
class Book:
    """A workbook."""

    sheets: list = field(default_factory=list)
    date1904: bool = False

    def map_text(self, change):
        """Replaces every text by `change(text)`."""
        for sheet in self.sheets:
            sheet.map(lambda value, _: change(value) if isinstance(value, str) else value)


def plain(value):
    """A value without its font."""
    return value.value if isinstance(value, Styled) else value
