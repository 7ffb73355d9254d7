"""Values: numbers, ids, flags, names, codes, ditto marks, formulas, errors."""

import unicodedata
from itertools import pairwise

import legacy
from grid import Error, Formula
from variants import add, variant

NAMES = ("ho_ten", "ghi_chu")
FLAGS = ("khuyet", "cap_uy", "ubnd", "hdnd")
CODES = ("gioi_tinh", "dan_toc", "don_vi", "chuc_danh", "dang_vien", "van_hoa", "ket_qua", "xep_loai", "suc_khoe")

# ── Numbers and ids ─────────────────────────────────────────────────────────────────────────────────────────────────


def ids(kind, change):
    """A step that writes ids otherwise."""
    return lambda ret: ret.disguise(kind, change, ["cccd"])


lost_zero = ids("leading-zero", int)
add("number-as-text", "STT as text", lambda ret: ret.disguise("text-number", str, ["stt"]))
add("number-with-point", "STT as «1.»", lambda ret: ret.disguise("text-number", lambda number: f"{number}.", ["stt"]))
add("number-with-zero", "STT as «01»", lambda ret: ret.disguise("text-number", lambda number: f"{number:02}", ["stt"]))
add("number-in-text-column", "Party cards as numbers", lambda ret: ret.disguise(None, int, ["so_the_dang"]))
add("id-number", "Ids as numbers, the zero lost", lost_zero)
add("id-number-text", "Ids as text, the zero lost", ids("leading-zero", lambda text: text.lstrip("0")))
add("id-spaces", "Ids in groups", ids("spaces", lambda text: " ".join(text[at : at + 3] for at in range(0, 12, 3))))
add("id-points", "Ids with points", ids("spaces", lambda text: f"{text[:3]}.{text[3:6]}.{text[6:]}"))
add("id-apostrophe", "Ids with a typed apostrophe", ids("spaces", lambda text: f"'{text}"))
add("id-nbsp", "Ids with a non-breaking space behind", ids("spaces", lambda text: f"{text}\u00a0"))


@variant("id")
def scientific(ret):
    """An id as text in scientific notation: digits are lost, no guess."""
    ret.trainees.rows[6]["cccd"] = "2,00850E+10"
    ret.expect.findings["wrong-type"] = 1
    ret.expect.held["hoc_vien"].add(6)


# ── Marks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

for at, mark in enumerate(["X", "+", "✓", "có", "Có", 1, True, "1", "√", "v", " x "]):
    add(f"flag-{at + 1}", f"Flags marked {mark!r}", lambda ret, mark=mark: ret.disguise(None, lambda _: mark, FLAGS))


@variant("flag")
def said_no(ret):
    """No marks: không, 0, - and FALSE in turn."""
    marks = ["không", 0, "-", False, "Không", "0"]
    for at, row in enumerate(ret.command.rows):
        for name in FLAGS:
            row[name] = row[name] or marks[at % len(marks)]


# ── Names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def names(kind, change, fields=NAMES):
    """A step that writes names and remarks otherwise."""
    return lambda ret: ret.disguise(kind, change, fields)


decomposed = names("composed", lambda text: unicodedata.normalize("NFD", text))
spaced = names("spaces", lambda text: f" {text.replace(' ', '  ')} ")
add("name-nbsp", "Non-breaking spaces", names("spaces", lambda text: text.replace(" ", "\u00a0")))
add("name-zero-width", "Zero-width spaces and marks", names("spaces", lambda text: f"\u200b{text}\ufeff"))
add("name-spaces", "Double, leading and trailing spaces", spaced)
add("name-tab", "A tab and a line break", names("spaces", lambda text: text.replace(" ", "\t", 1) + "\n"))
add("name-decomposed", "Decomposed", decomposed)
add("name-half-composed", "Half-composed as in Windows-1258", names("composed", legacy.half_composed))
add("name-look-alike", "Ð for Đ", names("look-alike", lambda text: text.replace("Đ", "Ð").replace("đ", "ð")))
add("name-look-alike-retroflex", "Ɖ for Đ", names("look-alike", lambda text: text.replace("Đ", "Ɖ")))


def kept(change):
    """A step that writes names otherwise, which is the district's right: kept, no repair."""

    def step(ret):
        ret.disguise(None, change, ["ho_ten"])
        ret.expect_each(change, ["ho_ten"])

    return step


add("name-all-caps", "Names in capitals, kept", kept(str.upper))
add("name-new-tone-place", "Hoà, Thuỷ, Toàn: kept", kept(lambda text: text.replace("òa", "oà").replace("ủy", "uỷ")))


@variant("name")
def caps_in_one_list(ret):
    """Capitals in the command only: the same persons by key."""
    for at, row in enumerate(ret.command.rows):
        if row["ho_ten"]:
            row["ho_ten"] = row["ho_ten"].upper()
            ret.expect_value("ban_chqs", at, "ho_ten", row["ho_ten"])


# ── Codes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def codes(change, fields=CODES):
    """A step that writes codes otherwise; a list value in another spelling is no repair that must be listed."""

    def step(ret):
        changed = ret.disguise(None, change, fields)
        ret.expect.repaired("spaces", 0, changed)
        ret.expect.repaired("composed", 0, changed)

    return step


def look_alike_codes(ret):
    """Ð for Đ in list values."""
    changed = ret.disguise(None, lambda text: text.replace("Đ", "Ð"), CODES)
    ret.expect.repaired("look-alike", 0, changed)


