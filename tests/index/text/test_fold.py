"""Words and titles that mean the same compare alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import fold, fold_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "MULLER"),
        ("Łódź", "lodz"),
        ("Søren Ærø Œuvre Þór Đặng", "soren aero oeuvre thor dang"),
        ("Straße", "STRASSE"),
        ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
        ("ﬁne‐tuning", "fine-tuning"),
        ("“don’t” — `x`", "\"don't\" - 'x'"),
        ("αβ-Divergence", "alphabeta-divergence"),
        (
            "ϵ ε Ε ϑ θ ϕ φ ς σ Σ µ Ω",
            "epsilon epsilon epsilon theta theta phi phi sigma sigma sigma mu omega",
        ),
        ("𝒪(n²) ℝ 𝐱₁", "O(n2) r x1"),
        ("ｆｕｌｌ", "full"),
        ("Ёлка", "елка"),
        ("co\xadoperate", "cooperate"),
    ],
)
def test_fold(one: str, other: str) -> None:
    assert fold(one) == fold(other) == other.lower()


@pytest.mark.parametrize("kept", ["हिंदी", "か が", "中文", "한국어", "ไทย"])
def test_letters_of_other_scripts_stay(kept: str) -> None:
    assert fold(kept) == kept


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_the_beginning_of_a_word_begins_its_folded_form(text: str, more: str) -> None:
    stem = fold(text + "a")  # an accent in ``more`` would belong to the last letter of ``text``
    assert fold(text + "a" + more).startswith(stem[:-1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"The $\alpha$-Divergence", "The α-divergence"),
        (r"{\alpha} and {B}ERT", "Alpha and BERT"),
        (r"Na\"ive  Bayes:", "Naïve Bayes"),
        ("“Why?” — said A.I.", '"Why" said A I'),
        ("Attention Is All You Need!", "attention is all you need"),
    ],
)
def test_titles_of_one_paper_have_one_key(one: str, other: str) -> None:
    assert fold_title(one) == fold_title(other)


def test_the_key_of_a_title() -> None:
    assert fold_title("  Graph-Pooling, 2nd_ed. (v2) ") == "graph pooling 2nd ed v2"
    assert fold_title("中文 и हिंदी!") == "中文 и हिंदी"
    assert fold_title("") == fold_title(" \x00") == ""


@given(st.text(st.characters(categories=["P", "S", "L", "N"]), min_size=1))
def test_no_title_is_without_a_key(title: str) -> None:
    assert fold_title(title)


def test_symbols_keep_titles_apart() -> None:
    assert fold_title("∑∑") != fold_title("???") != ""


def test_real_titles_are_as_many_as_they_are(shared: Path) -> None:
    titles = []
    for page in sorted((shared / "papers").glob("page-*.txt")):
        lines = page.read_text("utf-8").split("\n")[2:]
        titles += [line.removeprefix("Subscribe") for line in lines[::2] if line]
    assert len(titles) == 954
    assert len({fold_title(title) for title in titles}) == 899
