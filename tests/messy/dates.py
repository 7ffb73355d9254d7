"""Dates: every written shape, bare years, swapped days and months, school levels turned into dates."""

import re
from datetime import date

from variants import add, variant

DATES = ("ngay_sinh", "ngay_nhap_hoc", "ngay_vao_dang", "ngay_tot_nghiep", "ngay_bo_nhiem", "ngay_giu")


def dates(kind, change, fields=DATES, rows=None):
    """A step that writes dates otherwise."""
    return lambda ret: ret.disguise(kind, change, fields, rows)


def written(day, separator="/", year="{:04}", digits="{:02}"):
    """A date as text, day first."""
    shown = year.format(day.year) if "4" in year else f"{day.year % 100:02}"
    return separator.join([digits.format(day.day), digits.format(day.month), shown])


def serial(day):
    """The number that a spreadsheet stores for a date."""
    return (day - date(1899, 12, 30)).days


text_dates = dates("text-date", written)
add("date-text", "dd/mm/yyyy as text", text_dates)
add("date-short", "d/m/yyyy as text", dates("text-date", lambda day: written(day, digits="{}")))
add(
    "date-two-digit-year",
    "d/m/yy as text",
    dates("two-digit-year", lambda day: written(day, year="{:02}", digits="{}")),
)
add("date-dashes", "dd-mm-yyyy as text", dates("text-date", lambda day: written(day, "-")))
add("date-dashes-two-digit-year", "dd-mm-yy as text", dates("two-digit-year", lambda day: written(day, "-", "{:02}")))
add("date-points", "dd.mm.yyyy as text", dates("text-date", lambda day: written(day, ".")))
add("date-spaces", "dd / mm / yyyy as text", dates("text-date", lambda day: written(day, " / ")))
add("date-trailing-space", "dd/mm/yyyy with a space behind", dates("text-date", lambda day: written(day) + " "))
add(
    "date-words",
    "ngày 7 tháng 3 năm 1985",
    dates("text-date", lambda day: f"ngày {day.day} tháng {day.month} năm {day.year}"),
)
add(
    "date-words-capital",
    "Ngày 07 tháng 03 năm 1985",
    dates("text-date", lambda day: f"Ngày {day.day:02} tháng {day.month:02} năm {day.year}"),
)
add("date-iso", "yyyy-mm-dd as text", dates("text-date", date.isoformat))
add("date-iso-time", "yyyy-mm-dd 00:00:00 as text", dates("text-date", lambda day: f"{day} 00:00:00"))
add("date-serial", "Serial numbers without date format", dates("text-date", serial))
add("date-mixed", "Text in some rows, dates in others", dates("text-date", written, rows={0, 2, 3, 5, 8, 10, 13}))


def bare_years(as_text):
    """A step that leaves the bare year of birth."""

    def step(ret):
        ret.disguise("bare-year", lambda day: str(day.year) if as_text else day.year, ["ngay_sinh"])
        ret.expect_each(lambda day: date(day.year, 1, 1), ["ngay_sinh"])
        ret.expect.notes.add("day-unknown")

    return step


add("date-bare-year", "Bare years as numbers", bare_years(False))
add("date-bare-year-text", "Bare years as texts", bare_years(True))


@variant("date")
def first_of_january(ret):
    """01/01/yyyy stands for an unknown day: a note."""
    ret.disguise(None, lambda day: date(day.year, 1, 1), ["ngay_sinh"])
    ret.expect_each(lambda day: date(day.year, 1, 1), ["ngay_sinh"])
    ret.expect.notes.add("day-unknown")


@variant("date")
def swapped(ret):
    """American typing: dates up to the 12th became real dates with day and month swapped, the others text."""

    def turn(day):
        return date(day.year, day.day, day.month) if day.day <= 12 else written(day)

    ret.disguise("text-date", lambda day: written(day) if day.day > 12 else day, ["ngay_giu"])
    ret.disguise(None, lambda day: turn(day) if isinstance(day, date) else day, ["ngay_giu"])
    ret.expect_each(lambda day: date(day.year, day.day, day.month) if day.day <= 12 else day, ["ngay_giu"])
    ret.expect.findings["day-month-swapped"] = 1


@variant("date")
def unreal(ret):
    """31/02: not a date, not guessed."""
    ret.trainees.rows[6]["ngay_sinh"] = "31/02/1985"
    ret.expect.findings["wrong-type"] = 1
    ret.expect.held["hoc_vien"].add(6)


@variant("date")
def not_there(ret):
    """«không» and «-» where there is no date of joining."""
    marks = iter(["không", "-", "Không"])
    for row in ret.trainees.rows:
        if row["dang_vien"] == "Không":
            row["ngay_vao_dang"] = next(marks)
    ret.expect.repaired("blank-mark", 0, 3)


fractions = ("van_hoa",)


def fraction_date(month_first):
    """A step that turns 9/12 into a date, as a spreadsheet does."""

    def change(label):
        level = re.search(r"(\d+)/(\d+)", label)
        if not level:
            return label
        first, second = map(int, level.groups())
        day, month = (second, first) if month_first else (first, second)
        return date(2019, month, day)

    return lambda ret: ret.disguise("date-meant-fraction", change, fractions)


fraction = fraction_date(False)
add("date-fraction", "9/12 turned into the 9th of December", fraction)
add("date-fraction-month-first", "9/12 turned into the 12th of September", fraction_date(True))
