"""Headers: where they stand, how high they are, how titles are written; columns moved, inserted, left out."""

import random
import unicodedata

from returns import LABELS, Column, own
from variants import add, variant

# ── Header ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def header_at(row):
    """A step that puts the header on a row, from one."""

    def step(ret):
        for table in ret.both():
            table.above = [["", "DANH SÁCH"], *[[]] * (row - 2)] if row > 1 else []

    return step


for at in (1, 2, 7, 35):
    add(f"header-row-{at}", f"Header in row {at}", header_at(at))


def under(title, fields, short=None):
    """A step that puts columns under a common title."""

    def step(ret):
        for table in ret.both():
            for name in fields:
                if name in LABELS[table.name]:
                    column = table.column(name)
                    column.titles = (title, (short or {}).get(name, column.titles[-1]))

    return step


EDUCATION = {"van_hoa": "Văn hóa", "chuyen_mon": "Chuyên môn", "ly_luan": "LLCT"}
education = under("Trình độ", ["van_hoa", "chuyen_mon", "ly_luan"], EDUCATION)
add("header-two-rows", "«Trình độ» over Văn hóa, Chuyên môn, LLCT", education)


@variant("header")
def three_rows(ret):
    """Three header rows: «Thông tin cá nhân» over «Trình độ» over its columns."""
    education(ret)
    for table in ret.both():
        for name in ("van_hoa", "chuyen_mon", "ly_luan"):
            column = table.column(name)
            column.titles = ("Thông tin cá nhân", *column.titles)


@variant("header")
def four_rows(ret):
    """Four header rows over part of the columns."""
    three_rows(ret)
    for table in ret.both():
        for name in ("van_hoa", "chuyen_mon", "ly_luan"):
            column = table.column(name)
            column.titles = ("Phần kê khai của xã", *column.titles)


@variant("header")
def titles_at_the_bottom(ret):
    """Two header rows; titles of single columns stand in the lower one, nothing merged."""
    education(ret)
    for table in ret.both():
        for column in table.columns:
            column.titles = column.titles if len(column.titles) == 2 else ("", column.titles[0])
    ret.finish.append(lambda book: [sheet.merges.clear() for sheet in book.sheets])


def retitled(change):
    """A step that changes every title."""

    def step(ret):
        for table in ret.both():
            for column in table.columns:
                column.titles = tuple(change(title) for title in column.titles)

    return step


def without_marks(text):
    """A text without diacritics."""
    marks = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in marks if not unicodedata.combining(c))


def broken(text):
    """A title with a line break after the middle word."""
    words = text.split(" ")
    half = (len(words) + 1) // 2
    return "\n".join(part for part in (" ".join(words[:half]), " ".join(words[half:])) if part)


line_breaks = retitled(broken)
no_marks = retitled(without_marks)
capitals = retitled(str.upper)
add("header-line-breaks", "Line breaks in titles", line_breaks)
add(
    "header-line-breaks-spaces",
    "Space, line break, space in titles",
    retitled(lambda title: broken(title).replace("\n", " \n ")),
)
add("header-no-diacritics", "Titles without diacritics", no_marks)
add("header-all-caps", "Titles in capitals", capitals)
add("header-stars", "Required columns marked with a star", retitled(lambda title: f"{title} *"))
add("header-remarks", "Remarks in parentheses behind titles", retitled(lambda title: f"{title}\n(ghi rõ)"))
add("header-colons", "Colons behind titles", retitled(lambda title: f"{title}:"))
add(
    "header-new-tone-place",
    "Khoá, Văn hoá, Sức khoẻ, Cấp uỷ",
    retitled(lambda title: title.replace("óa", "oá").replace("ỏe", "oẻ").replace("ủy", "uỷ")),
)
add("header-decomposed", "Titles decomposed", retitled(lambda title: unicodedata.normalize("NFD", title)))


def numbered(pattern):
    """A step that writes the row of column numbers another way."""

    def step(ret):
        for table in ret.both():
            table.numbering = pattern

    return step


SUMS = ["A", "B", "1", "2", "3=4+6+8", "4", "5", "6=7+8", "7", "8"]
add("header-numbers-plain", "Column numbers 1 2 3", numbered("{}"))
add("header-numbers-none", "No row of column numbers", numbered(None))
add(
    "header-numbers-letters-sums",
    "Column numbers A, B, 1, 2, 3=4+6+8",
    numbered(lambda at: SUMS[at] if at < len(SUMS) else str(at - 1)),
)
add("header-numbers-brackets", "Column numbers [1] [2]", numbered("[{}]"))

# ── Columns ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@variant("columns")
def reversed_order(ret):
    """Columns from last to first."""
    for table in ret.both():
        table.columns.reverse()


@variant("columns")
def shuffled(ret):
    """Columns in random order."""
    for table in ret.both():
        random.Random(table.name).shuffle(table.columns)


# What districts keep for themselves.
OWN = {"Quê quán": "Lạng Sơn", "Tôn giáo": "Không", "Số hồ sơ": 7, "Số điện thoại": "0912 000 000"}


def inserted(at, *titles):
    """A step that inserts columns of the district's own."""

    def step(ret):
        for table in ret.both():
            mine = [Column((title,), lambda row, title=title: OWN.get(title)) for title in titles]
            place = table.at("ho_ten") + at
            table.columns[place:place] = mine
        if any(titles):
            ret.expect.notes.add("column-unknown")

    return step


add("columns-inserted", "Unknown columns after the name", inserted(1, "Quê quán", "Tôn giáo"))
add("columns-before-name", "Two unknown columns before the name", inserted(0, "Số hồ sơ", "Số điện thoại"))
add("columns-blank", "A blank column without title", inserted(2, ""))


@variant("columns")
def own_at_the_end(ret):
    """Unknown columns at the end."""
    for table in ret.both():
        table.columns.append(Column(("Quê quán",), lambda row: "Lạng Sơn"))
    ret.expect.notes.add("column-unknown")


@variant("columns")
def optional_left_out(ret):
    """The optional column of remarks is missing: a note, and blank remarks."""
    ret.expect.notes.add("column-missing")
    table = ret.trainees
    table.columns = [column for column in table.columns if column.fields != ("ghi_chu",)]
    for at in range(len(table.rows)):
        ret.expect_value("hoc_vien", at, "ghi_chu", None)


@variant("columns")
def required_left_out(ret):
    """A required column is missing: one finding, every trainee held back."""
    table = ret.trainees
    table.columns = [column for column in table.columns if column.fields != ("dan_toc",)]
    ret.expect.findings["column-missing"] = 1
    ret.expect.held["hoc_vien"] = set(range(len(table.rows)))


@variant("columns")
def doubled(ret):
    """Two columns are both the name: a finding, not a choice."""
    table = ret.trainees
    table.columns.insert(3, own("hoc_vien", "ho_ten"))
    ret.expect.findings["column-duplicated"] = 1
    ret.expect.held["hoc_vien"] = set(range(len(table.rows)))
