"""What the English model's layers say, and the evidence made of it."""

import pytest

from tui.entities.evidence import Evidence
from tui.entities.models import Model
from tui.entities.numbers import numbers
from tui.entities.reading import Reading

pytestmark = pytest.mark.model

TEXTS = (
    "Angela Merkel met the Prime Minister of Canada at the White House on Monday.",
    "The World Health Organization's office in Geneva said Apple Inc. paid $3 million.",
    "Mr. Blue\nread War and Peace in New York City, Paris and Bonn.",
)


def _read(model: Model, text: str) -> Reading:
    reading = model.reading(text)
    assert reading is not None
    return reading


def _position(reading: Reading, spelling: str) -> int:
    (position,) = [
        at for at, s in enumerate(reading.spans) if reading.text[s.start : s.stop] == spelling
    ]
    return position


@pytest.mark.parametrize("text", TEXTS)
def test_chances_are_highest_for_what_the_recogniser_itself_finds(
    english: Model, text: str
) -> None:
    reading = _read(english, text)
    spelled = {text[s.start : s.stop]: at for at, s in enumerate(reading.spans)}
    for name in english.names(text):
        spelling = text[name.start : name.end].removeprefix("the ").removesuffix("'s")
        if name.label not in ("DATE", "MONEY"):
            chances = reading.chances[spelled[spelling.removeprefix("The ")]]
            assert reading.labels[int(chances.argmax())] == name.label
            assert chances.max() > 0.3


def test_a_paragraph_is_read_by_itself(english: Model) -> None:
    sentence = "Angela Merkel left Berlin on Monday."
    alone = _read(english, sentence)
    among = _read(english, "A short line\n" + sentence + "\n" + "A longer line comes after. " * 9)
    one, other = (r.chances[_position(r, "Angela Merkel")] for r in (alone, among))
    assert float(abs(one - other).max()) < 1e-4
    first, second = (numbers(r)[_position(r, "Angela Merkel")] for r in (alone, among))
    assert float(abs(first - second).max()) < 1e-3


def test_a_surname_is_known_by_the_full_name(english: Model) -> None:
    reading = _read(english, "Brock Holt ran to first base.\nThen Holt sat.")
    found = Evidence(reading).of(_position_last(reading, "Holt"))
    assert "last of person>0.3" in found


def _position_last(reading: Reading, spelling: str) -> int:
    return [at for at, s in enumerate(reading.spans) if reading.text[s.start : s.stop] == spelling][
        -1
    ]


def test_lists_heads_and_context(english: Model) -> None:
    reading = _read(english, "It is near Carter Airport in Ohio. Mr Blue said no. (The Sun)")
    evidence = Evidence(reading)
    assert {"head=place", "before=near"} <= evidence.of(_position(reading, "Carter Airport"))
    assert {"cut before", "head alone=place"} <= evidence.of(_position(reading, "Airport"))
    assert "list=place" in evidence.of(_position(reading, "Ohio"))
    assert {"title before", "after=said"} <= evidence.of(_position(reading, "Blue"))
    assert {"bracketed", "article first"} <= evidence.of(_position(reading, "The Sun"))


def test_neighbours_in_a_list(english: Model) -> None:
    reading = _read(english, "They went to Paris, Berlin and Rome.")
    assert {"listed after=place", "listed before=place"} <= Evidence(reading).of(
        _position(reading, "Berlin")
    )


def test_no_evidence_is_a_name(english: Model) -> None:
    reading = _read(english, "Angela Merkel met Zaphod Beeblebrox in Quuxland, Xyzzy.")
    words = set().union(*(Evidence(reading).of(at) for at in range(len(reading.spans))))
    assert not any(name in word for word in words for name in ("Zaphod", "zaphod", "quux", "xyzzy"))


def test_numbers_of_a_part_are_those_of_the_whole(english: Model) -> None:
    reading = _read(english, "Angela Merkel met Barack Obama in Berlin and Bonn.")
    whole, part = numbers(reading), numbers(reading, slice(2, 4))
    assert float(abs(whole[2:4] - part).max()) < 1e-6
