"""The border. Every string that came from outside crosses `clean()` before it is stored or shown.

A feed can put terminal commands (ESC, OSC 52, C1), bidirectional overrides and other invisible
characters into a title; terminals obey them, also when a toolkit passes them on unread.
"""

import re
import unicodedata

# C0 without tab and newline, DEL, C1; line and paragraph separators become newlines first.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Bidi overrides, embeddings and isolates (Trojan Source, UTS 55), deprecated format characters,
# interlinear annotation, tags, byte order mark, soft hyphen, zero width space, word joiner and the
# invisible operators. ZWJ and ZWNJ stay: emoji and many scripts need them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
    "\U000e0000-\U000e007f]"
)
_NEWLINES = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
# The end of plane 15 and kitty's placeholder, too: by these the driver and terminals draw pictures.
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_PRIVATE_OR_NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff\U000f8000-\U000fffff\U0010eeee]")
_SPACES = re.compile(r"\s+")
# More combining marks than this on one letter is no script that exists ("Zalgo").
_MAX_MARKS = 6
_MARK_RUN = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{7,}")


def clean(text: str) -> str:
    """Return `text` with nothing in it that a terminal could obey; newlines and tabs stay.

    Normalises to NFC, so that one word has one spelling. Idempotent:
    `clean(clean(x)) == clean(x)`.
    """
    if text.isascii():
        if text.isprintable():
            return text
        return _CONTROLS.sub("", _NEWLINES.sub("\n", text))
    text = _NEWLINES.sub("\n", text)
    text = _CONTROLS.sub("", text)
    text = _LONE_SURROGATES.sub("\ufffd", text)
    text = _INVISIBLE.sub("", text)
    text = _PRIVATE_OR_NONCHARACTER.sub("\ufffd", text)
    text = unicodedata.normalize("NFC", text)
    return _MARK_RUN.sub(lambda run: run.group()[:_MAX_MARKS], text)


def clean_line(text: str, limit: int | None = None) -> str:
    """Return `text` cleaned, on one line, with runs of white space as one space.

    `limit` is the greatest length in characters; a longer line ends in "…".
    """
    if limit is not None and len(text) > 8 * limit + 64:
        text = text[: 8 * limit + 64]
    line = _SPACES.sub(" ", clean(text)).strip()
    if limit is not None and len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return line
