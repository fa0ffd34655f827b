from __future__ import annotations

import pytest

from index.sources.jats import plain

TEX = r"""<jats:inline-formula><jats:alternatives>
 <jats:tex-math>\documentclass[12pt]{minimal}
 \begin{document}$$x^2$$\end{document}</jats:tex-math>
 <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi></mml:math>
</jats:alternatives></jats:inline-formula>"""

MATHML = """<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML" altimg="a.gif">
 <mml:msub>
  <mml:mi>H</mml:mi>
  <mml:mn>2</mml:mn>
 </mml:msub>
</mml:math>"""


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One.\n\nTwo."),
        ("<jats:title>ABSTRACT</jats:title>\n  <jats:p>One\n   two.</jats:p>\n", "One two."),
        (
            "<jats:sec><jats:title>Aim</jats:title><jats:p>One.</jats:p></jats:sec>",
            "Aim\n\nOne.",
        ),
        (
            "<jats:p>H<jats:sub>2</jats:sub>O &amp;amp; <jats:italic>all</jats:italic></jats:p>",
            "H2O & all",
        ),
        (f"<jats:p>Let {TEX} be.</jats:p>", "Let $x^2$ be."),
        (f"<jats:p>Of {MATHML}O.</jats:p>", "Of H2O."),
        ("<jats:p>where a<b and c>d &lt; e</jats:p>", "where a<b and c>d < e"),
        (
            "<jats:list list-type='bullet'><jats:list-item><jats:p>A</jats:p></jats:list-item>"
            "<jats:list-item><jats:p>B</jats:p></jats:list-item></jats:list>",
            "A\n\nB",
        ),
        (
            '<jats:p>See <jats:ext-link xlink:href="http://a.b">this</jats:ext-link>.</jats:p>',
            "See this.",
        ),
        ("<jats:p>Unclosed <jats:bold>bold", "Unclosed bold"),
        ("<jats:p/>", ""),
    ],
)
def test_jats_becomes_plain_text(marked: str, text: str) -> None:
    assert plain(marked) == text
