"""What the tests of names share."""

from collections.abc import Callable

import pytest

from tui.domain.naming import Entity, Kind, Mention
from tui.entities.merging import entities
from tui.entities.models import FITTED, Model

Marked = Callable[[str], tuple[str, list[Mention]]]


@pytest.fixture(scope="session")
def english() -> Model:
    """The English model, loaded once."""
    return Model(FITTED)


def marked(text: str) -> tuple[str, list[Mention]]:
    """A text and its mentions from "[p:Sergei Lavrov] met the [o:UN]"; a "+" marks derived ones."""
    kinds = {"p": Kind.PERSON, "o": Kind.ORG, "l": Kind.PLACE, "m": Kind.OTHER, "+": Kind.OTHER}
    plain = ""
    mentions = []
    while (at := text.find("[")) >= 0:
        plain += text[:at]
        end = text.index("]", at)
        name = text[at + 3 : end]
        kind = text[at + 1]
        mentions.append(Mention(len(plain), len(plain) + len(name), kinds[kind], kind == "+"))
        plain += name
        text = text[end + 1 :]
    return plain + text, mentions


def found(text: str) -> list[Entity]:
    """The entities of a marked text."""
    return entities(*marked(text))


def names(text: str) -> dict[str, list[str]]:
    """Canonical names of a marked text with the spellings that belong to each."""
    plain, mentions = marked(text)
    return {
        e.canonical: [plain[m.start : m.end] for m in e.mentions] for e in entities(plain, mentions)
    }
