"""Every declared phrase is found where it stands, whole or damaged; what the index passes over is none of them."""

from collections.abc import Iterator
from functools import cache
from random import Random

import pytest

from normalizers.fuzzy_match import CLOSE, folded, prefix_score
from parsers import UNKNOWN, Form, forms
from parsers.phrases import Anchor, Phrase, phrases_of
from pipeline.document.scan import ANYWHERE, SAME_NUMBER, Match, Matches, PhraseIndex, index_of, scan
from tests.support.small_report import all_matches_of, matches_of, pages_of, report
from tests.synthesizer import FORMS, synthesizer_of

KNOWN = (*forms(), UNKNOWN)
INDEX = index_of(KNOWN)
LETTERS = "กขคจวอบนล"
"""Letters that folding leaves alone."""
Scored = dict[str, tuple[float, int]]
"""The score of each phrase, and how many letters it takes."""


@cache
def words_at(anchor: Anchor, known: tuple[Form, ...] = KNOWN) -> tuple[str, ...]:
    """The declared phrases, folded, that may stand in a place."""
    phrases = (phrase for form in known for phrase in phrases_of(form))
    return tuple(sorted({folded(phrase.words) for phrase in phrases if anchor in phrase.anchor}))


@cache
def bearing_damage(anchor: Anchor) -> tuple[str, ...]:
    """Those of the phrases that are found though damaged: all but headings that other forms print too."""
    phrases = (phrase for form in KNOWN for phrase in phrases_of(form) if phrase.role != "common")
    return tuple(sorted({folded(phrase.words) for phrase in phrases if anchor in phrase.anchor}))


def starting(letters: str, index: PhraseIndex = INDEX) -> Scored:
    """What the index finds at the start of letters."""
    return {words: (score, size) for words, score, size in index.starting(letters)}


def compared(letters: str, phrases: tuple[str, ...]) -> Scored:
    """The phrases that letters begin with, each compared with all of them."""
    scored = {words: prefix_score(letters, words) for words in phrases}
    return {words: one for words, one in scored.items() if one[0] >= CLOSE}


def slips(words: str) -> Iterator[str]:
    """Words with one letter lost, one misread, or one too many, in each place."""
    for place in range(len(words)):
        yield words[:place] + words[place + 1 :]
        yield f"{words[:place]}ฆ{words[place + 1 :]}"
        yield f"{words[:place]}ฆ{words[place:]}"


def damaged(words: str, times: int, random: Random) -> str:
    """Words with several letters lost, misread or added, and what stands behind them."""
    letters = list(words)
    for _ in range(times):
        place = random.randrange(len(letters) + 1)
        letters[place : place + random.randrange(2)] = random.choice(("", random.choice(LETTERS)))
    return "".join(letters) + random.choice(("", "กกกวอ", "นนลคจวว"))


@pytest.mark.parametrize("behind", ["", "123", "นนลคจวว"])
def test_every_phrase_is_found_at_the_start_of_a_line(behind: str) -> None:
    for words in words_at(Anchor.START):
        assert starting(words + behind)[words] == (100.0, len(words))


def test_every_phrase_is_found_with_one_damaged_letter() -> None:
    for words in bearing_damage(Anchor.START):
        for letters in slips(words):
            known = compared(letters, (words,))
            assert known.items() <= starting(letters).items(), letters


def test_every_label_is_found_at_the_end_of_a_stretch_whole_and_with_one_damaged_letter() -> None:
    for words in bearing_damage(Anchor.END):
        for letters in (words, *slips(words)):
            stretch = f"123{letters}"
            known = compared(stretch[::-1], (words[::-1],))
            found = {one: (score, size) for one, score, size in INDEX.ending(stretch)}
            assert {one[::-1]: scored for one, scored in known.items()}.items() <= found.items(), letters


def test_what_other_forms_print_too_is_found_undamaged_alone() -> None:
    common = set(words_at(Anchor.START)) - set(bearing_damage(Anchor.START))
    assert len(common) > 50
    for words in common:
        assert starting(f"{words}นนล")[words] == (100.0, len(words))
        assert words not in starting(f"{words[:1]}ฆ{words[2:]}")


