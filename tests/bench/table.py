"""The table that every benchmark prints."""

import sys
from dataclasses import dataclass, field


@dataclass
class Row:
    """One measure. `must` and `aim` are bounds; `most` says that smaller is better."""

    measure: str
    figure: float | None
    must: float | None = None
    aim: float | None = None
    most: bool = False
    unit: str = ""
    note: str = ""

    def holds(self, bound: float | None) -> bool:
        """True if the figure is on the good side of `bound`; a missing figure never is."""
        if bound is None:
            return True
        if self.figure is None:
            return False
        return self.figure <= bound if self.most else self.figure >= bound


@dataclass
class Table:
    """Rows, printed as they come in; `finish` ends the program."""

    title: str
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        print(f"\n{self.title}\n{'measure':<58} {'figure':>12} {'must':>10} {'aim':>10}")
        print("-" * 96, flush=True)

    def add(
        self,
        measure: str,
        figure: float | None,
        must: float | None = None,
        aim: float | None = None,
        *,
        most: bool = False,
        unit: str = "",
        note: str = "",
    ) -> None:
        """Print one measure. `figure` None means that it could not be measured."""
        row = Row(measure, figure, must, aim, most, unit, note)
        self.rows.append(row)
        mark = "" if row.holds(must) else "  SHORT"
        mark += " *" if aim is not None and row.holds(aim) else ""
        print(
            f"{measure:<58} {_number(figure, unit):>12} {_number(must, '', '-'):>10} "
            f"{_number(aim, '', '-'):>10}{mark}{'  ' + note if note else ''}",
            flush=True,
        )

    def finish(self) -> None:
        """Exit with 1 if any must falls short, else 0."""
        short = [row.measure for row in self.rows if not row.holds(row.must)]
        print(f"\n{len(self.rows)} measures, {len(short)} short of must" + (":" if short else ""))
        for name in short:
            print(f"  {name}")
        sys.exit(1 if short else 0)


def _number(value: float | None, unit: str, missing: str = "n/a") -> str:
    if value is None:
        return missing
    text = f"{value:.4f}" if 0 < abs(value) < 1 else f"{value:,.1f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text} {unit}".strip()
