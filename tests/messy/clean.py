"""Texts that look like a legacy encoding or like something to mend, and are not: nothing may be repaired."""

import csv

from returns import HERE
from variants import add

LISTS = HERE.parent.parent / "templates/chqs-xa/lists"
TRICKY = [
    "Café Hà Nội",
    "naïve, résumé",
    "Müller & Söhne",
    "São Paulo",
    "Ångström",
    "§ 5 khoản 2",
    "± 0,5 %",
    "«trích lục»",
    "25 °C",
    "12 m²",
    "½ ngày",
    "© 2019",
    "Ê Đê",
    "Ơ Đu",
    "Ý",
    "Đ",
    "à",
    "Lê Thị Ê",
    "Hồ Sĩ Quý",
    "Võ Ý Nhi",
    "Đặng Ái Mỹ",
    "ông Út",
    "No. 5 (áo, ấm)",
    "US$ 10 / ¥ 5",
    "tháng 3/2019",
    "12/12",
    "0912 345 678",
]


def names(file):
    """Labels and written variants of a code list."""
    with open(LISTS / file, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return list(
        dict.fromkeys(text for row in rows for text in [row["label"], *row.get("variants", "").split("|")] if text)
    )


def remarks(texts):
    """A step that puts texts among the remarks, several in a cell where there are more than rows."""

    def step(ret):
        rows = [(table, at) for table in ret.both() for at in range(len(table.rows))]
        for number, (table, at) in enumerate(rows):
            text = "; ".join(texts[number :: len(rows)]) or None
            table.rows[at]["ghi_chu"] = text
            ret.expect_value(table.name, at, "ghi_chu", text)

    return step


add("clean-tricky", "Marks and foreign words that legacy encodings share", remarks(TRICKY))
add("clean-tricky-xls", "The same in .xls", remarks(TRICKY), kind="xlwt")
for file in ("units.csv", "ethnic_groups.csv", "posts.csv", "districts.csv", "cccd_provinces.csv"):
    name = file.removesuffix(".csv").replace("_", "-")
    texts = names(file)
    add(f"clean-{name}", f"Every name of {file} as a remark", remarks(texts))
    if len(texts) > 27:
        add(f"clean-{name}-short", f"Names of {file}, one a cell", remarks(texts[:: len(texts) // 27][:27]))