add("code-all-caps", "List values in capitals", codes(str.upper))
add("code-small", "List values in small letters", codes(str.lower))
add("code-spaces", "List values with spaces", codes(lambda text: f" {text.replace(' ', '  ')} "))
add("code-nbsp", "List values with non-breaking spaces", codes(lambda text: text.replace(" ", "\u00a0") + "\u00a0"))
add("code-decomposed", "List values decomposed", codes(lambda text: unicodedata.normalize("NFD", text)))
add("code-half-composed", "List values half-composed", codes(legacy.half_composed))
add("code-look-alike", "Ð for Đ in list values", look_alike_codes)

SHORT = {
    "don_vi": lambda text: text.replace("Phường ", "P. ").replace("Xã ", "X. "),
    "chuc_danh": {
        "Chỉ huy trưởng": "CHT",
        "Phó Chỉ huy trưởng": "PCHT",
        "Chính trị viên": "CTV",
        "Chính trị viên phó": "CTVP",
    }.get,
    "dang_vien": {"Chính thức": "ĐVCT", "Dự bị": "ĐVDB", "Không": "Quần chúng"}.get,
    "khoa": lambda text: text.split(" (")[0],
    "khoa_da_hoc": lambda text: text.split(" (")[0],
    "dan_toc": lambda text: {"Tày": "Tầy", "Sán Chay": "Cao Lan"}.get(text, text),
    "van_hoa": lambda text: {"Tốt nghiệp THPT (12/12)": "12/12", "Lớp 9/12": "9/12", "Trung học cơ sở": "THCS"}.get(
        text, text
    ),
    "suc_khoe": lambda text: int(text[-1]),
    "ket_qua": {"Tốt nghiệp": "TN", "Không tốt nghiệp": "KTN"}.get,
}


@variant("code")
def abbreviations(ret):
    """P., X., CHT, ĐVCT, Khóa 1, 12/12 and their kin."""
    for name, change in SHORT.items():
        ret.disguise(None, change, [name])


@variant("code")
def units_without_type(ret):
    """Communes without Phường or Xã."""
    ret.disguise(None, lambda text: text.split(" ", 1)[1], ["don_vi"])


@variant("code")
def units_in_capitals(ret):
    """PHƯỜNG TAM THANH."""
    ret.disguise(None, str.upper, ["don_vi"])


@variant("code")
def units_without_points(ret):
    """P Tam Thanh, X Mai Pha."""
    ret.disguise(None, lambda text: text.replace("Phường ", "P ").replace("Xã ", "X "), ["don_vi"])


@variant("code")
def unknown(ret):
    """A list value with a typing slip: a finding with a suggestion, not a guess."""
    ret.trainees.rows[6]["ket_qua"] = "Không tốt nghiêp"
    ret.expect.findings["wrong-type"] = 1
    ret.expect.held["hoc_vien"].add(6)


# ── Ditto, formulas, errors ─────────────────────────────────────────────────────────────────────────────────────────

REPEATED = ("don_vi", "khoa", "ngay_nhap_hoc", "ngay_tot_nghiep", "dan_toc", "ket_qua")


def ditto(mark):
    """A step that marks a value equal to the one above."""

    def step(ret):
        for table in ret.both():
            for above, row in reversed(list(pairwise(table.rows))):
                for name in REPEATED:
                    if row.get(name) is not None and row[name] == above.get(name):
                        row[name] = mark
                        ret.expect.repaired("ditto")

    return step


for at, mark in enumerate(["nt", "-nt-", '"', "″", "như trên", "-nt", "n.t", "〃", "Nt", '""']):
    add(f"ditto-{at + 1}", f"Ditto marked {mark}", ditto(mark))
ditto_marks = ditto("-nt-")


@variant("formula")
def in_a_value(ret):
    """A formula without stored result where a value should stand."""
    ret.trainees.rows[6]["ho_ten"] = Formula('="Lý Xuân "&"Hòa"')
    ret.expect.findings["formula-not-computed"] = 1
    ret.expect.held["hoc_vien"].add(6)


@variant("formula")
def in_numbers(ret):
    """STT counted by formulas without stored results: a number that nobody needs holds nobody back."""
    for table in ret.both():
        for row in table.rows:
            row["stt"] = Formula("=ROW()-4")
    ret.expect_each(lambda _: None, ["stt"])


@variant("formula", kind="lo:xlsx")
def computed(ret):
    """STT and a name computed by formulas, results stored by LibreOffice."""
    for table in ret.both():
        for row in table.rows:
            row["stt"] = Formula(f"={row['stt']}+0")
    ret.trainees.rows[6]["ho_ten"] = Formula('="Lý Xuân "&"Hòa"')


def error(name, kind="openpyxl"):
    """A variant with one error cell."""

    def step(ret):
        ret.trainees.rows[6]["dan_toc"] = Error(name)
        ret.expect.findings["error-cell"] = 1
        ret.expect.held["hoc_vien"].add(6)

    return step


for name in ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?"):
    add(f"error-{name.strip('#!?').replace('/', '-').lower()}", f"An error cell {name}", error(name))
add("error-ref-xls", "An error cell #REF! in .xls", error("#REF!"), kind="xlwt")


@variant("error")
def as_text(ret):
    """#REF! as text, as CSV exports leave it."""
    ret.trainees.rows[6]["dan_toc"] = "#REF!"
    ret.expect.findings["error-cell"] = 1
    ret.expect.held["hoc_vien"].add(6)
