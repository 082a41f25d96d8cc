"""The orders of an edition, as what a walk compares: columns of its entries, and which way.

The first column of each has an index that is walked; the others settle what is equal there. `BEST`,
which no index knows, is by time here and ranked by `ranking`.
"""

from typing import Any

from tui.domain.editions import Order
from tui.domain.records import dataclass
from tui.library.plan import Condition

Place = tuple[Any, ...]
"""Where an entry stands: the values of an order's columns, its id the last."""


@dataclass(frozen=True, slots=True)
class Column:
    """An expression over `entries e JOIN details d`, descending or not."""

    sql: str
    down: bool = False

    def by(self, *, backwards: bool) -> str:
        """A term of ORDER BY."""
        return f"{self.sql} DESC" if self.down != backwards else self.sql

    def sign(self, *, backwards: bool) -> str:
        """What compares a later place with an earlier one."""
        return "<" if self.down != backwards else ">"


@dataclass(frozen=True, slots=True)
class Keys:
    """The columns of an order. `index` is walked where the order asks for it; "" leaves the choice
    to SQLite, which knows several indexes in the order of time."""

    columns: tuple[Column, ...]
    index: str = ""
    details: bool = False

    def by(self, *, backwards: bool = False) -> str:
        """ORDER BY."""
        return ", ".join(column.by(backwards=backwards) for column in self.columns)

    def select(self) -> str:
        """The columns of a `Place`."""
        return ", ".join(column.sql for column in self.columns)

    def after(self, place: Place, *, backwards: bool = False, here: bool = False) -> Condition:
        """What comes after `place` (with `here` also what stands there): a condition that bounds
        the first column by itself, so that the walk along its index begins there."""
        columns = list(zip(self.columns, place, strict=True))
        sql = "1" if here else "0"
        values: list[Any] = []
        for column, value in reversed(columns):
            sign = column.sign(backwards=backwards)
            sql = f"({column.sql} {sign} ? OR ({column.sql} = ? AND {sql}))"
            values = [value, value, *values]
        first, value = columns[0]
        return f"{first.sql} {first.sign(backwards=backwards)}= ? AND {sql}", [value, *values]


_NEW, _OLD = Column("e.id", down=True), Column("e.id")
_TITLE = (
    Column("e.letters"),
    Column("folded(d.title)"),
    Column("e.at", down=True),
    _NEW,
)
_STORY = (
    Column("e.told", down=True),
    Column("CASE e.story WHEN 0 THEN e.id ELSE e.story END", down=True),
    Column("e.at", down=True),
    _NEW,
)


_KEYS = {
    Order.TITLE: Keys(_TITLE, "entries_letters", details=True),
    Order.STORY: Keys(_STORY, "entries_told"),
    Order.OLDEST: Keys((Column("e.at"), _OLD)),
}
_NEWEST = Keys((Column("e.at", down=True), _NEW))


def keys(order: Order) -> Keys:
    """The columns of `order`; within a feed or folder, and before it is ranked, from the newest."""
    return _KEYS.get(order, _NEWEST)
