"""Rows that are no person: titles, sections, totals, page headers, signatures; and what stands outside the table."""

from returns import Line
from variants import add, variant

AGENCY = [
    ["", "BỘ CHỈ HUY QUÂN SỰ TỈNH LẠNG SƠN", "", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["", "BAN CHQS THÀNH PHỐ LẠNG SƠN", "", "", "", "", "Độc lập - Tự do - Hạnh phúc"],
    ["", "Số: 125/BC-BCH", "", "", "", "", "Lạng Sơn, ngày 01 tháng 7 năm 2019"],
    [],
    ["", "", "", "DANH SÁCH TRÍCH NGANG"],
    ["", "", "", "(Kèm theo Báo cáo số 125/BC-BCH ngày 01/7/2019)"],
    ["", "", "", "", "", "", "", "", "Biểu số 02/CHQS"],
    ["", "", "", "", "", "", "", "", "Đơn vị tính: người"],
]


@variant("lines")
def agency_block(ret):
    """Agency, motto, number, place and date, title and unit of count above the header."""
    for table in ret.both():
        table.above = AGENCY


SIGNATURE = [
    Line({}),
    Line({8: "Lạng Sơn, ngày 01 tháng 7 năm 2019"}),
    Line({1: "NGƯỜI LẬP BIỂU", 8: "CHỈ HUY TRƯỞNG"}),
    Line({1: "(Ký, ghi rõ họ tên)", 8: "(Ký tên, đóng dấu)"}),
    Line({}),
    Line({}),
    Line({1: "Trần Văn Mẫu", 8: "Thượng tá Nguyễn Văn Chỉ"}),
]


@variant("lines")
def signature(ret):
    """Signature block after a blank row: date line, roles, names."""
    for table in ret.both():
        table.body += SIGNATURE


@variant("lines")
def signature_at_once(ret):
    """Signature block right below the last person."""
    for table in ret.both():
        table.body += [line for line in SIGNATURE if line.cells]


@variant("lines")
def signature_many(ret):
    """Signatures of three, with recipients."""
    for table in ret.both():
        table.body += [
            Line({1: "Nơi nhận:", 6: "TM. BAN CHỈ HUY QUÂN SỰ", 10: "XÁC NHẬN CỦA UBND"}),
            Line({1: "- Bộ CHQS tỉnh (báo cáo);", 6: "KT. CHỈ HUY TRƯỞNG", 10: "KT. CHỦ TỊCH"}),
            Line({1: "- Lưu: VT.", 6: "PHÓ CHỈ HUY TRƯỞNG", 10: "PHÓ CHỦ TỊCH"}),
            Line({6: "Trung tá Lê Văn Phó", 10: "Phạm Văn Chủ"}),
        ]


def sections(*texts, column=1, merge=0):
    """A step that puts section rows among the people."""

    def step(ret):
        for table in ret.both():
            gap = len(table.body) // len(texts)
            for number, text in reversed(list(enumerate(texts))):
                cells = dict(zip((0, 1), text, strict=True)) if isinstance(text, tuple) else {column: text}
                table.body.insert(number * gap, Line(cells, ("section",), merge))

    return step


roman = sections(("I", "Khóa 1"), ("II", "Khóa 2"), ("III", "Khóa 3"))
add("lines-sections-roman", "Section rows I, II, III with titles", roman)
sections_letters = sections(("A", "Khối phường"), ("B", "Khối xã"))
add("lines-sections-letters", "Section rows A, B", sections_letters)
add("lines-sections-numbers", "Section rows 1., 2.", sections("1. Khối phường", "2. Khối xã"))
add("lines-sections-small", "Section rows a), b)", sections("a) Cán bộ đương chức", "b) Nguồn"))
add("lines-sections-dashes", "Section rows with - and +", sections("- Khối phường", "+ Khối xã"))
add(
    "lines-sections-merged",
    "Section rows merged over all columns",
    sections("I. KHỐI PHƯỜNG", "II. KHỐI XÃ", column=0, merge=20),
)
add(
    "lines-sections-first-column", "Section rows in the first column", sections("I. Các phường", "II. Các xã", column=0)
)
add("lines-sections-unit", "The commune's name as a section row", sections("Phường Hoàng Văn Thụ", "Xã Hoàng Đồng"))


def total(text, column=1, cells=None, where=None):
    """A step that puts a total row below, or before the given row."""

    def step(ret):
        for table in ret.both():
            line = Line({column: text} | (cells or {}), ("total",))
            table.body.insert(len(table.body) if where is None else where, line)

    return step


TOTALS = [
    "TỔNG SỐ",
    "Tổng cộng",
    "Cộng",
    "CỘNG:",
    "Tổng",
    "Tổng số: 12 người",
    "Tổng cộng: 12 đồng chí",
    "Cộng khóa 1",
    "Cộng (12 người)",
    "Tổng toàn huyện",
    "TC",
    "Cộng phường Tam Thanh",
    "Toàn thành phố",
]
for number, words in enumerate(TOTALS):
    add(f"lines-total-{number + 1}", f"Total row «{words}» with numbers", total(words, cells={4: 12, 5: 9, 8: 3}))
total_row = total("TỔNG CỘNG", cells={6: 12})
add("lines-total-first-column", "Total row in the first column", total("Tổng cộng", 0, {5: 12, 6: 3}))
add("lines-total-on-top", "Total row above the people", total("TỔNG SỐ", 1, {5: 12}, where=0))
add("lines-total-without-number", "Total row without numbers", total("Tổng cộng"))
add(
    "lines-total-many-numbers",
    "Total row with a number in most columns",
    total("Tổng cộng", 1, {at: at % 5 for at in range(3, 20)}),
)
add("lines-total-wide", "Total with spaced letters", total("T Ổ N G   C Ộ N G", 1, {5: 12}))


def closing(text, column):
    """A step that puts a closing sentence below."""
    return lambda ret: [table.body.append(Line({column: text}, ("footer", "remark", "total"))) for table in ret.both()]


add(
    "lines-closing-sentence", "«Danh sách này có 12 người» below", closing("Danh sách này có 12 (mười hai) người./.", 0)
)
add("lines-closing-sentence-formal", "«Ấn định danh sách» below", closing("Ấn định danh sách này có 12 đồng chí./.", 1))


# A count «trong đó» is part of a total; whether it opens a section is a matter of taste.
PART = ("total", "section", "remark", "prefilled")


@variant("lines")
def of_which(ret):
    """«Trong đó», «Chia ra» with partial counts below a total."""
    for table in ret.both():
        table.body += [
            Line({1: "Tổng số", 5: 12}, ("total",)),
            Line({1: "Trong đó:"}, PART),
            Line({1: "- Nữ", 5: 3}, PART),
            Line({1: "- Đảng viên", 5: 9}, PART),
            Line({1: "Chia ra:", 5: 12}, PART),
            Line({1: "+ Khối phường", 5: 7}, PART),
        ]


@variant("lines")
def sub_totals(ret):
    """A sub-total below each group and a total at the end."""
    for table in ret.both():
        for at in (8, 4):
            table.body.insert(at, Line({1: "Cộng nhóm", 4: 4, 8: 2}, ("total",)))
        table.body.append(Line({1: "Tổng cộng", 4: 12, 8: 6}, ("total",)))


def repeated_header(ret):
    """The header again in the middle, as on printed pages."""
    for table in ret.both():
        header = Line({at: column.titles[-1] for at, column in enumerate(table.columns)}, ("header",))
        numbers = Line({at: f"({at + 1})" for at in range(len(table.columns))}, ("numbering",))
        table.body[7:7] = [header, numbers]


variant("lines")(repeated_header)


@variant("lines")
def page_numbers(ret):
    """«Trang 2» among the people, blank rows around."""
    for table in ret.both():
        table.body[7:7] = [Line({}), Line({10: "Trang 2"}), Line({})]


@variant("lines")
def blank_rows_between(ret):
    """A blank row after every person and below the header."""
    for table in ret.both():
        table.body = [one for at in table.body for one in (Line({}), at)]


@variant("lines")
def formatted_blank_rows(ret):
    """400 formatted blank rows below."""

    def borders(book):
        for sheet in book.sheets[1:]:
            last = sheet.last_row()
            sheet.formatted.update((row, column) for row in range(last + 1, last + 401) for column in range(20))

    ret.finish.append(borders)


@variant("lines")
def numbers_only(ret):
    """60 rows with nothing but a pre-filled number."""
    for table in ret.both():
        table.body += [Line({0: len(table.rows) + number + 1}, ("prefilled",)) for number in range(60)]


@variant("lines")
def numbers_and_default(ret):
    """40 rows with a pre-filled number and one default value."""
    for table in ret.both():
        table.body += [
            Line({0: len(table.rows) + number + 1, "gioi_tinh": "Nam"}, ("prefilled",)) for number in range(40)
        ]


@variant("lines")
def blank_texts(ret):
    """Rows of spaces and empty texts below."""
    for table in ret.both():
        table.body += [Line({0: " ", 1: "\u00a0", 2: "  "}, ()) for _ in range(5)]


@variant("lines")
def dashes(ret):
    """A row of dashes below the people."""
    for table in ret.both():
        table.body.append(Line({at: "-" for at in range(8)}, ("remark", "footer", "prefilled")))


@variant("lines")
def beside_the_table(ret):
    """Remarks and a calculation far to the right, a remark above."""

    def remark(book):
        for sheet in book.sheets[1:]:
            sheet.put(0, 30, "đã kiểm tra")
            sheet.put(6, 30, "hỏi lại xã")
            sheet.put(7, 31, 5)

    ret.finish.append(remark)
    ret.expect.notes.add("outside-table")


@variant("lines")
def far_below(ret):
    """A remark 50 rows below the table."""
    for table in ret.both():
        table.body += [*[Line({})] * 50, Line({2: "Ghi chú: số liệu đã đối chiếu với Công an thành phố."})]


def merged_units(ret):
    """The commune merged down over its posts."""
    ret.command.merged = ("don_vi",)
    ret.expect.repaired("ditto", 7)


variant("lines")(merged_units)


@variant("lines")
def unit_once(ret):
    """The commune only in the first row of its posts, nothing merged: the others lack it, no guess."""
    seen = set()
    for at, row in enumerate(ret.command.rows):
        if row["don_vi"] in seen:
            row["don_vi"] = None
            ret.expect.held["ban_chqs"].add(at)
            ret.expect.findings["required-cell"] += 1
        seen.add(row["don_vi"])
