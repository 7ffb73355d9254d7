"""Writes fonts.xls: names in TCVN3, VNI and Unicode, each in its font; rows and columns hidden among them and beside them."""

import sys
from pathlib import Path

import xlwt


def in_font(name):
    """A cell style."""
    style = xlwt.XFStyle()
    style.font.name = name
    return style


NAMES = [
    ("Arial", "Đặng Thị Ất"),
    (".VnTime", "§Æng ThÞ Êt"),
    (".VnTimeH", "®Æng thÞ Êt"),
    (".VnTimeH", "®Æng thÞ Êt"),
    ("VNI-Times", "Ñaëng Thò AÁt"),
    ("Times New Roman", "Đặng Thị Ất"),
]

made = xlwt.Workbook(encoding="utf-16-le")
# A sheet before the list: the facts of one must not be told of the other.
made.add_sheet("Bìa").write(1, 1, "Đặng Thị Ất", in_font("Arial"))
page = made.add_sheet("Danh sách")
for row in range(1, 5):
    for column, (font, text) in enumerate(NAMES, 1):
        page.write(row, column, text, in_font(font))
    page.write(row, 7, row, in_font(".VnTime"))
# Row 7 has a blank cell, row 31 and the columns A and AO none.
page.write(6, 1, None, in_font(".VnTime"))
for row in (2, 3, 6, 30):
    page.row(row).hidden = True
for column in (0, 3, 7, 40):
    page.col(column).hidden = True
made.save(str(Path(sys.argv[1]) / "fonts.xls"))
