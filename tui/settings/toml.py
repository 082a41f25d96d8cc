"""TOML as people write it: whatever is wrong with a text is one kind of error."""

import tomllib
from typing import Any


def loads(text: str) -> dict[str, Any]:
    """The tables of `text`. Raises tomllib.TOMLDecodeError, also where Python's own reader gives
    up in other ways."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise tomllib.TOMLDecodeError("too deeply nested") from None
    except ValueError:  # numbers and dates that Python can't hold
        raise tomllib.TOMLDecodeError("a number or a date is out of all bounds") from None
