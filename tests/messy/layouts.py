"""Layout: sheets, headers, columns."""

import random
import unicodedata

from grid import Book, Sheet
from returns import LABELS, Column, Line, own, put_cover
from variants import add, variant

# ── Sheets ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@variant("sheets")
def renamed(ret):
    """All sheets renamed."""
    ret.cover_sheet, ret.trainees.sheet, ret.command.sheet = "Bia", "DS gửi tỉnh 2019", "BCH xã (sửa)"


@variant("sheets")
def default_names(ret):
    """Sheets named Sheet1, Sheet2, Sheet3."""
    ret.cover_sheet, ret.trainees.sheet, ret.command.sheet = "Sheet1", "Sheet2", "Sheet3"


@variant("sheets")
def names_swapped(ret):
    """Each list on the sheet named after the other one."""
    ret.trainees.sheet, ret.command.sheet = ret.command.sheet, ret.trainees.sheet


@variant("sheets")
def other_order(ret):
    """Command first, cover last."""
    ret.finish.append(lambda book: book.sheets.reverse())


@variant("sheets")
def extra(ret):
    """Two more sheets: a summary with titles of its own, and notes."""
    summary, notes = Sheet("TH xa"), Sheet("ghi nho")
    for column, title in enumerate(["STT", "Đơn vị", "Số học viên", "Tốt nghiệp", "Ghi chú"]):
        summary.put(2, column, title)
    for row in range(3, 9):
        for column, value in enumerate([row - 2, "Phường Tam Thanh", 2, 1, ""]):
            summary.put(row, column, value)
    notes.put(0, 0, "Nhớ gửi trước ngày 05/07")
    ret.finish.append(lambda book: book.sheets.extend([summary, notes]))


@variant("sheets")
def empty_between(ret):
    """An empty sheet before and between the others."""
    ret.finish.append(lambda book: (book.sheets.insert(1, Sheet("Sheet9")), book.sheets.insert(0, Sheet("Sheet8"))))


def cover_on_top(ret):
    """The cover stands above the trainees; the command has its own sheet."""
    first, second = Sheet(ret.trainees.sheet), Sheet(ret.command.sheet)
    at = put_cover(ret, first, left=0) + 1
    _, ret.places["hoc_vien"] = ret.trainees.render(first, at)
    _, ret.places["ban_chqs"] = ret.command.render(second)
    return Book([first, second])


def two_tables(ret):
    """Cover on its own sheet, both tables below each other on another."""
    cover, sheet = Sheet(ret.cover_sheet), Sheet("Danh sách")
    put_cover(ret, cover)
    at, ret.places["hoc_vien"] = ret.trainees.render(sheet)
    _, ret.places["ban_chqs"] = ret.command.render(sheet, at + 2)
    return Book([cover, sheet])


def side_by_side(ret):
    """Both tables beside each other on one sheet, a blank column between."""
    cover, sheet = Sheet(ret.cover_sheet), Sheet("Danh sách")
    put_cover(ret, cover)
    ret.trainees.render(sheet)
    ret.command.left = len(ret.trainees.columns) + 1
    ret.command.render(sheet)
    return Book([cover, sheet])


def continued(parts):
    """The trainees go on on further sheets, each with its own header."""

    def compose(ret):
        cover, command = Sheet(ret.cover_sheet), Sheet(ret.command.sheet)
        put_cover(ret, cover)
        ret.command.render(command)
        sheets = [Sheet(f"{ret.trainees.sheet} {part + 1}" if part else ret.trainees.sheet) for part in range(parts)]
        size = -(-len(ret.trainees.rows) // parts)
        for part, sheet in enumerate(sheets):
            ret.trainees.render(sheet, body=ret.trainees.body[part * size : (part + 1) * size])
        return Book([cover, *sheets, command])

    return compose


def composed(compose, *notes):
    """A step that puts the tables on sheets another way."""

    def step(ret):
        ret.compose = compose
        ret.expect.notes.update(notes)

    return step


add("sheets-cover-on-top", "Cover block above the trainees", composed(cover_on_top))
add("sheets-two-tables", "Both tables on one sheet", composed(two_tables))
add("sheets-side-by-side", "Both tables beside each other", composed(side_by_side))
add("sheets-continued", "Trainees on two sheets", composed(continued(2), "table-continued"))
add("sheets-per-course", "Trainees on three sheets", composed(continued(3), "table-continued"))


@variant("sheets")
def continued_below(ret):
    """The list of trainees interrupted by a title and a second header on the same sheet."""
    title = Line({1: "DANH SÁCH HỌC VIÊN (tiếp theo)"}, ("remark", "footer", "section"))
    header = Line({at: column.titles[0] for at, column in enumerate(ret.trainees.columns)}, ("header",))
    ret.trainees.body[6:6] = [Line({}), title, Line({}), header]


@variant("sheets", kind="openpyxl")
def hidden(ret):
    """The sheet of the command is hidden."""
    ret.finish.append(lambda book: setattr(book.sheets[2], "state", "hidden"))


@variant("sheets")
def very_hidden(ret):
    """The sheet of the command is hidden so that the menu does not show it."""
    ret.finish.append(lambda book: setattr(book.sheets[2], "state", "veryHidden"))


@variant("sheets")
def hidden_rows(ret):
    """Three rows of trainees and all of one commune are hidden."""

    def hide(book):
        book.sheets[1].hidden_rows.update(ret.places["hoc_vien"][at] for at in (2, 3, 7))
        book.sheets[2].hidden_rows.update(ret.places["ban_chqs"][at] for at in (13, 14))

    ret.finish.append(hide)


@variant("sheets")
def hidden_columns(ret):
    """The columns of the id and of the date of joining are hidden."""
    ret.finish.append(lambda book: book.sheets[1].hidden_columns.update([4, 11]))


@variant("sheets")
def not_at_a1(ret):
    """Tables start at column D, row 12."""
    for table in ret.both():
        table.left = 3
        table.above = [[]] * 11


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
add("header-line-breaks-spaces", "Space, line break, space in titles", retitled(lambda title: broken(title).replace("\n", " \n ")))
add("header-no-diacritics", "Titles without diacritics", no_marks)
add("header-all-caps", "Titles in capitals", capitals)
add("header-stars", "Required columns marked with a star", retitled(lambda title: f"{title} *"))
add("header-remarks", "Remarks in parentheses behind titles", retitled(lambda title: f"{title}\n(ghi rõ)"))
add("header-colons", "Colons behind titles", retitled(lambda title: f"{title}:"))
add("header-new-tone-place", "Khoá, Văn hoá, Sức khoẻ, Cấp uỷ", retitled(lambda title: title.replace("óa", "oá").replace("ỏe", "oẻ").replace("ủy", "uỷ")))
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
add("header-numbers-letters-sums", "Column numbers A, B, 1, 2, 3=4+6+8", numbered(lambda at: SUMS[at] if at < len(SUMS) else str(at - 1)))
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


def inserted(at, *titles):
    """A step that inserts columns of the district's own."""

    def step(ret):
        for table in ret.both():
            values = {"Quê quán": "Lạng Sơn", "Tôn giáo": "Không", "Số hồ sơ": 7, "Số điện thoại": "0912 000 000"}
            mine = [Column((title,), lambda row, title=title: values.get(title)) for title in titles]
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
