"""Makes messy workbooks of known content: a folder for each variant, and `index.json` with what each must give.

    python3 tests/messy/make.py OUT              all variants
    python3 tests/messy/make.py OUT NAME …       those whose name contains one of the words
    python3 tests/messy/make.py --samples DIR    the files of samples/messy

Deterministic. Needs the packages of `requirements.txt`, and LibreOffice for the kinds that it writes.
"""

import importlib
import json
import sys
from datetime import date
from pathlib import Path

import kinds
import workbooks
from returns import LABELS, SHEETS, Return
from variants import ALL

# The modules that add variants, in the order of the report.
GROUPS = ["kinds", "sheets", "headers", "columns", "lines", "dates", "values", "encodings_legacy", "clean", "combined"]
for group in GROUPS:
    importlib.import_module(group)


def as_read(value):
    """A value as the register shows it."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def hidden(book):
    """How many rows, columns and sheets are hidden."""
    rows = sum(len(sheet.hidden_rows) for sheet in book.sheets)
    columns = sum(len(sheet.hidden_columns) for sheet in book.sheets)
    return [rows, columns, sum(sheet.state != "visible" for sheet in book.sheets)]


def expected(ret, variant, book):
    """What a variant must give, for the index."""
    expect = ret.expect
    rows = {
        SHEETS[table]: [
            {LABELS[table][name]: as_read(value) for name, value in row.items()}
            for at, row in enumerate(kept)
            if at not in expect.held[table]
        ]
        for table, kept in expect.tables.items()
    }
    return {
        "findings": dict(sorted(expect.findings.items())),
        "notes": sorted(expect.notes),
        "repairs": {kind: list(count) for kind, count in sorted(expect.repairs.items()) if count != (0, 0)},
        "kinds_only": variant.kinds_only,
        "held": sum(len(held) for held in expect.held.values()),
        "taken": {kind: list(count) for kind, count in sorted(expect.taken.items())},
        "hidden": hidden(book),
        "registers": rows,
    }


def make(variants, out):
    """Writes the variants and the index."""
    index, jobs = [], []
    for variant in variants:
        ret = Return()
        for step in variant.steps:
            step(ret)
        folder = out / variant.name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"bao-cao.{kinds.ending(variant.kind)}"
        book = ret.book()
        job = kinds.write(book, variant.kind, path)
        if job:
            jobs.append((book, job))
        index.append({"name": variant.name, "file": path.name, "what": variant.what} | expected(ret, variant, book))
    workbooks.convert(jobs)
    (out / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")
    return index


def main(arguments):
    """Reads the arguments."""
    if arguments[0] == "--samples":
        importlib.import_module("samples").make(Path(arguments[1]))
        return
    out, *words = arguments
    chosen = [one for one in ALL if not words or any(word in one.name for word in words)]
    made = make(chosen, Path(out))
    print(f"{len(made)} variants in {out}")


if __name__ == "__main__":
    main(sys.argv[1:])
