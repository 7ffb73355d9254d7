"""Combinations: layout × value × encoding × kind, chosen so that no two steps undo each other."""

import columns
import dates
import encodings_legacy as encodings
import headers
import kinds
import lines
import sheets
import values
from variants import add

LAYOUTS = {
    "two-header-rows": (headers.education, lines.roman),
    "agency-signature": (lines.agency_block, lines.signature),
    "split-date": (columns.date_under, lines.total_row),
    "split-name": (columns.ho_ten, lines.signature_at_once),
    "sex-marks": (columns.sex_marks, lines.sub_totals),
    "birth-under-sex": (columns.birth_date_under_sex, lines.formatted_blank_rows),
    "shuffled": (headers.shuffled, lines.numbers_only),
    "no-diacritics": (headers.no_marks, lines.repeated_header),
    "renamed": (sheets.renamed, headers.line_breaks),
    "continued": (sheets.composed(sheets.continued(2), "table-continued"), lines.signature),
    "two-tables": (sheets.composed(sheets.two_tables), headers.capitals),
    "three-header-rows": (headers.three_rows, headers.numbered("{}")),
    "merged-units": (lines.merged_units, lines.agency_block),
    "before-name": (headers.inserted(0, "Số hồ sơ", "Số điện thoại"), lines.of_which),
    "below-each-other": (kinds.single, lines.sections_letters),
}
VALUES = {
    "lost-zero": (values.lost_zero,),
    "fraction": (dates.fraction,),
    "decomposed": (values.decomposed,),
    "spaced": (values.spaced,),
    "abbreviations": (values.abbreviations,),
    "said-no": (values.said_no,),
    "id-spaces": (values.ids("spaces", lambda text: f"{text[:3]} {text[3:]}"),),
    "units": (values.units_without_type,),
    "ditto": (values.ditto_marks,),
}
ENCODINGS = {
    "unicode": (),
    "tcvn3": (encodings.whole("tcvn3", True),),
    "vni": (encodings.whole("vni", False),),
}
KINDS = ("openpyxl", "xlwt", "lo:ods", "xlsxwriter", "lo:xls", "xml2003")
# Text kinds hold one sheet; dates come as text there.
ONE_SHEET = ("below-each-other", "two-header-rows", "split-date", "sex-marks", "split-name")


def one_repair_a_cell(ret):
    """A cell that is decoded and has surplus spaces is listed once, as decoded: spaces need not be listed."""
    if "spaces" in ret.expect.repairs:
        ret.expect.repairs["spaces"] = (0, ret.expect.repairs["spaces"][1])


VALUE_NAMES, ENCODING_NAMES = list(VALUES), list(ENCODINGS)

for number, layout in enumerate(name for name in LAYOUTS for _ in range(3)):
    # Steps that share no factor with the lengths, so that every value meets every encoding and kind over the list.
    value = VALUE_NAMES[number * 4 % len(VALUES)]
    encoding = ENCODING_NAMES[(number + number // 3) % len(ENCODINGS)]
    kind = KINDS[(number * 5 + number // 6) % len(KINDS)]
    # A decomposed text is none of a legacy encoding; a ditto mark does not reach back to another sheet.
    if value == "decomposed" and encoding != "unicode":
        encoding = "unicode"
    if (layout, value) == ("continued", "ditto"):
        value = "said-no"
    steps = (*VALUES[value], *LAYOUTS[layout], *ENCODINGS[encoding], *((kinds.disguised,) if kind == "xml2003" else ()))
    if encoding != "unicode":
        steps += (one_repair_a_cell,)
    add(
        f"mix-{layout}-{value}-{encoding}-{kind.replace(':', '-')}",
        "Several at once",
        *steps,
        kind=kind,
        kinds_only=True,
    )

TEXT_KINDS = ("csv:utf-16-le:tab", "html", "csv:utf-8-bom:;", "csv:windows-1258:,")
# A text file holds no dates, so no school level was turned into one.
TEXT_VALUES = [name for name in VALUES if name != "fraction"]

for number, layout in enumerate(name for name in ONE_SHEET for _ in range(3)):
    value = TEXT_VALUES[number * 3 % len(TEXT_VALUES)]
    kind = TEXT_KINDS[(number + number // 4) % len(TEXT_KINDS)]
    if value == "decomposed" and "1258" in kind:
        kind = "html"
    steps = (*VALUES[value], *LAYOUTS[layout], kinds.single, kinds.all_texts)
    steps += (kinds.disguised,) if kind == "html" else (kinds.half_composed,) if "1258" in kind else ()
    # A page has no double spaces.
    steps += (one_repair_a_cell,) if kind == "html" else ()
    name = kind.replace(":;", "-semicolon").replace(":,", "-comma").replace(":", "-")
    add(f"mix-{layout}-{value}-{name}", "Several at once in a text file", *steps, kind=kind, kinds_only=True)