def test_a_form_alone_finds_its_own_phrases_as_all_forms_do() -> None:
    for form in forms():
        for words in words_at(Anchor.START, (form,)):
            alone = starting(words, index_of((form,)))
            assert alone == {one: scored for one, scored in starting(words).items() if one in alone}


@cache
def noisy_lines(form: str) -> Matches:
    """What the lines of a few reports begin with that nobody wrote and an engine misread."""
    texts = (synthesizer_of(form)(seed, rate=0.05).text for seed in range(3000, 3004))
    return all_matches_of(pages_of("\f".join(texts)))


@pytest.mark.parametrize("form", FORMS)
def test_no_phrase_that_a_line_begins_with_is_lost(form: str) -> None:
    matches, phrases = noisy_lines(form), bearing_damage(Anchor.START)
    taken = 0
    for line in matches.lines.values():
        known = compared(matches.folded.between(line.words, line.end), phrases)
        assert known.items() <= {one.words: (one.score, one.size) for one in line.matches}.items()
        taken += len(known)
    assert taken > 100


@pytest.mark.parametrize("times", [2, 3, 4])
def test_hardly_a_phrase_is_lost_under_damage_that_no_engine_does(times: int) -> None:
    """Phrases that keep no three letters in a row side by side are passed over, however alike they are."""
    random, phrases = Random(times), bearing_damage(Anchor.START)
    known = lost = 0
    for words in phrases * 5:
        letters = damaged(words, times, random)
        there = compared(letters, phrases)
        known, lost = known + len(there), lost + len(there.items() - starting(letters).items())
    assert known > 500
    assert lost <= known / 200


def test_what_is_found_is_scored_as_the_scorer_does_and_the_best_comes_first() -> None:
    random = Random(5)
    for words in words_at(Anchor.START):
        found = INDEX.starting(damaged(words, 2, random))
        assert all(score >= SAME_NUMBER for _, score, _ in found)
        assert [score for _, score, _ in found] == sorted((score for _, score, _ in found), reverse=True)


def test_letters_that_are_no_phrase_begin_with_none() -> None:
    assert [INDEX.starting(letters) for letters in ("", "1", "ลลลลลลลลลล")] == [(), (), ()]
    assert PhraseIndex([]).starting("กกกก") == ()


def test_undamaged_phrases_are_found_anywhere_also_inside_longer_ones() -> None:
    phrases = [words for words in words_at(Anchor.ANYWHERE) if len(words) >= ANYWHERE]
    letters = "ล12".join(phrases)
    everywhere = {
        (place, words) for words in phrases for place in range(len(letters)) if letters.startswith(words, place)
    }
    found = INDEX.undamaged(letters)
    assert set(found) == everywhere
    assert len(found) == len(everywhere) > len(phrases)
    assert [place for place, _ in found] == sorted(place for place, _ in found)


def test_a_phrase_comes_again_inside_itself() -> None:
    index = PhraseIndex([Phrase("กขกขก", "link", "small")])
    assert index.undamaged("กขกขกขก") == [(0, "กขกขก"), (2, "กขกขก")]


def test_a_phrase_stands_where_its_role_lets_it() -> None:
    label, title = Phrase("กขคจวอ", "label", "small"), Phrase("บนลกวอ", "title", "small")
    index = PhraseIndex([label, title])
    assert [set(starting(one.words, index)) for one in (label, title)] == [{label.words}, {title.words}]
    assert [[words for words, _, _ in index.ending(one.words)] for one in (label, title)] == [[label.words], []]
    assert [[words for _, words in index.undamaged(one.words)] for one in (label, title)] == [[label.words], []]


DAMAGED_HEADING = "**1.3** หลักกา\N{THAI CHARACTER MAI EK}รเเละเหตผล"
TEXT = report().replace("1.3 หลักการและเหตุผล", DAMAGED_HEADING).replace("รหัสโครงการ", "รหสโครงก าร")


def letters_at(matches: Matches, one: Match) -> str:
    return folded(matches.text[one.start : one.end])


