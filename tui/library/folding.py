"""Spellings that mean the same word, for the index and for what is looked up in it.

The index's own tokenizer (unicode61) folds case and accents. What it does not know is done here, to
the text and to the query alike: ligatures and "ß" are spelled out, and letters of scripts without
spaces between words (Chinese, Japanese; also Korean, whose particles hang on the word) stand alone,
so that a query finds them inside a run, as a phrase.
"""

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O",
     "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}
)  # fmt: skip
# Kana, bopomofo, Han with its extensions, Hangul; half-width forms are normalised before.
_ALONE = re.compile(
    "[\u3040-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U000323af]"
)
_WIDE = re.compile("[\uff01-\uffee]")


def spaced(text: str) -> str:
    """`text` as the index takes it."""
    if text.isascii():
        return text
    if _WIDE.search(text):
        text = unicodedata.normalize("NFKC", text)
    return _ALONE.sub(r" \g<0> ", text.translate(_LIGATURES))


def fold(text: str) -> str:
    """Letters and digits of `text` in lower case without accents, single spaces between words."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())
