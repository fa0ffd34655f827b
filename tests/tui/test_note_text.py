"""How notes are rendered: their Markdown as styles, and whatever they hold as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content

from tui.widgets.note_text import CODE, LONGEST, STYLES, note_blocks

WIDTH = 40


def drawn(note: str, width: int = WIDTH) -> list[str]:
    """The lines of a note as text."""
    return [line.plain.rstrip() for block in note_blocks(note) for line in block.lines(width)]


def styles(note: str, text: str) -> set[str]:
    """The styles that lie on a text in a note."""
    found = set()
    for block in note_blocks(note):
        start = block.text.plain.find(text)
        for span in block.text.spans:
            if start >= 0 and span.start <= start < span.end:
                found.add(str(span.style))
    return found


@pytest.mark.parametrize(
    ("note", "text", "style"),
    [
        ("one *two* three", "two", STYLES["em"]),
        ("one **two** three", "two", STYLES["strong"]),
        ("one ***two*** three", "two", "italic bold"),
        ("one ~~two~~ three", "two", STYLES["s"]),
        ("one `two` three", "two", CODE),
        ("**one `two`**", "two", f"bold {CODE}"),
        ("[two](https://example.org)", "two", STYLES["link"]),
        ("# two", "two", "bold $primary"),
        ("### two", "two", "bold $muted"),
        ("```\none\ntwo\n```", "two", CODE),
    ],
)
def test_styles(note: str, text: str, style: str) -> None:
    assert style in styles(note, text)


@pytest.mark.parametrize(
    ("note", "lines"),
    [
        ("one\ntwo", ["one", "two"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("# one\ntwo", ["one", "", "two"]),
        ("- one\n- two\n  - three", ["• one", "• two", "  • three"]),
        ("one\n- two\n\nthree", ["one", "", "• two", "", "three"]),
        ("3. one\n4. two", ["3. one", "4. two"]),
        ("- [ ] one\n- [x] two\n- [X] three", ["☐ one", "☑ two", "☑ three"]),
        ("- one\n\n- two", ["• one", "", "• two"]),
        ("> one\n>\n> - two", ["▎ one", "▎", "▎ • two"]),
        ("```py\na = b[0]\n\n  c\n```", ["a = b[0]", "", "  c"]),
        ("one\n\n---\n\ntwo", ["one", "", "───", "", "two"]),
        ("| a | b |\n|---|---|", ["| a | b |", "|---|---|"]),
    ],
)
def test_blocks(note: str, lines: list[str]) -> None:
    assert drawn(note) == lines


def test_lines_wrap_under_their_own_beginning() -> None:
    assert drawn("- a line that has to be wrapped once", 20) == [
        "• a line that has to",
        "  be wrapped once",
    ]
    assert drawn("> a line that has to be wrapped", 20) == ["▎ a line that has to", "▎ be wrapped"]


@pytest.mark.parametrize(
    ("note", "line"),
    [
        ("[a](https://example.org/x)", "a (https://example.org/x)"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("![a](https://example.org/x.png)", "a (https://example.org/x.png)"),
        ("[a](other.md)", "a (other.md)"),
        ("<me@example.org>", "me@example.org"),
    ],
)
def test_links_show_where_they_lead(note: str, line: str) -> None:
    assert drawn(note) == [line]


@pytest.mark.parametrize(
    "note",
    ["[a](javascript:alert)", "[a](file:///etc/passwd)", "[a](other.md)", "<b>a</b>"],
)
def test_only_web_addresses_look_like_links(note: str) -> None:
    assert STYLES["link"] not in styles(note, "a")


@pytest.mark.parametrize(
    ("note", "line"),
    [
        ("[/b] [@click=app.quit]x[/] [bold]", "[/b] [@click=app.quit]x[/] [bold]"),
        ("a &#x202e;b &#27; &amp;", "a b � &"),
        ("<https://a.b/%E2%80%AEx>", "https://a.b/x (https://a.b/%E2%80%AEx)"),
        ("<script>x</script>", "<script>x</script>"),
    ],
)
def test_no_text_can_act(note: str, line: str) -> None:
    assert drawn(note, 80) == [line]


def test_a_huge_note_is_rendered_as_far_as_a_screen_can_show_and_says_so() -> None:
    note = "a line\n" * 150_000
    shown = drawn(note, 80)
    assert len(shown) < LONGEST
    assert shown[-1].startswith("… and 1,0")
    assert shown[-1].endswith("more characters: E opens all of them in your editor.")
    assert "line" in shown[-3]
    assert drawn("x" * (LONGEST + 1), 80)[-1].startswith("… and 1 more")


NOTES = st.text(st.sampled_from("ab \n#*_`[]()<>!-+>1.~\\&|=\t語é"), max_size=200) | st.text()


@settings(max_examples=300, deadline=None)
@given(note=NOTES, width=st.integers(1, 60))
def test_any_text_can_be_drawn_at_any_width(note: str, width: int) -> None:
    for block in note_blocks(note):
        for line in block.lines(width):
            assert isinstance(line, Content)
            assert line.cell_length <= max(width, 2), "a wide character needs two cells"
            assert "\n" not in line.plain
