"""Workbooks rich in everything a district's file may hold, to be marked: made by openpyxl, XlsxWriter and LibreOffice,
and packages bent by hand as odd writers bend them.

    python3 make.py FOLDER

writes the workbooks and cases.json: for each workbook, the cells to mark.
"""

import json
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo

FOLDER = Path(sys.argv[1])
CASES = []
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def case(name, marks):
    """Notes a workbook with the cells to mark: sheet, cell, formula that is true while the value is wrong, level."""
    keys = ["sheet", "cell", "formula", "level"]
    CASES.append({"name": name, "marks": [dict(zip(keys, mark)) for mark in marks]})


PEOPLE = [("Học viên", "D3", 'EXACT($D$3,"12345")', "error"), ("Học viên", "B5", "LEN(TRIM($B$5))=0", "warning"),
          ("Học viên", "E4", "OR($E$4=-3,EXACT($E$4,\"-3\"))", "note"), ("Số liệu", "B2", "$B$2=7", "error")]
ROWS = [["TT", "Họ tên", "Ngày sinh", "Số CCCD", "Số ngày"], [1, "Nguyễn Văn An", 31000, "020185000001", 12],
        [2, "Lý A <&> \"Páo\"", 31555.5, "12345", 4], [3, "Hoàng Thị Én", None, "020185000003", -3], [4, None, 33000, "7", 9]]


