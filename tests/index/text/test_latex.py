"""LaTeX becomes Unicode where it surely is LaTeX, and no word is lost."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import clean_text, fold, to_unicode
from index.text.macros import SILENT, STYLES, SWITCHES


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        # accents and letters
        (r"na\"ive Fr\'echet R\'enyi Erd\H{o}s", "naïve Fréchet Rényi Erdős"),
        (r"fa\c cade \c{c} \v{s} {\v s}koda \v Skoda", "façade ç š škoda Škoda"),
        (r"{\"o} \"{\i} \'\i {\'{e}} \~n \=a {\.z} \.{z}", "ö ï í é ñ ā ż ż"),
        (r"Stra\ss e S\o ren J\o{}rgensen {\L}ukasz", "Straße Søren Jørgensen Łukasz"),
        # escapes
        (r"43.3\% Q\&A \$0.34 a\_b \#1 \{x\}", "43.3% Q&A $0.34 a_b #1 {x}"),
        (r"the model\'s we\'re", "the model's we're"),
        # type
        (r"{\em within the} \emph{a \textbf{b} c} \bf mix-cd, {\it re-ranking}", None),
        (r"\textsc{GraphOracle}, \text{\bf source} \bf{bold}", "GraphOracle, source bold"),
        (r"(decision\nobreakdash-)tree co\-re\-fe\-rence", "(decision-)tree coreference"),
        # symbols
        (r"{\epsilon}-greedy \theta \textless2MB \Lambda{} 5\times", "ε-greedy θ <2MB Λ 5×"),
        (
            r"(\ie the Llama), \eg this, Song \etal. show",
            "(i.e. the Llama), e.g. this, Song et al. show",
        ),
        # maths
        (r"$O(n^2)$ $k$-means German$\leftrightarrow$English", "O(n²) k-means German↔English"),
        (r"BERT$\rm_{BASE}$ 360$^{\circ}$ $\approx$6,500", "BERT_BASE 360° ≈6,500"),
        (r"\(x^2\) and \[ y = x_1 \] and $$z^2$$", "x² and y = x₁ and z²"),
        (r"$5+$ of $he . his$, $\{$natural, target$\}$", "5+ of he . his, {natural, target}"),
        (
            r"\textsuperscript{13}C O\textsubscript{2} 10\textsuperscript{-9}",
            "¹³C O₂ 10⁻⁹",
        ),
        (
            r"1\textsuperscript{st} T\textsubscript{max} x\textsuperscript{n}y \textsubscript 2",
            "1st T_max xⁿy \\textsubscript 2",
        ),
        # what pages leave of maths when they drop its dollars and backslashes
        (
            r"G_{stack} lambda_{1} BERT_{BASE} N^{delta}ln N",
            "G_stack lambda₁ BERT_BASE N^(delta)ln N",
        ),
        (r"textit{O}bstacles mathcal{O}(n) $exttt{wait-k}$", "Obstacles O(n) wait-k"),
        # addresses
        (r"\url{http://x.y/a\_b} https://x.y/a\_b%20c--d", "http://x.y/a_b https://x.y/a_b%20c--d"),
        (r"\href{https://x.y/}{our page}.", "https://x.y/ (our page)."),
        ("https://x.y/{https://x.y/} https://x.y/z{here}.", "https://x.y/ https://x.y/z (here)."),
        # typography
        (
            "``collateral damage'' ``next\", pp. 10--20 a---b",
            "“collateral damage” “next”, pp. 10–20 a—b",
        ),
        (r"e.g.,\ HunPos 10\,000 One \\ Two", "e.g., HunPos 10 000 One Two"),
    ],
)
def test_latex_is_shown(latex: str, shown: str | None) -> None:
    assert to_unicode(latex) == (shown or "within the a b c mix-cd, re-ranking")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "100% of R&D in C# cost ~$5",
        "$5 and $10, US$5/$10, $5-$10 or $ 10 billion",
        "It costs $20 for two and 30$ for three",
        "$HOME/$USER and What the $&!#*",
        r"C:\Users\new\alpha \\server\share\beta",
        r"\d+\.\w{2} \.com \b{1,3} [\^a] \[a-z\] \(foo\) \s a \d a",
        r"\sysname outperforms \ours; we propose\ladder, path\in",
        r"\"quoted\" and \'single\' words",
        "a photo of a {} and a {class name} in {src, mt} → pe",
        r"$\unknown{x}^{2}$ \cite{smith} \begin{x} \input{/etc/passwd} \today \char27 ^^[",
        r"\emph{never closed, \frac{1}{2}",
        "''informative'' `x' a -- b --flag ----",
        "x } y { z",
        "about values (<Italy,GDP,2T$>) or names (<Tim Cook,Apple>$)",
    ],
)
def test_what_is_not_surely_latex_stays(text: str) -> None:
    assert to_unicode(text) == text


def test_what_comes_together_is_composed() -> None:
    assert to_unicode("e\\emph{\u0301}") == "é"


def test_what_cannot_be_read_keeps_the_rest_readable() -> None:
    assert to_unicode(r"\emph{costs $5} and 30\%$") == "costs $5 and 30%$"
    assert to_unicode(r"{\em a $x} b$") == "a $x b$"


LATEX = (
    "\\ { } $ $$ ^ _ `` '' \" -- % & ~ \\( \\) \\[ \\] \\emph \\textbf{ {\\em \\frac \\alpha \\\" "
    "\\c \\href{ \\url{ https://x mathcal{ \\input{ \\char27 ^^[ C:\\ \\\\ a b \n"
).split(" ")
SOUP = st.lists(st.sampled_from([*LATEX, " ", "\x1b", "\ud800"])).map("".join) | st.text()


@given(SOUP)
def test_no_text_is_too_odd(text: str) -> None:
    shown = to_unicode(text)
    categories = {unicodedata.category(c) for c in shown} - {unicodedata.category(c) for c in text}
    assert categories.isdisjoint({"Cc", "Cs", "Cf"})


@given(st.lists(st.sampled_from([*LATEX, " ", "e", "\u0301", "word"])).map("".join).map(clean_text))
def test_clean_text_stays_clean(text: str) -> None:
    shown = to_unicode(text)
    assert unicodedata.is_normalized("NFC", shown)
    assert {unicodedata.category(c) for c in shown.replace("\n", "")}.isdisjoint({"Cc", "Cs", "Cf"})


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "}",
        "$",
        "\\",
        "\\(",
        "``",
        "x_{",
        "$x^{",
        "\\emph{",
        "{\\em ",
        "a_{b_",
        '\\"a ',
        "$a b ",
        "^{",
    ],
)
def test_long_rubbish_is_read_in_one_go(piece: str) -> None:
    # Read with a quadratic step in it, this would take minutes.
    rubbish = piece * 50_000
    assert len(to_unicode(rubbish)) <= len(rubbish)
    assert len(to_unicode(rubbish + "}" * 50_000)) <= len(rubbish) + 50_000


def test_pylatexenc_waits_until_a_symbol_is_met() -> None:
    program = (
        "import sys\n"
        "from index.text import clean_line, fold, to_unicode\n"
        "to_unicode('na\\\\\"ive 5\\\\% \\\\emph{x} $O(n^2)$'), fold('é'), clean_line('x')\n"
        "assert 'pylatexenc' not in sys.modules\n"
        "assert to_unicode('$\\\\times$') == '×'\n"
        "assert 'pylatexenc' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def seed_texts(shared: Path) -> Iterator[str]:
    for page in sorted((shared / "papers").glob("page-*.txt")):
        yield from page.read_text("utf-8").split("\n")[2:]


def anthology_texts(shared: Path) -> Iterator[str]:
    with gzip.open(shared / "papers" / "acl-20k.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield from (record["title"], record["abstract"] or "")


@pytest.mark.parametrize("texts", [seed_texts, anthology_texts])
def test_no_real_text_loses_a_word(shared: Path, texts: Callable[[Path], Iterator[str]]) -> None:
    changed = 0
    for text in map(clean_text, texts(shared)):
        shown = to_unicode(text)
        if shown == text:
            continue
        changed += 1
        assert _is_within(_plain_words(text), re.findall(r"[^\W\d_]{2,}", shown)), text
        assert _is_within(_letters_without_macros(text), fold(shown)), text
    assert changed > 80


def _plain_words(text: str) -> list[str]:
    """The words of two letters and more in those pieces of a text that hold no LaTeX at all."""
    return [
        word
        for piece in text.split()
        if not re.search(r"[\\{}$]", piece)
        for word in re.findall(r"[^\W\d_]{2,}", piece)
    ]


def _letters_without_macros(text: str) -> str:
    """Every letter and digit of a text, LaTeX and all, but for the names of its macros.

    An address that is given twice, as ``address{address}``, counts once.
    """
    text = re.sub(r"(https?://[^\s{}]+)\{\1\}", r"\1", text)
    text = re.sub(r"\\[A-Za-z]+", "", text)
    text = re.sub(rf"\b({'|'.join(STYLES | SWITCHES | SILENT | {'exttt'})})(?=\{{)", "", text)
    return "".join(c for c in fold(text) if c.isalnum())


def _is_within(parts: Iterable[str], whole: Iterable[str]) -> bool:
    """Whether all parts stand in the whole, in their order."""
    left = iter(whole)
    return all(part in left for part in parts)
