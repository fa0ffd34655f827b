"""What a terminal must never meet is gone, and nothing else is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import clean_line, clean_text

# All characters, lone surrogates too, with more of the odd ones than chance would bring.
ODD = (
    "\x00\t\n\v\f\r\x1b \x80\x85\x92\x9b\xa0\xad\xc2\xe2\u0301\u061c\u200b\u200c\u200d\u200e\u2028"
    "\u202e\ud800\ufeff\ufffeeक👩がÅ"
)
ANY = st.text(st.one_of(st.characters(), st.sampled_from(ODD)))

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\tb\vc\fd\x85e\xa0f\u2028g\u3000h", "a b c d e f g h"),
        ("one\r\ntwo\rthree\nfour", "one two three four"),
        ("  many   blanks ", "many blanks"),
        ("don\x92t \x93quote\x94 \x96 \x80", "don’t “quote” – €"),
        ("Cohen\xe2\x80\x99s, di\xef\xac\x80erent, \xc2\x92", "Cohen’s, diﬀerent, ’"),
        ("a \xc3\x28 b", "a Ã( b"),
        ("\x1b]0;owned\x07 \x1b[31mred\x1b[0m", "]0;owned [31mred[0m"),
        ("\x9b31mred \x9d0;x", "›31mred 0;x"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("co\xadop\u200berate\ufeff\u2060", "cooperate"),
        ("\ud800lone\udfff \ufdd0\uffff\U0001ffff", "lone"),
        ("\U000e0041\U000e0042hidden", "hidden"),
        ("cafe\u0301", "café"),
        ("&amp; <b> [/foo] [@click=app.quit]", "&amp; <b> [/foo] [@click=app.quit]"),
        ("日本語 Привет עברית", "日本語 Привет עברית"),
    ],
)
def test_a_line_is_cleaned(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean


@pytest.mark.parametrize("kept", ["👩\u200d💻 👩🏽\u200d🚀 🏳️\u200d🌈", "می\u200cخواهم", "क्\u200dष"])
def test_joiners_stay_where_they_spell(kept: str) -> None:
    assert clean_line(kept) == kept


@pytest.mark.parametrize(
    "hiding", ["pay\u200dpal", "a\u200c b", "\u200dx", "क\u200d\u200dx", "é\u200cé"]
)
def test_joiners_go_where_they_hide(hiding: str) -> None:
    assert not set(clean_line(hiding)) & {"\u200c", "\u200d"}


def test_text_keeps_its_paragraphs() -> None:
    assert (
        clean_text("\n one \t\r\ntwo\r\rthree\n \n\n\n  - four\x00\n")
        == "one\ntwo\n\nthree\n\n  - four"
    )


@given(ANY)
def test_nothing_harmful_is_left(text: str) -> None:
    for cleaned in (clean_line(text), clean_text(text).replace("\n", " ")):
        assert not set(cleaned) & set(BIDI)
        assert {unicodedata.category(c) for c in cleaned}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
        assert all(c == " " or unicodedata.category(c) != "Zs" for c in cleaned)
        assert unicodedata.is_normalized("NFC", cleaned)


@given(ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(ANY)
def test_a_line_is_its_text_on_one_line(text: str) -> None:
    assert clean_line(clean_text(text)) == clean_line(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_what_is_seen_stays(text: str) -> None:
    assert clean_line(text) == unicodedata.normalize("NFC", text)


def test_every_character_is_safe() -> None:
    invisible = {"Cf", "Cc", "Cs", "Zl", "Zp"}
    left = {
        chr(code)
        for code in range(0x110000)
        for c in clean_line(f"a{chr(code)}b")
        if unicodedata.category(c) in invisible
    }
    assert left.isdisjoint(BIDI)
    # Signs that are drawn, though Unicode calls them formats.
    assert all(unicodedata.name(c).split()[0] in "ARABIC SYRIAC KAITHI EGYPTIAN" for c in left)


def test_a_pile_of_combining_marks_is_cut_to_a_height_that_can_be_read() -> None:
    tower = "e" + "\u0301\u0327" * 200_000 + " fin"
    cleaned = clean_line(tower)
    assert cleaned.endswith(" fin")
    assert len(cleaned) <= 1 + 30 + len(" fin")
    small = "e" + "\u0323\u0308\u0301" * 5
    assert clean_line(small) == unicodedata.normalize("NFC", small)
