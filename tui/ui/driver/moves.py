"""Ways of the cursor, the shortest of them. Output processing is off: a line feed keeps its column."""


def absolute(x: int, y: int) -> str:
    """To column `x` of row `y`, both from 0, from wherever."""
    if x:
        return f"\x1b[{y + 1};{x + 1}H"
    return f"\x1b[{y + 1}H" if y else "\x1b[H"


def shortest(cursor: tuple[int, int] | None, x: int, y: int) -> str:
    """The shortest move from `cursor` (None: unknown) to (x, y)."""
    ways = [absolute(x, y)]
    if cursor is not None:
        at, row = cursor
        if row == y:
            ways += [_sideways(at, x), f"\x1b[{x + 1}G"]
            if x == 0:
                ways.append("\r")
        elif at == x:
            ways.append(f"\x1b[{y + 1}d")
        if y == row + 1:
            ways.append("\n" + (_sideways(at, x) if at != x else ""))
            if x == 0:
                ways.append("\r\n")
    return min(ways, key=len)


def _sideways(at: int, x: int) -> str:
    if x < at:
        return "\b" * (at - x) if at - x < 4 else f"\x1b[{at - x}D"
    return "\x1b[C" if x - at == 1 else f"\x1b[{x - at}C"
