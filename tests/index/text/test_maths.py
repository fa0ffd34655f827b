"""Formulas in one line of Unicode, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.maths import LONGEST, formula


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        ("n", "n"),
        (r"\alpha", "α"),
        (r"O(n^2)", "O(n²)"),
        (r"10^{-3}", "10⁻³"),
        (r"2^{n + 1}", "2ⁿ⁺¹"),
        (r"x^{abc}", "x^abc"),
        (r"x^{abc}d", "x^(abc)d"),
        (r"p(x)^{1-\gamma}", "p(x)^(1-γ)"),
        (r"w_{t+1}", "wₜ₊₁"),
        (r"t_\alpha", "t_α"),
        (r"F_{0.5}", "F_0.5"),
        (r"x_{i,j}", "x_(i,j)"),
        (r"f_1^J", "f₁ᴶ"),
        (r"\textrm{DuReader}_{\textrm{vis}}", "DuReader_vis"),
        (r"\rm_{BASE}", "_BASE"),
        (r"3^{rd} n^{th}", "3rd nth"),
        (r"^{\circ}", "°"),
        (r"A^\top x^* f^\prime", "Aᵀ x* f′"),
        (r"q\in (a\cap b)", "q ∈ (a ∩ b)"),
        (r"7\times", "7×"),
        (r"\sim10", "∼10"),
        (r"m\log k", "m log k"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\frac12", "1/2"),
        (r"\sqrt{2} + \sqrt[3]{x+1}", "√2 + ³√(x+1)"),
        (r"{k \choose 2}", "k choose 2"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"\left( \frac{m}{2} \right)", "( m/2 )"),
        (r"\left. x \right|", "x |"),
        (r"\mathbb{R}^d", "ℝᵈ"),
        (r"\mathcal{L}_{\text{CE}}", "L_CE"),
        (r"\hat{y} \tilde\rho \overline{xy}", "ŷ ρ̃ xy"),
        (r"x \text{ if } y", "x if y"),
        (r"\operatorname*{arg\,max}_x", "arg maxₓ"),
        (r"50% \& 3\%", "50% & 3%"),
        (r"\|x\|_2 \le 1 \ne 2", "‖x‖₂ ≤ 1 ≠ 2"),
        (r"\beta*x", "β*x"),
        ("\\alpha\n  +  1", "α + 1"),
    ],
)
def test_a_formula_is_shown(latex: str, shown: str) -> None:
    assert formula(latex) == shown


@pytest.mark.parametrize(
    "latex",
    [
        r"\unknown{x}",
        r"\input{/etc/passwd}",
        r"\today",
        r"\char27",
        "^^[",
        "{x",
        "x}",
        "x^",
        r"\frac{1}",
        r"\sqrt[3",
        "\\",
        r"\'e",
        "{" * 100 + "}" * 100,
        r"\hat" * 200 + "x",
        "x" * (LONGEST + 1),
    ],
)
def test_what_is_not_known_is_refused_whole(latex: str) -> None:
    assert formula(latex) is None


PIECES = (
    r"{ } ^ _ \frac \sqrt [ ] \hat \text \left . \alpha \\ \, x 12 + ' $ % & ~ \  \unknown".split(
        " "
    )
)


@given(st.lists(st.sampled_from([*PIECES, " "])).map("".join) | st.text())
def test_no_formula_is_too_odd_to_be_read_or_refused(latex: str) -> None:
    shown = formula(latex)
    assert shown is None or "\n" not in shown
