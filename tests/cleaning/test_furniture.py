"""What is no story never gets into one, wherever on the page it stands."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cleaning.pages import SENTENCE, page
from tui.cleaning.extract import extract_page

FURNITURE = (
    "<script>furniture()</script>",
    "<style>.furniture {}</style>",
    "<template><p>furniture</p></template>",
    "<p hidden>furniture that nobody sees, and that goes on for a while like a sentence does</p>",
    "<div style='display: none'><p>furniture</p></div>",
    "<p aria-hidden=true>furniture, said twice for the eye</p>",
    "<div class=share-buttons><a href=/s>Share on furniture</a></div>",
    "<div class='cookie-banner'>We use cookies on furniture. <button>Accept</button></div>",
    "<div id=onetrust>cookie cookie cookie cookie cookie furniture</div>",
    "<nav><a href=/>furniture</a></nav>",
    "<footer>© furniture</footer>",
    "<div class=newsletter>Sign up for furniture</div>",
    "<section class=related-articles><a href=/r>More furniture</a></section>",
    "<p><a href=/r>Read more: furniture for everybody</a></p>",
    "<p>Advertisement</p>",
    "<div class=breadcrumbs><a href=/>furniture</a></div>",
    "<select><option>furniture</option></select>",
    "<dialog>furniture</dialog>",
    "<span class=sr-only>furniture</span>",
)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(FURNITURE)), max_size=12))
def test_a_story_stays_what_it_is(placed: list[tuple[int, str]]) -> None:
    parts = [f"<p>Paragraph {number}. {SENTENCE}</p>" for number in range(9)]
    for place, markup in placed:
        parts.insert(place, markup)
    body = page(f"<main><h1>Bridge to be repaired</h1><article>{''.join(parts)}</article></main>")
    text = extract_page(body, "https://example.org/a").text_with_captions
    assert "furniture" not in text
    assert "Advertisement" not in text
    assert [f"Paragraph {number}." in text for number in range(9)] == [True] * 9
