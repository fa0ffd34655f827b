"""Templates: what they can write, and that none of them can do harm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.errors import ExportError
from index.exports import Exported, ExportOptions
from index.exports.template import SHIPPED, find, names, render, suffix
from index.locations import templates_folder
from tests.index.exports.papers import HOSTILE, full, item


def rendered(
    folder: Path, text: str, *items: Exported, title: str = "All", seconds: float = 20
) -> str:
    file = folder / "mine.txt.jinja"
    file.write_text(text, "utf-8")
    return "".join(render(file, items, ExportOptions(title=title), seconds=seconds))


def refusal(folder: Path, text: str, *items: Exported, seconds: float = 20) -> str:
    with pytest.raises(ExportError) as error:
        rendered(folder, text, *items, seconds=seconds)
    sentence = str(error.value)
    assert sentence.startswith("The template mine.txt.jinja")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_template_sees_the_title_and_every_paper(tmp_path: Path) -> None:
    text = (
        "{{ title }}: {{ papers | length }}\n"
        "{% for p in papers %}\n{{ loop.index }} {{ p.title }}\n{% endfor %}\n"
    )
    assert rendered(tmp_path, text, item("One"), item("Two", 2)) == "All: 2\n1 One\n2 Two\n"
    assert rendered(tmp_path, text) == "All: 0\n"


def test_papers_may_be_gone_through_twice(tmp_path: Path) -> None:
    text = (
        "{% for p in papers %}{% for q in papers %}{{ p.key }}{{ q.key }} {% endfor %}{% endfor %}"
    )
    found = rendered(tmp_path, text, item(key="a"), item(paper_id=2, key="b"))
    assert found == "aa ab ba bb "


def test_a_paper_has_all_that_is_known(tmp_path: Path) -> None:
    text = (
        "{% for p in papers %}{{ p.key }}|{{ p.authors | join('; ') }}|{{ p.year }}|{{ p.venue }}|"
        "{{ p.url }}|{{ p.status }}|{{ p.starred }}|{{ p.tags | join(' ') }}|{{ p.upvotes }}|"
        "{{ p.links[1].kind }}|{{ p.identifiers[0][1] }}{% endfor %}"
    )
    assert rendered(tmp_path, text, full()) == (
        "muller2024naive1|Ada Müller; Jan van der Berg; OpenAI Team|2024|Journal of Trials|"
        "https://x.y/a_b%20c|unread|True|ml/gnn to do|12|code|10.1000/a_b1"
    )


def test_filters_escape_for_a_format(tmp_path: Path) -> None:
    one = item("a_b & <c> *d*", authors=("Ada Lovelace", "Bo Li", "Cy Wu"), published="1843")
    text = "{% for p in papers %}{{ p.title | FILTER }}{% endfor %}"
    escaped = {
        "latex": "a\\_b \\& {\\textless}c{\\textgreater} *d*",
        "markdown": "a_b & \\<c> \\*d\\*",
        "html": "a&#95;b &#38; &#60;c&#62; &#42;d&#42;",
    }
    for name, written in escaped.items():
        assert rendered(tmp_path, text.replace("FILTER", name), one) == written
    text = "{% for p in papers %}{{ p.authors | short_authors }}|{{ p | citation }}{% endfor %}"
    assert rendered(tmp_path, text, one) == (
        "Lovelace et al.|Lovelace, A., Li, B., & Wu, C. (1843). a_b & <c> *d*."
    )
    assert "@article{muller2024naive1," in rendered(
        tmp_path, "{% for p in papers %}{{ p | bibtex }}{% endfor %}", full()
    )


def test_hostile_text_is_never_a_template(tmp_path: Path) -> None:
    text = "{{ title }}\n{% for p in papers %}\n{{ p.title }}\n{% endfor %}\n"
    papers = [item(title, number) for number, title in enumerate(HOSTILE)]
    title = "{{ 7 * 7 }}{% for %}"
    assert rendered(tmp_path, text, *papers, title=title) == "\n".join(
        (title, *(one.detail.title for one in papers), "")
    )


def test_a_template_may_include_another_beside_it(tmp_path: Path) -> None:
    (tmp_path / "head.jinja").write_text("-- {{ title }} --")
    assert rendered(tmp_path, "{% include 'head.jinja' %}") == "-- All --"
    assert "no template “none.jinja”" in refusal(tmp_path, "\n{% include 'none.jinja' %}")
    assert "no template “../head.jinja”" in refusal(tmp_path, "{% include '../head.jinja' %}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("one\n{% for %}", ", line 2: Expected "),
        ("{{ 'open }}", ", line 1: unexpected char "),
        ("one\ntwo\n{{ tilte }}", ", line 3: 'tilte' is undefined."),
        ("{% for p in papers %}\n{{ p.titel }}{% endfor %}", ", line 2: "),
        ("one\n{{ title.__class__ }}", ", line 2: access to attribute '__class__' of 'str' obj"),
        ("{% for p in papers %}\n{{ p._paper }}{% endfor %}", ", line 2: access to attribute '_p"),
        ("{% for p in papers %}\n{{ p.__init__.__globals__ }}{% endfor %}", ", line 2: access to"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", ", line 1: access to attribute"),
        ("{{ 1 / 0 }}", ", line 1: division by zero."),
        ("{{ title | nothing }}", ", line 1: No filter named 'nothing'."),
        ("{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}", ", line 2: it nests too deeply"),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", ": it nests too deeply"),
        ("\n{{ range(10 ** 9) }}", ", line 2: Range too big"),
        ("\n{{ 'a' * 10 ** 9 }}", ", line 2: what it repeats is too long."),
        ("{{ [1] * 10 ** 9 }}", ", line 1: what it repeats is too long."),
        ("{{ 10 ** 10 ** 10 }}", ", line 1: the power is too large."),
        ("{{ 'a' | center(10 ** 11) }}", ": it takes more memory than a template may."),
        ("{{ '%0100000000000d' % 1 }}", ": "),
        ("{% set n = namespace(x='aaaaaaaa') %}\n{% for i in range(99) %}\n"
         "{% set n.x = n.x ~ n.x %}{% endfor %}", ", line 3: it takes more memory"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    assert sentence in refusal(tmp_path, text, item())


def test_a_loop_without_end_is_stopped(tmp_path: Path) -> None:
    loops = "{% for a in range(99999) %}" * 3 + "{% endfor %}" * 3
    said = refusal(tmp_path, loops, seconds=1)
    assert said.endswith("is not done after 1 seconds: a loop may not end.")


def test_a_text_without_end_is_stopped(tmp_path: Path) -> None:
    loops = "{% for a in range(99999) %}" * 2 + "{{ 'a' * 9999 }}" + "{% endfor %}" * 2
    assert "it writes more than a template may" in refusal(tmp_path, loops, seconds=60)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", bytes(range(256))])
def test_a_template_that_is_no_text(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "mine.txt.jinja"
    file.write_bytes(data)
    with pytest.raises(ExportError, match=r"mine\.txt\.jinja: it is not a text in UTF-8\.$"):
        list(render(file, [], ExportOptions()))


def test_templates_have_names(tmp_path: Path) -> None:
    assert names() == ["annotated-bibliography", "reading-list"]
    own = templates_folder()
    own.mkdir(parents=True)
    (own / "reading-list.org.jinja").write_text("mine")
    (own / "cards.html.jinja").write_text("cards")
    (own / "notes.txt").write_text("no template")
    assert names() == ["annotated-bibliography", "cards", "reading-list"]
    assert find("cards") == find("cards.html.jinja") == own / "cards.html.jinja"
    assert find("reading-list") == own / "reading-list.org.jinja"  # the reader's come first
    assert find("annotated-bibliography").parent == SHIPPED
    other = tmp_path / "any.tex"
    other.write_text("x")
    assert find(str(other)) == other


@pytest.mark.parametrize("name", ["nothing", "a\0b", "x" * 5000, "~nobody/x", "../templates"])
def test_an_unknown_template_names_the_known_ones(name: str) -> None:
    with pytest.raises(ExportError, match=r"There is no template “.*choose of: annotated-bib.*\.$"):
        find(name)


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r" is a folder, not a template\.$"):
        find(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.md.jinja", ".md"), ("a.jinja", ".txt"), ("a.tex", ".tex"), ("a", ".txt")],
)
def test_the_name_of_a_template_tells_the_suffix(name: str, ending: str) -> None:
    assert suffix(Path(name)) == ending


def test_a_name_in_the_folder_that_one_stands_in_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jinja2.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(tmp_path)
    assert rendered(tmp_path, "{{ title }}") == "All"


@pytest.mark.parametrize("name", ["reading-list", "annotated-bibliography"])
def test_the_templates_that_come_along_take_any_paper(name: str) -> None:
    papers = [full(), *(item(title, number) for number, title in enumerate(HOSTILE, 2))]
    text = "".join(render(find(name), papers, ExportOptions(title="<b> *x*")))
    assert "Naïve" in text
    assert not re.search(r"(?<!\\)<(script|b)>", text)
