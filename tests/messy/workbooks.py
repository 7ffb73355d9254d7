"""Writers of workbooks that are not ours: openpyxl, XlsxWriter, xlwt, and LibreOffice for all others."""

import datetime
import itertools
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from grid import Error, Formula, Styled, plain

DATE = "dd/mm/yyyy"
CREATED = datetime.datetime(2019, 7, 1)


def with_openpyxl(book, path):
    """`.xlsx` with shared strings; formulas have no stored result."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    made.properties.created = made.properties.modified = CREATED
    if book.date1904:
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    border = Border(bottom=Side("thin"))
    for sheet in book.sheets:
        page = made.create_sheet(sheet.name)
        page.sheet_state = sheet.state
        for (row, column), value in sheet.cells.items():
            cell = page.cell(row + 1, column + 1)
            if isinstance(value, Styled):
                cell.font = Font(name=value.font)
            value = plain(value)
            cell.value = value.text if isinstance(value, Formula) else value.name if isinstance(value, Error) else value
            if isinstance(value, str):
                cell.data_type = "s"
            if isinstance(value, datetime.date):
                cell.number_format = DATE
        for row, column in sheet.formatted:
            page.cell(row + 1, column + 1).border = border
        dress(page, sheet)
        for top, left, bottom, right in sheet.merges:
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for row in sheet.hidden_rows:
            page.row_dimensions[row + 1].hidden = True
        for column in sheet.hidden_columns:
            page.column_dimensions[get_column_letter(column + 1)].hidden = True
    made.save(path)
    settle(path)


def dress(page, sheet):
    """Borders and bold centred titles for the tables, column widths: what a typed list looks like."""
    thin = Side("thin")
    for head, first, end, left, right in sheet.boxes:
        for row in range(head, end):
            for column in range(left, right):
                cell = page.cell(row + 1, column + 1)
                cell.border = Border(thin, thin, thin, thin)
                cell.font = Font(
                    name=cell.font.name if cell.font.name != "Calibri" else "Times New Roman", bold=row < first
                )
                if row < first:
                    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        page.row_dimensions[head + 1].height = 32
    for column, width in sheet.widths.items():
        page.column_dimensions[get_column_letter(column + 1)].width = width


def settle(path):
    """Writes a package again without the time of the day, so that the same variant gives the same bytes."""
    with zipfile.ZipFile(path) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts:
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2019-07-01T00:00:00Z", data)
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def with_xlsxwriter(book, path, inline=False):
    """`.xlsx` by another writer; inline strings when `inline`."""
    made = xlsxwriter.Workbook(str(path), {"constant_memory": inline, "date_1904": book.date1904})
    made.set_properties({"created": CREATED})
    for sheet in book.sheets:
        page = made.add_worksheet(sheet.name)
        for (row, column), value in sorted(sheet.cells.items(), key=lambda item: item[0]):
            style = {"font_name": value.font} if isinstance(value, Styled) else {}
            value = plain(value)
            if isinstance(value, datetime.date):
                page.write_datetime(row, column, value, made.add_format(style | {"num_format": DATE}))
            elif isinstance(value, str):
                page.write_string(row, column, value, made.add_format(style))
            else:
                page.write(row, column, value, made.add_format(style))
        for row in sheet.hidden_rows:
            page.set_row(row, None, None, {"hidden": True})
        for column in sheet.hidden_columns:
            page.set_column(column, column, None, None, {"hidden": True})
        if sheet.state != "visible":
            page.hide()
        for row, column in sheet.formatted:
            page.write_blank(row, column, None, made.add_format({"bottom": 1}))
        for top, left, bottom, right in [] if inline else sheet.merges:
            value = plain(sheet.cells.get((top, left)))
            if value is None or isinstance(value, str):
                page.merge_range(top, left, bottom, right, value or "")
    made.close()


BORDERS = "borders: left thin, right thin, top thin, bottom thin"
# How cells look in .xls: plain, of a table, of its header.
LOOKS = {
    None: "font: name Times New Roman",
    "table": f"font: name Times New Roman; {BORDERS}",
    "header": f"font: name Times New Roman, bold on; align: wrap on, horiz center, vert center; {BORDERS}",
}


def look(sheet, row, column):
    """How a cell looks."""
    for head, first, end, left, right in sheet.boxes:
        if left <= column < right and head <= row < end:
            return "header" if row < first else "table"
    return None


def with_xlwt(book, path):
    """`.xls` (BIFF8)."""
    made = xlwt.Workbook(encoding="utf-16-le")
    made.dates_1904 = book.date1904
    styles = {}

    def style(font, shown, look=None):
        if (font, shown, look) not in styles:
            one = xlwt.easyxf(LOOKS[look])
            one.num_format_str = shown
            if font:
                one.font.name = font
            styles[font, shown, look] = one
        return styles[font, shown, look]

    for sheet in book.sheets:
        page = made.add_sheet(sheet.name, cell_overwrite_ok=True)
        page.visibility = {"visible": 0, "hidden": 1, "veryHidden": 2}[sheet.state]
        for (row, column), value in sheet.cells.items():
            font = value.font if isinstance(value, Styled) else None
            value = plain(value)
            shown = style(font, DATE if isinstance(value, datetime.date) else "General", look(sheet, row, column))
            if isinstance(value, Error):
                page.row(row).set_cell_error(column, value.name, shown)
                continue
            page.write(
                row, column, xlwt.Formula(value.text.lstrip("=")) if isinstance(value, Formula) else value, shown
            )
        for head, _, end, left, right in sheet.boxes:
            for row, column in itertools.product(range(head, end), range(left, right)):
                if (row, column) not in sheet.cells:
                    page.write(row, column, None, style(None, "General", look(sheet, row, column)))
            page.row(head).height_mismatch, page.row(head).height = True, 640
        for column, width in sheet.widths.items():
            page.col(column).width = int(width * 256)
        for row, column in sheet.formatted:
            page.write(row, column, None, style(None, "@"))
        for top, left, bottom, right in sheet.merges:
            page.merge(top, bottom, left, right)
        for row in sheet.hidden_rows:
            page.row(row).hidden = True
        for column in sheet.hidden_columns:
            page.col(column).hidden = True
    made.save(str(path))


# The name of the export filter by ending, where the ending alone would choose another.
FILTERS = {
    "xls": "xls:MS Excel 97",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xlsm": "xlsm:Calc MS Excel 2007 VBA XML",
    "ods": "ods",
    "html": "html:HTML (StarCalc)",
}


def convert(jobs):
    """Converts workbooks by LibreOffice, one run per ending: pairs of a book and the file to be made."""
    with tempfile.TemporaryDirectory() as folder:
        for ending in sorted({target.ending for _, target in jobs}):
            mine = [(book, target.path) for book, target in jobs if target.ending == ending]
            stage, made = Path(folder) / ending, Path(folder) / f"{ending}-made"
            stage.mkdir()
            for at, (book, _) in enumerate(mine):
                with_openpyxl(book, stage / f"{at}.xlsx")
            command = [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                FILTERS[ending],
            ]
            command += ["--outdir", str(made)] + [str(stage / f"{at}.xlsx") for at in range(len(mine))]
            subprocess.run(command, check=True, capture_output=True, timeout=300)
            for at, (_, path) in enumerate(mine):
                (made / f"{at}.{ending}").replace(path)