def by_openpyxl(path):
    book = openpyxl.Workbook()
    people = book.active
    people.title = "Học viên"
    for row in ROWS:
        people.append(row)
    for cell in people[1]:
        cell.font, cell.fill = Font(bold=True, name="Times New Roman"), PatternFill("solid", fgColor="DDEBF7")
    for row in range(2, 6):
        people.cell(row, 3).number_format = "dd/mm/yyyy"
        people.cell(row, 2).protection = Protection(locked=False)
    people["F2"] = "=SUM(E2:E5)"
    people["B2"].comment = Comment("Đã xác minh", "Cán bộ huyện", width=300, height=80)
    people["D3"].comment = Comment("Xem lại số này", "Cán bộ huyện")
    people.merge_cells("A8:C9")
    people["A8"] = "NGƯỜI LẬP BIỂU"
    people.auto_filter.ref = "A1:E5"
    people.freeze_panes = "C2"
    people.print_title_rows = "1:1"
    people.print_area = "A1:F9"
    people.page_setup.orientation, people.page_setup.paperSize = "landscape", 9
    people.oddFooter.center.text = "Trang &P"
    people.row_dimensions.group(3, 4, hidden=True)
    people.column_dimensions["B"].width = 28
    people.column_dimensions["G"].hidden = True
    people.row_dimensions[5].height = 33
    people.conditional_formatting.add("E2:E5", CellIsRule(operator="lessThan", formula=["0"], font=Font(color="FF0000")))
    people.conditional_formatting.add("E2:E5", ColorScaleRule(start_type="min", start_color="FFFFFF", end_type="max", end_color="00FF00"))
    choice = DataValidation(type="list", formula1='"Nam,Nữ"', allow_blank=True)
    choice.add("H2:H50")
    people.add_data_validation(choice)
    people["I2"].hyperlink = "https://example.org/mau"
    people.protection.sheet = True
    figures = book.create_sheet("Số liệu")
    for row in [["Xã", "Số"], ["A", 7], ["B", 9]]:
        figures.append(row)
    figures.add_table(Table(displayName="Bang1", ref="A1:B3", tableStyleInfo=TableStyleInfo(name="TableStyleMedium9", showRowStripes=True)))
    chart = BarChart()
    chart.add_data(Reference(figures, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    figures.add_chart(chart, "D2")
    hidden = book.create_sheet("Ẩn")
    hidden["A1"], hidden.sheet_state = "danh mục", "hidden"
    only_chart = book.create_chartsheet("Đồ thị")
    graph = BarChart()
    graph.add_data(Reference(figures, min_col=2, min_row=1, max_row=3))
    only_chart.add_chart(graph)
    book.defined_names["vung_chung"] = DefinedName("vung_chung", attr_text="'Học viên'!$A$1:$E$5")
    figures.defined_names["vung_rieng"] = DefinedName("vung_rieng", attr_text="'Số liệu'!$A$1")
    book.custom_doc_props.append(StringProperty(name="don.vi", value="Bắc Sơn"))
    book.save(path)


def picture():
    """A small PNG."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\xc0\x20\x20" * 8 for _ in range(8))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def by_xlsxwriter(path, macros=False):
    image = FOLDER / "anh.png"
    image.write_bytes(picture())
    book = xlsxwriter.Workbook(path)
    people, figures = book.add_worksheet("Học viên"), book.add_worksheet("Số liệu")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(ROWS):
        people.write_row(number, 0, row)
    for number, row in enumerate(ROWS[1:], 1):
        if row[2] is not None:
            people.write_number(number, 2, row[2], day)
    people.write_rich_string("G2", "Ghi ", book.add_format({"bold": True}), "chú", " thêm")
    people.write_formula("F2", "=SUM(E2:E5)", None, 22)
    people.write_comment("D3", "Xem lại số này", {"author": "Cán bộ huyện", "visible": True})
    people.write_comment("B2", "Đã xác minh")
    people.insert_image("H2", str(image))
    people.set_header("&L&G", {"image_left": str(image)})
    people.insert_textbox("H8", "Hướng dẫn ghi")
    people.insert_button("J8", {"macro": "Kiem_tra", "caption": "Kiểm tra"})
    people.conditional_format("E2:E5", {"type": "data_bar"})
    people.conditional_format("B2:B5", {"type": "duplicate", "format": book.add_format({"bg_color": "#FFFF00"})})
    people.data_validation("H20", {"validate": "list", "source": ["Nam", "Nữ"]})
    people.set_row(2, 40, None, {"level": 1})
    people.set_row(3, None, None, {"level": 1, "hidden": True})
    people.set_column("B:B", 30)
    people.freeze_panes(1, 2)
    people.repeat_rows(0)
    people.protect("mat-khau")
    people.ignore_errors({"number_stored_as_text": "D2:D5"})
    figures.add_table("A1:B3", {"name": "Bang1", "data": [["A", 7], ["B", 9]], "columns": [{"header": "Xã"}, {"header": "Số"}]})
    figures.add_sparkline("D2", {"range": "'Số liệu'!B2:B3"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Số liệu'!$B$2:$B$3"})
    figures.insert_chart("F2", chart)
    figures.activate()
    sheet = book.add_chartsheet("Đồ thị")
    graph = book.add_chart({"type": "pie"})
    graph.add_series({"values": "='Số liệu'!$B$2:$B$3"})
    sheet.set_chart(graph)
    book.define_name("vung_chung", "='Học viên'!$A$1")
    if macros:
        project = FOLDER / "vbaProject.bin"
        project.write_bytes(bytes(range(256)) * 8)
        book.add_vba_project(str(project))
    book.close()


def bent(source, path, change, add=(), rename=lambda name: name):
    """A copy of a package whose parts are bent by `change(name, text)`."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in package.namelist():
            data = package.read(name)
            if name.endswith((".xml", ".rels", ".vml")):
                text = change(name, data.decode())
                if text is None:
                    continue
                data = text if isinstance(text, bytes) else text.encode()
            out.writestr(rename(name), data)
        for name, text in add:
            out.writestr(name, text)


def strict(_, text):
    for old, new in [("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
                     ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")]:
        text = text.replace(old, new)
    return text


def prefixed(name, text):
    """Every element of workbook, sheets, styles and notes under the prefix `x:`, ids under `rel:` declared where used."""
    if not re.match(r"xl/(workbook|styles|sharedStrings|comments\d*|worksheets/sheet\d+)\.xml", name):
        return text
    text = re.sub(r"<(/?)(?=[A-Za-z])(?![a-z0-9]+:)", r"<\1x:", text)
    text = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').replace(f' xmlns:r="{RELATIONS}"', "")
    return re.sub(r' r:id="', f' xmlns:rel="{RELATIONS}" rel:id="', text)


def content_types(text, more):
    return text.replace("</Types>", more + "</Types>")


def thread(name, text):
    """A thread of comments on D3, as Excel writes it: a stand-in note and the thread itself."""
    if name == "xl/comments1.xml":
        text = re.sub(r"(<authors>.*?)(</authors>)", r"\1<author>tc={6F1C0A47-0000-4000-8000-000000000001}</author>\2", text)
        authors = text.split("</authors>")[0].count("<author>")
        return re.sub(r'(<comment ref="D3" authorId=")\d+"', rf'\g<1>{authors - 1}"', text)
    if name == "xl/worksheets/_rels/sheet1.xml.rels":
        return text.replace("</Relationships>", '<Relationship Id="rIdThread" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>')
    if name == "[Content_Types].xml":
        return content_types(text, '<Override PartName="/xl/threadedComments/threadedComment1.xml" ContentType="application/vnd.ms-excel.threadedcomments+xml"/>')
    return text


def signed(name, text):
    if name == "_rels/.rels":
        return text.replace("</Relationships>", '<Relationship Id="rIdSign" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>')
    if name == "[Content_Types].xml":
        return content_types(text, '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/><Override PartName="/_xmlsignatures/sig1.xml" ContentType="application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"/>')
    return text


def chained(name, text):
    if name == "xl/_rels/workbook.xml.rels":
        return text.replace("</Relationships>", f'<Relationship Id="rIdChain" Type="{RELATIONS}/calcChain" Target="calcChain.xml"/></Relationships>')
    if name == "[Content_Types].xml":
        return content_types(text, '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>')
    return text


def odd_names(name, text):
    """Absolute targets, targets and part names of other case, a byte order mark."""
    if name.endswith(".rels"):
        text = re.sub(r'Target="worksheets/', 'Target="/xl/WORKSHEETS/', text)
    if name == "xl/workbook.xml":
        return b"\xef\xbb\xbf" + text.encode()
    return text


def bare(path):
    """The least that a workbook can be: no styles, no shared strings, no properties."""
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c><c r="B{0}"><v>{2}</v></c></row>'
    rows = "".join(row.format(number, f"dòng {number}", number * 2) for number in range(1, 5))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/book.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="book.xml"/></Relationships>',
        "_rels/book.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="b" Type="{RELATIONS}/worksheet" Target="sheet.xml"/></Relationships>',
        "book.xml": f'<workbook xmlns="{MAIN}"><sheets><sheet name="Một" sheetId="7" r:id="b" xmlns:r="{RELATIONS}"/></sheets></workbook>',
        "sheet.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as out:
        for name, text in parts.items():
            out.writestr(name, text)


def by_libreoffice(names):
    """Copies as LibreOffice saves them."""
    profile, out = FOLDER / "profile", FOLDER / "lo"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run([*command, "--outdir", str(out), *[str(FOLDER / name) for name in names]], check=True, capture_output=True)
    for name in names:
        (out / name).rename(FOLDER / f"lo-{name}")
        case(f"lo-{name}", PEOPLE)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    by_openpyxl(FOLDER / "openpyxl.xlsx")
    by_xlsxwriter(FOLDER / "xlsxwriter.xlsx")
    by_xlsxwriter(FOLDER / "macro.xlsm", macros=True)
    for name in ["openpyxl.xlsx", "xlsxwriter.xlsx", "macro.xlsm"]:
        case(name, PEOPLE)
    for source in ["openpyxl", "xlsxwriter"]:
        for word, change in [("strict", strict), ("prefixed", prefixed)]:
            bent(FOLDER / f"{source}.xlsx", FOLDER / f"{word}-{source}.xlsx", change)
            case(f"{word}-{source}.xlsx", PEOPLE)
    source = FOLDER / "xlsxwriter.xlsx"
    comments = f'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'
    bent(source, FOLDER / "threads.xlsx", thread, [("xl/threadedComments/threadedComment1.xml", comments)])
    bent(source, FOLDER / "signed.xlsx", signed, [("_xmlsignatures/origin.sigs", ""), ("_xmlsignatures/sig1.xml", "<Signature/>")])
    chain = f'<calcChain xmlns="{MAIN}"><c r="F2" i="1"/></calcChain>'
    bent(source, FOLDER / "chained.xlsx", chained, [("xl/calcChain.xml", chain)])
    bent(source, FOLDER / "odd-names.xlsx", odd_names)
    bent(source, FOLDER / "backslashes.xlsx", lambda _, text: text, rename=lambda name: name.replace("/", "\\") if "theme" in name or "drawing" in name else name)
    for name in ["threads.xlsx", "signed.xlsx", "chained.xlsx", "odd-names.xlsx", "backslashes.xlsx"]:
        case(name, PEOPLE)
    bare(FOLDER / "bare.xlsx")
    case("bare.xlsx", [("Một", "B2", "$B$2=4", "error"), ("Một", "Z90", "LEN(TRIM($Z$90))=0", "warning")])
    by_libreoffice(["openpyxl.xlsx", "xlsxwriter.xlsx"])
    (FOLDER / "cases.json").write_text(json.dumps(CASES, ensure_ascii=False))


main()
