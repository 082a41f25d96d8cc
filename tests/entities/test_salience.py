"""What a story is about comes first."""

from tests.entities.conftest import found, marked
from tui.domain.naming import Entity
from tui.entities.salience import ranked


def _ranking(text: str, titled: frozenset[str] = frozenset()) -> tuple[Entity, ...]:
    return ranked(found(text), len(marked(text)[0]), titled)


def test_counts_and_position() -> None:
    text = "[p:Anna Lee] spoke. " + "Words and words. " * 60 + "[o:Acme] and [o:Acme], [p:Bo Oz]."
    names = [e.name for e in _ranking(text)]
    assert names[0] == "Anna Lee"
    assert names[-1] == "Bo Oz"


def test_the_headline_lifts() -> None:
    text = "[p:Anna Lee] met [p:Bo Oz]."
    assert _ranking(text)[0].name == "Anna Lee"
    assert _ranking(text, frozenset({"bo oz"}))[0].name == "Bo Oz"


def test_salience_is_from_one_down_to_zero() -> None:
    values = [e.salience for e in _ranking("[p:Anna Lee] [o:Acme] [p:Lee] [l:Bonn] [+:German]")]
    assert values[0] == 1.0
    assert values == sorted(values, reverse=True)
    assert min(values) > 0


def test_nothing_is_ranked_in_nothing() -> None:
    assert ranked([], 0, frozenset()) == ()
