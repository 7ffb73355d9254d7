"""Encodings of the time before Unicode: whole files, single columns, single cells; with and without fonts."""

import kinds
import legacy
from grid import Styled
from headers import without_marks
from variants import add

ENCODINGS = {"tcvn3": (legacy.tcvn3, ".VnTime"), "vni": (legacy.vni, "VNI-Times")}
CAPITALS = {"tcvn3": (legacy.tcvn3_capitals, ".VnTimeH"), "vni": (legacy.vni, "VNI-Times")}


def whole(name, fonts):
    """A step that encodes every text of the workbook. Texts in capitals (titles) get the font of capitals; names of
    sheets, which have no font, lose their marks."""

    def change(value):
        if not isinstance(value, str):
            return value
        encode, font = (CAPITALS if value.isupper() else ENCODINGS)[name]
        return Styled(encode(value), font) if fonts else encode(value)

    def touch(book):
        for sheet in book.sheets:
            sheet.name = without_marks(sheet.name)
            sheet.map(lambda value, _: change(value))

    def step(ret):
        ret.finish.append(touch)
        changed = [
            (field, value)
            for table in ret.both()
            for row in table.rows
            for field, value in row.items()
            if isinstance(value, str) and not value.isascii()
        ]
        texts = sum(field in ("ho_ten", "ghi_chu") for field, _ in changed)
        # Titles and labels are matched, not kept; two texts of the cover are kept.
        ret.expect.repaired("decoded", texts, len(changed) + 20)

    return step


def column(name, fonts, fields, rows=None):
    """A step that encodes some columns, or single cells of them."""
    encode, font = ENCODINGS[name]

    def change(text):
        return text if text.isascii() else Styled(encode(text), font) if fonts else encode(text)

    return lambda ret: ret.disguise("decoded", change, fields, rows)


for name in ENCODINGS:
    for fonts in (True, False):
        suffix = "font" if fonts else "bare"
        said = "with fonts" if fonts else "without fonts"
        title = name.upper()
        for kind, ending in (("openpyxl", ""), ("xlwt", "-xls")):
            add(f"{name}-whole-{suffix}{ending}", f"Everything in {title}, {said}", whole(name, fonts), kind=kind)
        add(f"{name}-column-{suffix}", f"Names in {title}, {said}", column(name, fonts, ["ho_ten"]))
        add(f"{name}-column-{suffix}-xls", f"Names in {title}, {said}", column(name, fonts, ["ho_ten"]), kind="xlwt")
        add(
            f"{name}-cells-{suffix}",
            f"Three names and remarks in {title}, {said}",
            column(name, fonts, ["ho_ten", "ghi_chu"], {1, 6, 8}),
        )
    add(f"{name}-whole-ods", f"Everything in {name.upper()}, with fonts, in .ods", whole(name, True), kind="lo:ods")
    add(
        f"{name}-codes",
        f"Communes, ethnic groups and results in {name.upper()}",
        lambda ret, name=name: codes(ret, name),
    )


def codes(ret, name):
    """List values encoded, all else Unicode."""
    changed = column(name, False, ["don_vi", "dan_toc", "ket_qua", "dang_vien", "chuc_danh"])(ret)
    ret.expect.repairs["decoded"] = (0, changed)


def capitals(ret):
    """Names typed in a font of capitals only: they read as capitals."""
    ret.disguise("decoded", lambda text: Styled(legacy.tcvn3_capitals(text), ".VnTimeH"), ["ho_ten"])
    ret.expect_each(str.upper, ["ho_ten"])


add("tcvn3-capitals", "Names in .VnTimeH", capitals)
add("tcvn3-capitals-xls", "Names in .VnTimeH", capitals, kind="xlwt")
add("tcvn3-capitals-ods", "Names in .VnTimeH", capitals, kind="lo:ods")


for name in ENCODINGS:
    add(
        f"{name}-csv",
        f"CSV whose bytes are {name.upper()}",
        kinds.single,
        kinds.all_texts,
        whole(name, False),
        kind="csv:latin-1:;",
    )
    add(
        f"{name}-html",
        f"HTML table named .xls in {name.upper()}, with fonts",
        kinds.single,
        kinds.all_texts,
        kinds.disguised,
        whole(name, True),
        kind="html",
    )
