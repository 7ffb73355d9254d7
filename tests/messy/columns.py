"""Columns that are split, joined or titled otherwise."""

import csv
from pathlib import Path

from returns import FIELDS, Column
from variants import add, variant

# ── Names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def split_name(*titles):
    """A step that parts the name: all but the last word, and the last word."""

    def step(ret):
        for table in ret.both():
            at = table.at("ho_ten")
            first = Column(titles[0], lambda row: row["ho_ten"] and row["ho_ten"].rsplit(" ", 1)[0], ("ho_ten",))
            last = Column(titles[1], lambda row: row["ho_ten"] and row["ho_ten"].rsplit(" ", 1)[1], ("ten",))
            table.columns[at : at + 1] = [first, last]
            ret.expect.repaired("columns", sum(row["ho_ten"] is not None for row in table.rows))

    return step


ho_ten = split_name(("Họ",), ("Tên",))
add("split-ho-ten", "Họ | Tên", ho_ten)
add("split-ho-dem-ten", "Họ đệm | Tên", split_name(("Họ đệm",), ("Tên",)))
add("split-ho-va-ten-dem", "Họ và tên đệm | Tên", split_name(("Họ và tên đệm",), ("Tên",)))
add("split-ho-va-ten-over-two", "«Họ và tên» over Họ | Tên", split_name(("Họ và tên", "Họ"), ("Họ và tên", "Tên")))


@variant("split")
def ho_va_ten_merged(ret):
    """«Họ và tên» merged over two columns that have no titles of their own."""
    split_name(("Họ và tên",), ("",))(ret)

    def merge(book):
        for sheet, table in zip(book.sheets[1:], ret.both(), strict=True):
            at = table.at("ho_ten")
            sheet.merges.append((len(table.above), at, len(table.above), at + 1))

    ret.finish.append(merge)


# ── Dates ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def split_date(*titles, whole=True):
    """A step that parts the birth date into day, month, year."""

    def step(ret):
        for table in ret.both():
            at = table.at("ngay_sinh")
            parts = ("day", "month", "year")
            table.columns[at : at + 1] = [
                Column(
                    title,
                    lambda row, part=part: row["ngay_sinh"] and getattr(row["ngay_sinh"], part),
                    ("ngay_sinh",) if part == "day" else (part,),
                )
                for title, part in zip(titles, parts, strict=True)
            ]
            ret.expect.repaired("columns", sum(row["ngay_sinh"] is not None for row in table.rows))

    return step


OVER = "Ngày, tháng, năm sinh"
date_under = split_date((OVER, "Ngày"), (OVER, "Tháng"), (OVER, "Năm"))
add("split-date", "«Ngày, tháng, năm sinh» over Ngày | Tháng | Năm", date_under)
add(
    "split-date-short",
    "«Ngày sinh» over Ng | Th | Năm",
    split_date(("Ngày sinh", "Ng"), ("Ngày sinh", "Th"), ("Ngày sinh", "Năm")),
)
add(
    "split-date-one-row",
    "Ngày sinh | Tháng sinh | Năm sinh in one header row",
    split_date(("Ngày sinh",), ("Tháng sinh",), ("Năm sinh",)),
)


@variant("split")
def date_as_text(ret):
    """Ngày | Tháng | Năm as texts with zeros in some rows, numbers in others."""
    date_under(ret)
    for table in ret.both():
        for at, name in ((table.at("ngay_sinh"), "day"), (table.at("month"), "month")):
            column = table.columns[at]
            column.value = lambda row, name=name: (
                row["ngay_sinh"]
                and (f"{getattr(row['ngay_sinh'], name):02}" if row["stt"] % 2 else getattr(row["ngay_sinh"], name))
            )


def sex_columns(over, value):
    """A step that replaces sex by two columns Nam | Nữ."""

    def step(ret):
        for table in ret.both():
            at = table.at("gioi_tinh")
            table.columns[at : at + 1] = [
                Column(
                    (*over, sex),
                    lambda row, sex=sex: value if row["gioi_tinh"] == sex else None,
                    ("gioi_tinh",) if sex == "Nam" else ("nu",),
                )
                for sex in ("Nam", "Nữ")
            ]
            ret.expect.repaired("columns", sum(row["gioi_tinh"] is not None for row in table.rows))

    return step


sex_marks = sex_columns(("Giới tính",), "x")
add("split-sex", "«Giới tính» over Nam | Nữ with x", sex_marks)
add("split-sex-one-row", "Nam | Nữ with x, no title above", sex_columns((), "x"))
add("split-sex-capital-x", "«Giới tính» over Nam | Nữ with X", sex_columns(("Giới tính",), "X"))


