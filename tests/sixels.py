"""Sixel read again, for tests: colour registers, raster attributes, runs; pixels by (x, y)."""

import re

_SEQUENCE = re.compile(
    r'\d*(?:;\d*)*q(?:"\d+;\d+;(?P<width>\d+);(?P<height>\d+))?(?P<data>[^\x1b]*)'
)
_STEP = re.compile(
    r"#(?P<register>\d+)(?:;2;(?P<rgb>\d+;\d+;\d+))?|!(?P<count>\d+)(?P<run>[?-~])|(?P<one>[?-~])"
    r"|(?P<start>\$)|(?P<band>-)"
)
Pixels = dict[tuple[int, int], str]


def decode(text: str) -> tuple[int, int, Pixels]:
    """Width and height as declared, and every pixel drawn with its colour ("R;G;B" in percent).

    `text` is what is between DCS and ST. Raises ValueError at anything that is no sixel.
    """
    found = _SEQUENCE.fullmatch(text)
    if found is None or _STEP.sub("", found["data"]):
        raise ValueError(f"no sixel: {text[:80]!r}")
    colours: dict[str, str] = {}
    pixels: Pixels = {}
    x = y = 0
    colour = ""
    for step in _STEP.finditer(found["data"]):
        if step["register"]:
            if step["rgb"]:
                colours[step["register"]] = step["rgb"]
            colour = colours[step["register"]]
        elif step["start"] or step["band"]:
            x, y = 0, y + (6 if step["band"] else 0)
        else:
            bits = ord(step["run"] or step["one"]) - 63
            for column in range(x, x + int(step["count"] or 1)):
                pixels.update({(column, y + bit): colour for bit in range(6) if bits >> bit & 1})
            x += int(step["count"] or 1)
    return int(found["width"] or 0), int(found["height"] or 0), pixels
