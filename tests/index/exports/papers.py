"""Papers to be exported, made from as little as a title."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from index.exports import Exported, ExportOptions, exporter, format_named
from index.paper import Paper
from index.text import clean_line, to_unicode
from index.views import Detail, Link

HOSTILE = [
    "[/foo] [x](y) [[z|w]] ![i](u) [^1]",
    "[@click=app.quit]x[/]",
    "](javascript:alert(1))",
    "<script>alert(1)</script> <b> </a>",
    "*a* **b** _c_ snake_case _x `code` ``two`` ` one",
    "# x #tag ##",
    "--- > | a | b | : x",
    "&amp; &#39; &copy R&D &nbsp;",
    "$x$ $y$ and 5$",
    "100% of $5 & #3 ~ ^ _ { } \\",
    "} unbalanced {{ braces }",
    "@article{evil, title = {x}}",
    "%comment \\input{/etc/passwd} \\end{document}",
    "\\undefinedmacro{x} \\foo $\\bar$ $\\frac{1}$ $x^2^3$ $_$",
    "=cmd|' /C calc'!A0",
    "+1 -1 @SUM(A1)",
    "'=quoted",
    '"quoted", and; semicolons',
    "key: value - [ ] {a: b} !tag &anchor *alias ? | >",
    "{{ 7 * 7 }} {% raw %} {# c #}",
    "日本語 العربية 👩‍💻 Ünï ß Łódź Ἀθήνα",
    "and others and",
    "x" * 1000,
]

NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\\{}$%&#_~^\"'`@=,;:|<>[]()+-*!/ \tabcABC01éßŁα∞²ℝ–“😀"),
    ),
    min_size=1,
    max_size=60,
)
TITLES = NASTY.map(clean_line).filter(bool)
LATEX = st.lists(
    st.sampled_from(
        [*"{}$^_ \\%&#~abcXYZ012", "\\alpha", "\\frac", "\\mathbb{R}", "$x^2$", "\\emph{", "\\'e"]
        + ["BERT", "\\{", "\\}", "\\textbf", "$\\sqrt{n}$", '{\\"o}', "\\ss ", "é", "Ω", " "]
    ),
    min_size=1,
    max_size=25,
).map(lambda parts: clean_line("".join(parts)) or "x")


def item(title: str = "A title", paper_id: int = 1, *, key: str = "", **fields: Any) -> Exported:
    """A paper with these fields of ``Paper``; others are taken for fields of ``Detail``."""
    own = {name: fields.pop(name) for name in set(fields) & set(Paper.model_fields)}
    paper = Paper(title=title, **own)
    detail = Detail(
        id=paper_id,
        key=key or f"key{paper_id}",
        title=to_unicode(paper.title),
        abstract=to_unicode(paper.abstract),
        authors=tuple(map(to_unicode, paper.authors)),
        published=paper.published or "",
        venue=to_unicode(paper.venue),
        categories=paper.categories,
        identifiers=tuple((one.scheme, one.value) for one in paper.identifiers),
        links=tuple(Link(link.kind, link.url) for link in paper.links),
        upvotes=paper.upvotes,
    )
    return Exported(paper, replace(detail, **fields))


def shown(detail: Detail) -> Exported:
    """A paper of which no more matters than what is shown of it."""
    return Exported(Paper.model_construct(title=detail.title), detail)


def full(paper_id: int = 1) -> Exported:
    """A paper of which everything is known."""
    return item(
        'Na\\"ive {BERT}: $O(n^2)$ for 50\\% & more',
        paper_id,
        key=f"muller2024naive{paper_id}",
        abstract="We try $x_1$ & find 50\\% more.\n\nThen we stop.",
        authors=('Ada M\\"uller', "Jan van der Berg", "OpenAI Team"),
        published="2024-03-07",
        venue="Journal of Trials",
        categories=("cs.LG", "stat.ML"),
        identifiers=(("doi", f"10.1000/a_b{paper_id}"), ("arxiv", f"2402.{14000 + paper_id}")),
        links=(
            {"kind": "page", "url": "https://x.y/a_b%20c"},
            {"kind": "code", "url": "https://git.example/a"},
        ),
        upvotes=12,
        starred=True,
        tags=("ml/gnn", "to do"),
        note="Reads *well*.\n\n@article{no, }",
        added="2024-05-01",
    )


def exported(name: str, *items: Exported, **options: Any) -> str:
    """The text of an export."""
    return "".join(exporter(format_named(name))(items, ExportOptions(**options)))


def letters(text: str) -> str:
    """The letters and digits of a text, of which no escaping may lose one."""
    return re.sub(r"[\W_]", "", text)