@variant("split")
def birth_date_under_sex(ret):
    """Birth date under Nam or Nữ, which also gives the sex."""
    for table in ret.both():
        table.columns = [column for column in table.columns if column.fields != ("gioi_tinh",)]
        at = table.at("ngay_sinh")
        table.columns[at : at + 1] = [
            Column(
                (OVER, sex),
                lambda row, sex=sex: row["ngay_sinh"] if row["gioi_tinh"] == sex else None,
                ("ngay_sinh",) if sex == "Nam" else ("nu",),
            )
            for sex in ("Nam", "Nữ")
        ]
        ret.expect.repaired("columns", 1, 2 * sum(row["ngay_sinh"] is not None for row in table.rows))


# ── Joined ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def joint_party_date(pattern):
    """A step that writes admission to the Party and the later official date in one column."""

    def value(row):
        joined = row["ngay_vao_dang"]
        if joined is None:
            return None
        official = joined.replace(year=joined.year + 1)
        both = pattern.format(joined.strftime("%d/%m/%Y"), official.strftime("%d/%m/%Y"))
        return both if row["dang_vien"] == "Chính thức" else joined.strftime("%d/%m/%Y")

    def step(ret):
        table = ret.trainees
        column = table.column("ngay_vao_dang")
        column.titles, column.value = ("Ngày vào Đảng, ngày chính thức",), value
        members = [row for row in table.rows if row["ngay_vao_dang"]]
        official = sum(row["dang_vien"] == "Chính thức" for row in members)
        ret.expect.repaired("columns", official, len(members))
        ret.expect.repaired("text-date", 0, len(members))

    return step


add("joined-party-dates", "«Ngày vào Đảng, ngày chính thức» with a comma between", joint_party_date("{}, {}"))
add("joined-party-dates-lines", "The same with a line break between", joint_party_date("{}\n{}"))
add("joined-party-dates-semicolon", "The same with a semicolon between", joint_party_date("{}; {}"))

# ── Synonyms ────────────────────────────────────────────────────────────────────────────────────────────────────────

# Wordings of real rosters that no single column of ours can carry: joint columns, and titles that mean another field.
NOT_ALONE = {
    "Họ/Tên in two columns",
    "Họ đệm+Tên",
    "Năm (3 columns)",
    "Nữ (DOB under gender sub-columns)",
    "Ng",
    "Th",
    "Ngày",
    "Tháng",
    "Năm",
    "Nam",
    "Nữ",
    "Nam|Nữ",
    "x in Nữ column",
    "Nam, nữ, dân tộc, tôn giáo (one cell)",
    "Đơn vị/Vị trí công tác",
    "Phòng (Đơn Vị)",
    "Chức vụ, đơn vị công tác",
    "Chức vụ hiện nay",
    "Ngày vào Đảng",
    "Ngày vào đảng, ngày chính thức",
    "Ngày chính thức",
    "Dự bị",
    "Số lý lịch đảng viên (other id)",
    "Ngành đào tạo/Trường đào tạo/Trình độ/Hệ đào tạo (merged)",
    "Ban CHQS",
    "Trung cấp QSCS",
    "Chi ủy",
    "BCH Đảng bộ",
    "Ban chấp hành",
}
# Fields of the list of wordings that our form names otherwise.
RENAMED = {"chuc_vu": "chuc_danh", "quan_su": "nganh_qs"}


def wordings():
    """Every other title of each field: the form's synonyms, then the wordings of real rosters."""
    with open(Path(__file__).parent / "data/header_synonyms.csv", encoding="utf-8", newline="") as file:
        seen = {
            RENAMED.get(row["field"], row["field"]): row["variants_pipe"].replace("\\n", "\n").split("|")
            for row in csv.DictReader(file)
        }
    return {
        (table, one["name"]): list(
            dict.fromkeys(
                one.get("synonyms", []) + [title for title in seen.get(one["name"], []) if title not in NOT_ALONE]
            )
        )
        for table, fields in FIELDS.items()
        for one in fields
    }


def titled(number):
    """A step that gives every field its other title of that number; fields that have fewer, or for which the title
    could also mean another field, keep their label."""
    known = wordings()

    def alone(table, title):
        return sum(title in titles for (other, _), titles in known.items() if other == table) == 1

    def step(ret):
        for (table, name), titles in known.items():
            if number < len(titles) and alone(table, titles[number]):
                ret.tables[table].column(name).titles = (titles[number],)

    return step


for number in range(max(map(len, wordings().values()))):
    add(f"synonyms-{number + 1}", f"Every field under its other title number {number + 1}", titled(number))
