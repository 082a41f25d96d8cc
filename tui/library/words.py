"""Words of a query as an FTS5 expression. Every word is bound inside quotes: nothing the user
types is syntax to FTS5.

A bare word also finds its inflected forms, but those of a language only in texts of that language
(the index's column `lang`): "Kinder" finds "Kind" in a German story, never "kind" in an English
one. What is quoted, or ends in "*", is taken as it stands.
"""

from collections.abc import Iterable

from tui.domain.query import Term
from tui.library.folding import fold, spaced
from tui.library.inflection import LANGUAGES, forms

COLUMNS = {"title": "title", "by": "author", "note": "note", "tag": "tags"}


def expression(terms: Iterable[Term]) -> str:
    """All of `terms` (full text, or of one of COLUMNS) together; "" where no letter is in them."""
    return " AND ".join(filter(None, map(_term, terms)))


def either(parts: Iterable[str]) -> str:
    """Any of some expressions."""
    return " OR ".join(f"({part})" for part in parts)


def _term(term: Term) -> str:
    if not fold(term.value):
        return ""
    text = _quoted(term.value) + ("*" if term.start else "")
    column = COLUMNS.get(term.field)
    if column:
        return f"{column} : ({text})"
    body = "{title body author note tags} : "
    if term.exact or term.start:
        return f"{body}({text})"
    inflected = [
        f"({body}({' OR '.join(_quoted(form) for form in found)}) AND lang : {language})"
        for language in LANGUAGES
        if (found := forms(term.value, language))
    ]
    return "(" + " OR ".join([f"{body}({text})", *inflected]) + ")"


def _quoted(text: str) -> str:
    return '"' + spaced(text).replace('"', " ").strip() + '"'
