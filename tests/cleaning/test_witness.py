"""Which text of a page is its story: the page says so itself."""

from tests.cleaning.pages import SENTENCE, page, prose
from tui.cleaning.choose import better
from tui.cleaning.decode import parse
from tui.cleaning.steps.sift import PageFacts
from tui.cleaning.witness import Witness, hear
from tui.domain.blocks import Paragraph, Span

MESSAGE = (
    "The ferry will not run on Sundays from next month, the harbour office says, because too few "
    "passengers take it then; those with a season ticket are asked to use the bus over the pass, "
    "which leaves from the market square every hour until ten in the evening, and costs nothing."
)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def test_of_two_readings_that_share_nothing_the_witness_decides() -> None:
    right, wrong = [paragraph(MESSAGE)], [paragraph(f"{n}. {SENTENCE}") for n in range(6)]
    assert better(right, wrong, Witness(below=(MESSAGE,)))
    assert not better(wrong, right, Witness(below=(MESSAGE,)))
    assert not better(right, wrong, Witness())


def test_a_reading_that_shares_the_story_or_is_only_its_summary_is_no_rival() -> None:
    ours = [paragraph(f"{n}. {SENTENCE}") for n in range(20)]
    assert not better([paragraph(MESSAGE), ours[1]], ours, Witness(below=(MESSAGE,)))
    assert not better([paragraph(MESSAGE)], ours, Witness(below=(MESSAGE,)))


def test_the_description_is_heard_before_the_first_sentences() -> None:
    root = parse(page(f"<h1>Ferry stops</h1>{prose(2)}<p>{MESSAGE}</p>").decode())
    assert root is not None
    heard = hear(root, PageFacts("Ferry stops", excerpt=f"{MESSAGE[:80]}…"))
    above = [f"Paragraph {n}. {SENTENCE}" for n in range(2)]
    assert heard == Witness(MESSAGE[:40], tuple(above))
    assert heard.is_for([paragraph(MESSAGE)])
    assert not heard.is_for([paragraph(above[0])])
    assert heard.doubt([paragraph(MESSAGE)])
    assert heard.doubt([paragraph(line) for line in above])
    assert not heard.doubt([paragraph(above[0]), paragraph(MESSAGE)])


def test_a_standfirst_is_not_missed() -> None:
    root = parse(page(f"<h1>Ferry stops</h1><p>{MESSAGE}</p>{prose(2)}").decode())
    assert root is not None
    assert not hear(root, PageFacts("Ferry stops", excerpt=MESSAGE)).description


def test_a_description_that_is_nowhere_on_the_page_is_no_witness() -> None:
    root = parse(page(prose(2)).decode())
    assert root is not None
    assert hear(root, PageFacts("Other", excerpt=MESSAGE)) == Witness()
    assert not Witness().is_for([paragraph(MESSAGE)])
    assert not Witness().doubt([])
