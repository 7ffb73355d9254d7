"""Whether a marked workbook holds all that its original holds, and the marks; read by openpyxl, which is not ours.

    python3 compare.py FOLDER

compares FOLDER/<name> with FOLDER/marked/<name> for every case of cases.json and prints what is wrong.
"""

import io
import json
import sys
import warnings
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl

warnings.simplefilter("ignore")
FOLDER = Path(sys.argv[1])
LIST = "Lỗi cần sửa"
HEAD = "——— tonghop ———"
DIALECTS = [(b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
            (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
            (b"http://purl.oclc.org/ooxml/officeDocument/customProperties", b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"),
            (b"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes", b"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"),
            (b"relationships/customProperties", b"relationships/custom-properties")]
# Order of the elements of a worksheet that marking touches or stands beside (ECMA-376, part 1, 18.3.1.99).
ORDER = ["sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter", "mergeCells",
         "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
         "ignoredErrors", "drawing", "legacyDrawing", "legacyDrawingHF", "controls", "tableParts", "extLst"]
# Parts that marking may change or drop.
MAY_CHANGE = ("[content_types].xml", "workbook.xml", "book.xml", "styles.xml", "comments", "vmldrawing", ".rels", "worksheets/", "chartsheets/",
              "custom.xml", "calcchain.xml", "_xmlsignatures/", "sheet.xml")


def opened(path):
    """A workbook; of the strict dialect and of names with backslashes openpyxl knows nothing, so they are told as usual."""
    if not any(word in path.name for word in ["strict", "backslash"]):
        return openpyxl.load_workbook(path)
    usual = io.BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(usual, "w") as out:
        for name in package.namelist():
            data = package.read(name)
            for strict, transitional in DIALECTS:
                data = data.replace(strict, transitional)
            out.writestr(name.replace("\\", "/"), data)
    return openpyxl.load_workbook(usual)


def cells(sheet):
    """Value, number format, link and looks of each cell; a workbook without styles has no looks to keep."""
    looks = 3 if "bare" in name_of_case else None
    return {cell.coordinate: (cell.value, cell.number_format, cell.hyperlink and cell.hyperlink.target,
                              *map(repr, [cell.font, cell.fill, cell.border, cell.alignment, cell.protection]))[:looks]
            for row in sheet.iter_rows() for cell in row if not isinstance(cell, openpyxl.cell.cell.MergedCell)}


def settings(sheet):
    rows = {n: (d.height, d.hidden, d.outlineLevel) for n, d in sheet.row_dimensions.items()}
    columns = {n: (d.width, d.hidden, d.outlineLevel) for n, d in sheet.column_dimensions.items()}
    checks = sorted((str(one.sqref), one.type, one.formula1) for one in sheet.data_validations.dataValidation)
    names = sorted((name, one.attr_text) for name, one in sheet.defined_names.items())
    tables = sorted(sheet.tables.items())
    return [rows, columns, checks, names, tables, sorted(map(str, sheet.merged_cells.ranges)), sheet.auto_filter.ref, sheet.freeze_panes,
            sheet.print_title_rows, sheet.print_area, sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.oddFooter.center.text,
            sheet.protection.sheet, sheet.protection.password, sheet.sheet_state, len(sheet._charts), len(sheet._images)]


def rules(sheet):
    """Rules in order of priority: range, type, formulas."""
    found = [(rule.priority, str(area.sqref), rule.type, tuple(map(str, rule.formula)))
             for area in sheet.conditional_formatting for rule in area.rules]
    return [rule[1:] for rule in sorted(found, key=lambda rule: rule[0])]


def is_own(rule):
    return any("tonghop" in formula for formula in rule[2])


def sheets(original, marked, marks):
    for sheet in original.worksheets:
        other = marked[sheet.title]
        if cells(sheet) != {at: value for at, value in cells(other).items() if at in cells(sheet)}:
            yield f"{sheet.title}: cells differ"
        if settings(sheet) != settings(other):
            yield f"{sheet.title}: settings differ: {[pair for pair in zip(settings(sheet), settings(other)) if pair[0] != pair[1]]}"
        after = rules(other)
        wanted = [mark for mark in marks if mark["sheet"] == sheet.title]
        if [rule for rule in after if not is_own(rule)] != rules(sheet):
            yield f"{sheet.title}: rules of the district differ"
        own = [rule for rule in after if is_own(rule)]
        if own != after[:len(own)] or {rule[0] for rule in own} != {mark["cell"] for mark in wanted} or len(own) != len(wanted):
            yield f"{sheet.title}: marks {own}"
        for row in other.iter_rows():
            for cell in row:
                before = sheet[cell.coordinate].comment
                words = (cell.comment.text if cell.comment else "").strip()
                theirs = (before.text if before else "").strip()
                marked_here = cell.coordinate in {mark["cell"] for mark in wanted}
                threaded = "threads" in name_of_case and cell.coordinate == "D3"
                if not words.startswith(theirs) or (HEAD in words) != (marked_here and not threaded) or words.count(HEAD) > 1:
                    yield f"{sheet.title}!{cell.coordinate}: note {words!r}, before {theirs!r}"


def workbook(original, marked, macros):
    names = [name for name in marked.sheetnames if name not in (LIST, "Tự sửa")]
    if names != original.sheetnames:
        yield f"sheets {marked.sheetnames}"
    if marked.sheetnames.index(LIST) != (len(original.sheetnames) if macros else 0):
        yield f"the list stands at {marked.sheetnames.index(LIST)}"
    if marked.active.title != LIST:
        yield f"opens at {marked.active.title}"
    selected = [sheet.title for sheet in marked.worksheets if sheet.sheet_view.tabSelected]
    if selected != [LIST]:
        yield f"selected: {selected}"
    if {n: one.attr_text for n, one in original.defined_names.items()} != {n: one.attr_text for n, one in marked.defined_names.items()}:
        yield "defined names differ"
    properties = {one.name: one.value for one in marked.custom_doc_props}
    for one in original.custom_doc_props:
        if properties.get(one.name) != one.value:
            yield f"property {one.name}"
    if properties.get("tonghop.added") != f"{LIST}/Tự sửa":
        yield f"properties {properties}"


def packages(before, after):
    with zipfile.ZipFile(before) as one, zipfile.ZipFile(after) as other:
        if other.testzip() or len(set(name.lower() for name in other.namelist())) != len(other.namelist()):
            yield "the package is damaged"
        for name in one.namelist():
            if not any(word in name.lower() for word in MAY_CHANGE):
                if name not in other.namelist() or one.read(name) != other.read(name):
                    yield f"{name} changed"
        for name in other.namelist():
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(other.read(name))
                local = [child.tag.split("}")[-1] for child in root]
                if root.tag.endswith("}worksheet"):
                    places = [ORDER.index(child) for child in local if child in ORDER]
                    if places != sorted(places):
                        yield f"{name}: order {local}"
                if name.endswith("_rels/.rels") and "origin" in other.read(name).decode():
                    yield "the signature is still there"
        if any("calcchain" in name.lower() for name in other.namelist()):
            yield "the order of calculation is still there"
        types = other.read("[Content_Types].xml").decode()
        listed = {name.lower() for name in other.namelist()}
        for override in ElementTree.fromstring(types):
            part = override.get("PartName")
            if part and part.lstrip("/").lower() not in {name.replace("\\", "/") for name in listed}:
                yield f"a type for {part}, which is not there"


wrong = 0
for one in json.loads((FOLDER / "cases.json").read_text()):
    name_of_case = one["name"]
    before, after = FOLDER / name_of_case, FOLDER / "marked" / name_of_case
    original, marked = opened(before), opened(after)
    faults = [*workbook(original, marked, name_of_case.endswith("xlsm")), *sheets(original, marked, one["marks"]), *packages(before, after)]
    for fault in faults:
        print(f"{name_of_case}: {fault}")
    wrong += len(faults)
sys.exit(wrong > 0)
