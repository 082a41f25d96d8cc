"""Which runs of words are offered as names."""

from hypothesis import given
from hypothesis import strategies as st

from tui.entities.spans import LONGEST, spans


def _offered(sentence: str) -> set[str]:
    """The candidates in a sentence whose words are divided by spaces; "_" glues two of them."""
    words, glued = [], []
    for part in sentence.split(" "):
        for position, word in enumerate(part.split("_")):
            words.append(word)
            glued.append(position > 0)
    return {
        "".join(
            word if mark or not place else " " + word
            for place, (word, mark) in enumerate(
                zip(words[first:end], glued[first:end], strict=True)
            )
        )
        for first, end in spans(words, glued)
    }


def test_a_run_and_its_parts() -> None:
    assert _offered("the Bank of England rose") == {"Bank", "Bank of England", "England"}


def test_small_words_join_at_most_two_at_a_time() -> None:
    assert "Symphony from the New World" in _offered("a Symphony from the New World .")
    assert not any("Paris" in name and "Rome" in name for name in _offered("Paris and in the Rome"))
    assert not any("Paris" in name and "Rome" in name for name in _offered("Paris eats Rome"))


def test_hyphens_tie_small_words_to_names() -> None:
    assert "Kwok Ka-ki" in _offered("Mr Kwok Ka_-_ki said")
    assert "pro-European" in _offered("a pro_-_European party")
    assert not _offered("a well - being party")


def test_particles_and_marks() -> None:
    assert "von Trapp" in _offered("Maria von Trapp")
    assert "Jerry D." in _offered("Jerry D_. said")
    assert "Yahoo!" in _offered("at Yahoo_! they")
    assert "Rome." not in _offered("in Rome_. Then")


def test_no_part_of_a_title_is_a_name() -> None:
    assert _offered("the Secretary of State Jane Roe said") == {
        "State Jane",
        "State Jane Roe",
        "Secretary of State Jane",
        "Secretary of State Jane Roe",
        "Jane",
        "Jane Roe",
        "Roe",
    }


def test_numbers_alone_are_no_names() -> None:
    assert not _offered("in 1984 and 12")
    assert "Catch 22" in _offered("read Catch 22")


def test_capitals_without_end_stay_few() -> None:
    words = ["WORD"] * 5000
    assert len(spans(words, [False] * 5000)) <= 4 * 5000


@given(st.lists(st.tuples(st.sampled_from(["Ab", "c", "-", ".", "9", "of"]), st.booleans())))
def test_candidates_are_in_order_and_inside(parts: list[tuple[str, bool]]) -> None:
    words = [word for word, _ in parts]
    found = spans(words, [glued for _, glued in parts])
    assert found == sorted(set(found))
    assert all(0 <= first < end <= len(words) for first, end in found)
    assert all(end - first <= LONGEST + 2 for first, end in found)
