"""A reading list as Markdown: what goes out comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.checklist import BOXES, Listed, names_in, parse, render
from index.text import clean_line, clean_text

HOSTILE = [
    *"-*+#[]{}()<>!`~_^$|\\:;.,'\"0123 \n\t",
    *["- [x] ", "{#other}", "\\", "<!--", "-->", "# ", "1. ", "[ ]", "\n\n", "  - ", "α", "🎓"],
    *["- [ ] Other {#other}", "\\- [ ] Other {#other}"],
]
texts = st.one_of(st.lists(st.sampled_from(HOSTILE), max_size=12).map("".join), st.text())
titles = texts.map(clean_line).filter(bool)
papers = st.lists(
    st.builds(
        Listed,
        key=st.from_regex(r"[a-z0-9]{1,6}(-[0-9])?", fullmatch=True),
        title=titles,
        who=texts.map(clean_line),
        status=st.sampled_from(list(BOXES)),
        note=texts.map(clean_text),
    ),
    max_size=6,
    unique_by=lambda paper: paper.key,
)


@given(titles, papers)
def test_what_goes_out_comes_back_as_it_was(name: str, listed: list[Listed]) -> None:
    entries, problems = parse(render(name, listed))
    assert problems == []
    assert [(entry.key, entry.status, entry.note) for entry in entries] == [
        (paper.key, paper.status, paper.note) for paper in listed
    ]


@given(papers)
def test_a_paper_is_one_line_and_its_note(listed: list[Listed]) -> None:
    lines = render("x", listed).split("\n")
    items = [line for line in lines if line.startswith("- [")]
    assert [line.rpartition("{#")[2] for line in items] == [f"{paper.key}}}" for paper in listed]


LIST = [
    Listed("moss2020rings", "Rings [and] Rain", "Moss 2020", "to read"),
    Listed(
        "li2021lamps", "Slow {#fast} Lamps", "Li & Ek 2021", "reading", "Why:\n\n- light\n  - dim"
    ),
    Listed("anon", "No Author", "", "done"),
]
TEXT = r"""# thesis \#1

<!-- [ ] to read, [/] reading, [x] done, [-] skipped. Move lines, tick them, take them out. What is
indented below a line is its note. A new line adds the paper whose arXiv id, DOI or key it is. -->

- [ ] Rings \[and\] Rain · Moss 2020 {#moss2020rings}
- [/] Slow {\#fast} Lamps · Li & Ek 2021 {#li2021lamps}
  Why:

  - light
    - dim
- [x] No Author {#anon}
"""


def test_a_list_reads_as_markdown_with_check_boxes() -> None:
    assert render("thesis #1", LIST) == TEXT
    entries, problems = parse(TEXT)
    assert ([entry.note for entry in entries], problems) == ([paper.note for paper in LIST], [])


@pytest.mark.parametrize(
    "note",
    [
        "- [x] Other {#other}",
        "Why\n\n  - [ ] Other {#other}",
        "\\- [ ] Other {#other}",
        "1. Other {#other}",
    ],
)
def test_a_note_may_look_like_a_paper(note: str) -> None:
    entries, problems = parse(render("x", [LIST[0]._replace(note=note), LIST[1]]))
    assert problems == []
    assert [entry.note for entry in entries] == [note, LIST[1].note]


def test_what_an_editor_may_make_of_it_is_understood() -> None:
    text = (
        "\ufeff* [X] Rings (my title!) {#moss2020rings}  \r\n"
        "\r\n"
        "\tWhy:\r\n"
        "\r\n"
        "\t- light\r\n"
        "+ [] Lamps {#li2021lamps}\n"
        "3. No box {#anon}\n"
        "2402.14393\n"
        "<!-- mine -->\n"
        "- [-] [Attention](https://arxiv.org/abs/1706.03762)\n"
        "   deep\n"
        "  less deep\n"
    )
    entries, problems = parse(text)
    assert problems == []
    assert [(entry.line, entry.key, entry.status, entry.note) for entry in entries] == [
        (1, "moss2020rings", "done", "Why:\n\n- light"),
        (6, "li2021lamps", "to read", ""),
        (7, "anon", None, ""),
        (8, "", None, ""),
        (10, "", "skipped", "deep\nless deep"),
    ]
    assert names_in(entries[3].text) == ["2402.14393"]
    assert "https://arxiv.org/abs/1706.03762" in names_in(entries[4].text)


def test_names_are_read_without_their_escapes() -> None:
    assert names_in(r" see 10.1000/a\_b, and <https://doi.org/10.1000/c>.") == [
        "see 10.1000/a_b, and <https://doi.org/10.1000/c>.",
        "see",
        "10.1000/a_b",
        "and",
        "https://doi.org/10.1000/c",
    ]
    assert names_in("") == names_in(" ") == []


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("# x\n\n  a note of nobody\n", 3, "stands below no paper"),
        ("- [?] Rings {#a}\n", 1, "has [?] for its status"),
        ("- [ ] A {#a}\n  - [ ] B {#b}\n", 2, "is indented like a note and names a paper"),
        ("- [ ] A {#a}\n\n\t* B {#b}\n", 3, "is indented like a note and names a paper"),
        ("- [ ] A {#a}\n<!-- cut off\n- [ ] B {#b}\n", 2, "begins a comment that has no end"),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    _, problems = parse(text)
    assert problems == [(line, reason)]


def test_a_line_may_be_put_above_the_heading() -> None:
    entries, problems = parse("- [ ] A {#a}\n# thesis\n- [ ] B {#b}\n")
    assert ([entry.key for entry in entries], problems) == (["a", "b"], [])


def test_a_heading_among_papers_is_no_paper_and_not_passed_over() -> None:
    entries, _ = parse("# mine\n- [ ] A {#a}\n# Later\n- [ ] B {#b}\n")
    assert [entry.key for entry in entries] == ["a", "", "b"]
    assert entries[1].text == "# Later"
