"""Text for LaTeX: what is escaped, what stays, and that braces always pair."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from index.exports.latex import escape, keep
from index.text import to_unicode
from tests.index.exports.papers import HOSTILE, LATEX, NASTY


def are_paired(text: str) -> bool:
    """Whether braces pair, as BibTeX counts them: without regard to backslashes."""
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("R&D: 50% #1 $5 a_b", "R\\&D: 50\\% \\#1 \\$5 a\\_b"),
        ("~ ^ \\", "{\\textasciitilde} {\\textasciicircum} {\\textbackslash}"),
        ("{x", "{\\textbraceleft}x"),
        ("Müller, Łódź, Straße", "M{\\\"u}ller, {\\L}{\\'o}d{\\'z}, Stra{\\ss}e"),
        ("α ≤ ∞", "{$\\alpha$} {$\\leq$} {$\\infty$}"),
        ("1–2 — “x” it’s", "1--2 --- ``x'' it's"),
        ("日本語 😀", "日本語 😀"),
    ],
)
def test_plain_text_is_printed_as_it_stands(text: str, written: str) -> None:
    assert escape(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("$O(n^2)$ time", "{$O(n^2)$} time"),
        ("$\\{a, b\\}$", "{$\\lbrace a, b\\rbrace$}"),
        ("\\(x_i\\) and $$y$$", "{$x_i$} and {$y$}"),
        ("$α^2$", "{$\\alpha ^2$}"),
        ("\\emph{in vivo} 50\\%", "\\emph{in vivo} 50\\%"),
        ("na\\\"ive {\\'E}t\\'e", "na{\\\"\\i}ve {\\'E}t{\\'e}"),
        ("\\alpha-divergence", "{$\\alpha$}-divergence"),
        ("{Bayes} nets", "{Bayes} nets"),
        ("it costs $5 and $10", "it costs \\$5 and \\$10"),
        ("a } b {", "a {\\textbraceright} b {\\textbraceleft}"),
        ("\\{a\\}", "{\\textbraceleft}a{\\textbraceright}"),
        ("\\input{x}", "{\\textbackslash}input{x}"),
        ("$x^2^3$", "x{\\texttwosuperior}{\\textthreesuperior}"),
        ("$\\method$ 1%", "\\${\\textbackslash}method\\$ 1\\%"),
    ],
)
def test_latex_stays_latex(text: str, written: str) -> None:
    assert keep(text) == written


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("BERT: Pre-Training of Transformers", "{BERT}: Pre-Training of Transformers"),
        ("Vitamin D and C++ in a GPT-4 World", "Vitamin {D} and {C++} in a {GPT-4} World"),
        ("learning about Paris in the spring", "learning about {Paris} in the spring"),
        ("{B}ERT", "{{B}}{ERT}"),
        ("The Ω Principle", "The {{$\\Omega$}} Principle"),
    ],
)
def test_capitals_that_belong_to_their_word_are_protected(title: str, written: str) -> None:
    assert keep(title, title=True) == written


@pytest.mark.parametrize("title", [True, False])
@given(st.one_of(NASTY, LATEX))
def test_braces_always_pair(title: bool, text: str) -> None:
    for written in (escape(text), keep(text, title=title)):
        assert are_paired(written)
        assert not re.search(r"\\[{}]", written)
        assert not written.endswith("\\")


@given(NASTY)
@example("₀")  # in its group it is mathematics: {$_0$}
def test_nothing_is_left_that_latex_would_act_on(text: str) -> None:
    written = escape(text)
    assert not re.search(r"(?<!\\)[%&#]", written)
    outside = re.sub(r"\{(?:[^{}]|\{[^{}]*\})*\}", "", written)  # groups are escape's own
    assert not re.search(r"\\(?![%&#_$])|(?<!\\)[_$]|[~^<>|]", outside)


def printed(latex: str) -> str:
    """What an independent reader of LaTeX takes it for."""
    signs = {"bar": "|", "less": "<", "greater": ">", "braceleft": "{", "braceright": "}"}
    signs["asciicircum"] = "^"
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(f"text{name}", sign) for name, sign in signs.items()]
    context.add_context_category("signs", prepend=True, macros=macros)
    return str(LatexNodes2Text(latex_context=context).latex_to_text(latex))


@pytest.mark.parametrize("text", HOSTILE)
def test_an_independent_reader_reads_the_same(text: str) -> None:
    assert printed(escape(text)).replace("’", "'") == text.replace("``", "“").replace("---", "—")


def test_carrel_reads_back_what_it_escaped() -> None:
    for sign in "{}~^\\<>|&%$#_éŁßα∞":
        assert to_unicode(escape(sign)) in (sign, f"{{{sign}}}")
