"""How alike phrases are: what is passed over in a hurry would not have been taken after a close look either."""

import hypothesis.strategies as st
from hypothesis import given, settings
from rapidfuzz import fuzz

from pipeline.document.likeness import CLOSE, LEAST, MARGIN, SLACK, begun_by, lots_of, prefix_likeness

PHRASES = st.text("กขคงจวอบ", min_size=1, max_size=30)


@st.composite
def damaged(draw: st.DrawFn, phrase: str) -> str:
    """The phrase with letters lost, added or taken for others, and what stands behind it."""
    letters = list(phrase)
    for _ in range(draw(st.integers(0, len(phrase) // 2))):
        at = draw(st.integers(0, len(letters)))
        letters[at : at + draw(st.integers(0, 1))] = draw(st.text("กขคงซ", max_size=1))
    return "".join(letters) + draw(st.text("กขคง", max_size=20))


@given(st.lists(PHRASES, min_size=1, max_size=12, unique=True), st.data())
@settings(max_examples=500)
def test_no_phrase_that_a_line_begins_with_is_left_out_of_the_lots(declared: list[str], data: st.DataObject) -> None:
    printed = data.draw(damaged(data.draw(st.sampled_from(declared))))
    alike = {place for place, one in enumerate(declared) if prefix_likeness(printed, one)[0] >= CLOSE - MARGIN}
    lots = lots_of(dict(enumerate(declared)), CLOSE - MARGIN)
    for others in ([], ["กข"] * len(declared)):  # one line against all phrases, each phrase against all lines
        found = {place for lot in lots for line, place in begun_by([*others, printed], lot) if line == len(others)}
        assert alike <= found


@given(PHRASES.filter(lambda phrase: len(phrase) >= 15), st.data())
@settings(max_examples=500)
def test_a_long_phrase_is_not_turned_away_before_its_end_was_sought(declared: str, data: st.DataObject) -> None:
    printed = data.draw(damaged(declared))
    ends = range(len(declared) - SLACK, len(declared) + SLACK + 1)
    if max(fuzz.ratio(printed[:end], declared) for end in ends) >= LEAST:
        assert prefix_likeness(printed, declared)[0] > 0
