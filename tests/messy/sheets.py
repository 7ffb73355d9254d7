"""Sheets: their names and order, and how tables lie on them."""

from grid import Book, Sheet
from returns import Line, put_cover
from variants import add, variant


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


def refused_side_by_side(ret):
    """Tables beside each other are not told apart: every title that stands twice is named, and no row is accepted."""
    composed(side_by_side)(ret)
    ret.finish.append(lambda _: ret.expect.taken.update({"numbering": (1, 1), "section": (0, 9)}))
    ret.expect.findings.update({"column-duplicated": 13, "sheet-missing": 1})
    ret.expect.held["hoc_vien"] = set(range(len(ret.trainees.rows)))
    ret.expect.tables["ban_chqs"] = []


add("sheets-side-by-side", "Both tables beside each other", refused_side_by_side)
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


for kind in ("xlwt", "lo:xls", "lo:ods"):
    name = kind.replace(":", "-")
    add(f"sheets-hidden-rows-{name}", f"Hidden rows ({kind})", hidden_rows, kind=kind)
    add(f"sheets-hidden-columns-{name}", f"Hidden columns ({kind})", hidden_columns, kind=kind)


@variant("sheets")
def not_at_a1(ret):
    """Tables start at column D, row 12."""
    for table in ret.both():
        table.left = 3
        table.above = [[]] * 11
