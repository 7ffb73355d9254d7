"""The list of variants: a name, what was done, the steps on the return, and the kind of file."""

from dataclasses import dataclass


@dataclass
class Variant:
    """A variant to be made."""

    name: str
    what: str
    steps: tuple
    kind: str = "openpyxl"
    kinds_only: bool = False


ALL = []


def add(name, what, *steps, kind="openpyxl", kinds_only=False):
    """Adds a variant. `kinds_only`: repairs are compared by kind, not by number, because steps touch the same cells."""
    assert name not in {one.name for one in ALL}, name
    ALL.append(Variant(name, what, steps, kind, kinds_only))


def variant(group, kind="openpyxl"):
    """Makes a function on a return a variant, named after it; its docstring says what was done."""

    def mark(step):
        add(f"{group}-{step.__name__.replace('_', '-')}", step.__doc__.rstrip("."), step, kind=kind)
        return step

    return mark
