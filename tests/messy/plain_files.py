"""Writers of what is no workbook but is sent as one: CSV, HTML tables, SpreadsheetML 2003."""

import csv
import html
import io
from datetime import date
from xml.sax.saxutils import escape

from grid import Styled, plain
from legacy import windows_1258


def said(value):
    """A value as text, dates dd/mm/yyyy."""
    value = plain(value)
    if value is None:
        return ""
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


ENCODERS = {
    "utf-8": lambda text: text.encode("utf-8"),
    "utf-8-bom": lambda text: text.encode("utf-8-sig"),
    "utf-16-le": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf-16-be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "windows-1258": windows_1258,
    "latin-1": lambda text: text.encode("latin-1"),
}


def write_csv(book, path, encoding, separator):
    """The first sheet, one line a row."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    for row in book.sheets[0].rows():
        writer.writerow([said(value) for value in row])
    path.write_bytes(ENCODERS[encoding](text.getvalue()))


def write_html(book, path, encoding="utf-8", entities=False):
    """A page with one table a sheet, merged cells as spans, as web systems give it under the name of a workbook."""
    charset = "utf-8" if encoding == "utf-8-bom" else encoding
    parts = [f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>']
    for sheet in book.sheets:
        parts.append(f"<h3>{sheet.name}</h3><table border=1>")
        parts += [html_row(sheet, row) for row in range(sheet.last_row() + 1)]
        parts.append("</table>")
    text = "\r\n".join([*parts, "</body></html>"])
    if entities:
        text = "".join(c if c.isascii() else f"&#{ord(c)};" for c in text)
    path.write_bytes(ENCODERS[encoding](text))


def html_row(sheet, row):
    """One row of an HTML table."""
    width = max(column for _, column in sheet.cells) + 1
    cells = []
    for column in range(width):
        span = next((m for m in sheet.merges if m[0] <= row <= m[2] and m[1] <= column <= m[3]), None)
        if span and (row, column) != span[:2]:
            continue
        size = f' rowspan="{span[2] - row + 1}" colspan="{span[3] - column + 1}"' if span else ""
        value = sheet.cells.get((row, column))
        text = html.escape(said(value)).replace("\n", "<br>")
        if isinstance(value, Styled):
            text = f'<font face="{value.font}">{text}</font>'
        cells.append(f"<td{size}>{text}</td>")
    return f"<tr>{''.join(cells)}</tr>"


OFFICE = "urn:schemas-microsoft-com:office:spreadsheet"


def write_xml2003(book, path):
    """SpreadsheetML 2003: typed cells, blank ones left out by their index."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>',
        f'<Workbook xmlns="{OFFICE}" xmlns:ss="{OFFICE}">',
        '<Styles><Style ss:ID="d"><NumberFormat ss:Format="dd/mm/yyyy"/></Style></Styles>',
    ]
    for sheet in book.sheets:
        parts.append(f'<Worksheet ss:Name="{escape(sheet.name)}"><Table>')
        for row in sorted({row for row, _ in sheet.cells}):
            cells = [
                (at[1], plain(value), merged_to(sheet, at))
                for at, value in sorted(sheet.cells.items(), key=lambda item: item[0])
                if at[0] == row
            ]
            parts.append(f'<Row ss:Index="{row + 1}">{"".join(xml_cell(*cell) for cell in cells)}</Row>')
        parts.append("</Table></Worksheet>")
    path.write_text("\n".join([*parts, "</Workbook>"]), encoding="utf-8")


def merged_to(sheet, at):
    """The attributes of a cell that is merged with those right of it and below it."""
    span = next((m for m in sheet.merges if (m[0], m[1]) == at), None)
    return f' ss:MergeDown="{span[2] - at[0]}" ss:MergeAcross="{span[3] - at[1]}"' if span else ""


def xml_cell(column, value, merged):
    """One typed cell."""
    place = f'ss:Index="{column + 1}"{merged}'
    if isinstance(value, date):
        return f'<Cell {place} ss:StyleID="d"><Data ss:Type="DateTime">{value}T00:00:00.000</Data></Cell>'
    kind = "Boolean" if isinstance(value, bool) else "Number" if isinstance(value, (int, float)) else "String"
    text = escape(str(int(value) if isinstance(value, bool) else value)).replace("\n", "&#10;")
    return f'<Cell {place}><Data ss:Type="{kind}">{text}</Data></Cell>'