def test_a_match_says_which_letters_it_takes() -> None:
    matches = all_matches_of(pages_of(TEXT))
    found = [(line, one) for line in matches.lines.values() for one in line.matches]
    assert any(one.score < 100 for _, one in found)
    for line, one in found:
        is_like = one.score > 99 and letters_at(matches, one) != one.words  # other words that say the same
        assert is_like or prefix_score(letters_at(matches, one), one.words)[0] == one.score
        assert len(letters_at(matches, one)) == one.size
        assert line.words <= one.start < one.end <= line.end


def test_a_match_takes_the_marks_of_its_last_letter() -> None:
    for text in ("วัตถุประสงค์", "วัตถุประสงค์ : ก", "3. **วัตถุประสงค์** ก"):
        matches = all_matches_of(pages_of(text))
        (line,) = matches.lines.values()
        best = line.matches[0]
        assert matches.text[best.start : best.end] == "วัตถุประสงค์"


def test_undamaged_phrases_inside_a_stretch_are_told_with_their_places() -> None:
    matches = all_matches_of(pages_of(TEXT))
    middle = len(matches.text) // 2
    whole = matches.undamaged(0, len(matches.text))
    assert whole
    assert all(
        letters_at(matches, one) == one.words and (one.score, one.size) == (100, len(one.words)) for one in whole
    )
    assert matches.undamaged(0, middle) == [one for one in whole if one.end <= middle]
    assert matches.undamaged(middle, len(matches.text)) == [one for one in whole if one.start >= middle]


def test_what_stands_before_a_place_is_found_up_to_it() -> None:
    matches = all_matches_of(pages_of("ก งบประมาณที่ใช้ไป : 5"))
    colon = matches.text.index(":")
    (best, *_) = matches.ending_at(colon, 0, within=matches.folded)
    label = "งบประมาณที่ใช้ไป"
    assert (best.words, best.score, matches.text[best.start : best.end]) == (folded(label), 100, label)
    assert matches.ending_at(colon, colon - 3, within=matches.folded) == ()


@pytest.mark.parametrize(
    ("text", "mark", "number", "words"),
    [
        ("งบประมาณ", "plain", "", "งบประมาณ"),
        ("- งบประมาณ", "plain", "", "งบประมาณ"),
        ("## งบประมาณ", "hash", "", "งบประมาณ"),
        ("**งบประมาณ**", "bold", "", "งบประมาณ**"),
        ("## **๓.๑๐) งบประมาณ**", "number", "3.10", "งบประมาณ**"),
        ("(๓) (งบประมาณ)", "number", "3", "งบประมาณ)"),
        ("| 2 . 1 งบประมาณ |", "number", "2.1", "งบประมาณ |"),
        ("2567 งบประมาณ", "plain", "", "2567 งบประมาณ"),
    ],
)
def test_a_line_tells_what_sets_it_apart_and_where_its_words_begin(
    text: str, mark: str, number: str, words: str
) -> None:
    matches = matches_of(text)
    (line,) = matches.lines.values()
    assert (line.mark, line.number, matches.text[line.words : line.end]) == (mark, number, words)


def test_lines_that_are_no_text_are_left_out_but_for_titles() -> None:
    pages = pages_of(f"{report()}\n\n- 1 -\n+-----+")
    lines = [line for page in pages.pages for line in page.lines]
    wanted = {line.start for line in lines if line.role in ("text", "title")}
    assert set(scan(pages).lines) == wanted
    assert len(wanted) < len(lines)


def test_a_document_cut_into_lines_gives_each_its_pieces() -> None:
    matches = matches_of("หนึ่ง สอง\n\n- 1 -\n  สาม สี่  \nห้า")
    start, stop = matches.text.index("สอง"), matches.text.index("สี่")
    assert [matches.text[slice(*piece)] for piece in matches.pieces(start, stop)] == ["สอง", "สาม"]


def test_damaged_phrases_are_sought_only_of_forms_that_a_document_shows() -> None:
    heading = "1.6 สนับสนุนแผนพัฒนากทม ระยะ 20 ป (ยุทธศาสตร"
    (line,) = matches_of(heading).lines.values()
    assert {one.words for one in line.matches} <= set(words_at(Anchor.START, (UNKNOWN,)))
    shown = matches_of(report().replace("1.6 สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์", heading))
    assert any(
        letters_at(shown, one).startswith(folded("สนับสนุนแผนพัฒนากทม"))
        for line in shown.lines.values()
        for one in line.matches
    )
