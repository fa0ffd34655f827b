"""Tags through the library's door."""

from __future__ import annotations

import pytest

from index.errors import NamingError, NotFoundError
from index.keeping.tags import COLOURS
from index.library import Library
from index.text import fold
from tests.index.keeping.conftest import Act, unchanged, undone


def tree(library: Library) -> list[tuple[str, int]]:
    return [(shelf.name, shelf.count) for shelf in library.tags.tree()]


def papers(library: Library, tag: str) -> list[int]:
    return sorted(library.search("", shelf=library.tags.shelf(tag).query).ids)


def coloured(library: Library) -> dict[str, str]:
    return {shelf.name: shelf.colour for shelf in library.tags.tree() if shelf.colour}


@pytest.fixture
def grove(library: Library) -> Library:
    """``ml/gnn`` on 1 and 2, ``ml/gnn/pooling`` on 2 and 3, ``ml`` on 3, ``todo`` on 1."""
    library.tags.add([1, 2], "ml/gnn")
    library.tags.add([2, 3], "ml/gnn/pooling")
    library.tags.add(3, "ml")
    library.tags.add(1, "todo")
    return library


def test_tags_are_added_and_removed_whole(library: Library) -> None:
    assert undone(library, lambda: library.tags.add([1, 2], "#GNN")).changed == 2
    assert undone(library, lambda: library.tags.add([1, 2, 3], "gnn")).changed == 1
    assert unchanged(library, lambda: library.tags.add(1, "gnn")).message == "Already tagged #gnn."
    assert library.detail(3).tags == ("GNN",), "as it was spelt first"
    assert undone(library, lambda: library.tags.remove([1, 4], "gnn")).changed == 1
    assert unchanged(library, lambda: library.tags.remove(1, "gnn")).message == "Not tagged #GNN."
    assert tree(library) == [("GNN", 2)]
    with pytest.raises(NotFoundError, match=r"no tag “gnnn”\. Did you mean “GNN”"):
        library.tags.remove(1, "gnnn")


def test_a_tag_that_nobody_bears_any_more_is_spelt_anew(library: Library) -> None:
    library.tags.add(1, "gnn")
    library.tags.remove(1, "gnn")
    undone(library, lambda: library.tags.add(2, "GNN"))
    assert tree(library) == [("GNN", 1)]
    for _ in range(3):
        library.history.undo()
    assert tree(library) == []
    for _ in range(3):
        library.history.redo()
    assert tree(library) == [("GNN", 1)]


def test_several_change_at_once(grove: Library) -> None:
    assert grove.tags.borne([1, 2, 3]) == {"ml": 1, "ml/gnn": 2, "ml/gnn/pooling": 2, "todo": 1}
    done = undone(
        grove, lambda: grove.tags.change([1, 2], {"ml/gnn": False, "new": True, "gone": False})
    )
    assert (done.changed, done.message) == (2, "Tagged 2 papers −#ml/gnn +#new −#gone.")
    assert grove.detail(1).tags == ("new", "todo")
    assert unchanged(grove, lambda: grove.tags.change(5, {"a": False, "b": False})).message == (
        "The tags are as before."
    )
    assert unchanged(grove, lambda: grove.tags.change(5, {})).changed == 0


def test_the_tree_counts_each_paper_once_and_has_every_parent(grove: Library) -> None:
    assert tree(grove) == [("ml", 3), ("ml/gnn", 3), ("ml/gnn/pooling", 2), ("todo", 1)]
    grove.tags.add(4, "art/deep/blue")
    grove.tags.add(5, "art/deep/red")
    assert tree(grove)[:4] == [
        ("art", 2),
        ("art/deep", 2),
        ("art/deep/blue", 1),
        ("art/deep/red", 1),
    ]
    for shelf in grove.tags.tree():
        assert len(papers(grove, shelf.name)) == shelf.count, shelf
        assert shelf.depth == shelf.name.count("/")
    assert "art" not in grove.tags.names(), "no paper bears it itself"
    grove.tags.remove(4, "art/deep/blue")
    assert tree(grove)[:3] == [("art", 1), ("art/deep", 1), ("art/deep/red", 1)]


def test_a_tag_with_the_letters_of_another_is_not_below_it(library: Library) -> None:
    library.tags.add(1, "ml")
    library.tags.add(2, "mlops")
    library.tags.add(3, "ml-theory/x")
    library.tags.add(4, "ml/x")
    assert papers(library, "ml") == [1, 4]
    assert [name for name, _ in tree(library)] == [
        "ml",
        "ml/x",
        "ml-theory",
        "ml-theory/x",
        "mlops",
    ]
    undone(library, lambda: library.tags.delete("ml"))
    assert [name for name, _ in tree(library)] == ["ml-theory", "ml-theory/x", "mlops"]


def test_a_tag_is_renamed_with_all_below_it(grove: Library) -> None:
    done = undone(grove, lambda: grove.tags.rename("ML", "learning/deep"))
    assert (done.message, done.changed) == ("Renamed #ml to #learning/deep, on 3 papers.", 3)
    assert tree(grove) == [
        ("learning", 3),
        ("learning/deep", 3),
        ("learning/deep/gnn", 3),
        ("learning/deep/gnn/pooling", 2),
        ("todo", 1),
    ]
    undone(grove, lambda: grove.tags.rename("learning/deep/gnn", "gnn"))
    assert tree(grove) == [
        ("gnn", 3),
        ("gnn/pooling", 2),
        ("learning", 1),
        ("learning/deep", 1),
        ("todo", 1),
    ]


def test_a_parent_that_nobody_bears_is_renamed_too(library: Library) -> None:
    library.tags.add(1, "a/b/c")
    library.tags.colour("a/b", "blue")
    undone(library, lambda: library.tags.rename("a", "z"))
    assert tree(library) == [("z", 1), ("z/b", 1), ("z/b/c", 1)]
    assert coloured(library) == {"z/b": "blue", "z/b/c": "blue"}
    library.tags.add(2, "a/b")
    assert coloured(library).keys() == {"z/b", "z/b/c"}, "the colour went along"


def test_a_tag_is_spelt_otherwise_by_renaming(grove: Library) -> None:
    done = undone(grove, lambda: grove.tags.rename("ml", "ML"))
    assert done.message == "Renamed #ml to #ML, on 3 papers."
    assert [name for name, _ in tree(grove)] == ["ML", "ML/gnn", "ML/gnn/pooling", "todo"]
    assert unchanged(grove, lambda: grove.tags.rename("ml", "ML")).message == (
        "It is called #ML already."
    )
    undone(grove, lambda: grove.tags.rename("ml/gnn", "ML/Gnn"))
    assert grove.detail(2).tags == ("ML/Gnn", "ML/Gnn/pooling")


def test_a_name_that_is_taken_asks_for_a_merge(grove: Library) -> None:
    with pytest.raises(NamingError, match="a tag #ML already; merge #todo into it"):
        grove.tags.rename("todo", "ML")
    with pytest.raises(NamingError, match="merge #ml/gnn into it"):
        grove.tags.rename("ml/gnn", "ml")
    for act in (grove.tags.rename, grove.tags.merge):
        with pytest.raises(NamingError, match="lies below #ml"):
            act("ml", "ml/old" if act == grove.tags.rename else "ml/gnn")
    with pytest.raises(NamingError, match="into itself"):
        grove.tags.merge("ml", "ML")
    with pytest.raises(NotFoundError):
        grove.tags.merge("ml", "nothing")


def test_a_name_that_would_become_too_long_below_is_refused(library: Library) -> None:
    library.tags.add(1, "a/" + "b" * 90)
    library.tags.add(2, "c" * 50)
    for act in (library.tags.rename, library.tags.merge):
        with pytest.raises(NamingError, match="at most 100"):
            act("a", "d" * 50 if act == library.tags.rename else "c" * 50)
    assert [name for name, _ in tree(library)] == ["a", "a/" + "b" * 90, "c" * 50]


def test_merging_into_a_parent_and_into_another_family(grove: Library) -> None:
    done = undone(grove, lambda: grove.tags.merge("ml/gnn", "ml"))
    assert done.message == "Merged #ml/gnn into #ml, on 3 papers."
    assert tree(grove) == [("ml", 3), ("ml/pooling", 2), ("todo", 1)]
    grove.tags.add(1, "dl/pooling")
    undone(grove, lambda: grove.tags.merge("ml", "dl"))
    assert tree(grove) == [("dl", 3), ("dl/pooling", 3), ("todo", 1)]
    assert grove.detail(2).tags == ("dl", "dl/pooling")


def test_a_merge_within_one_line_moves_each_tag_by_one_step(library: Library) -> None:
    for paper, name in enumerate(["x", "x/b", "x/b/b", "x/b/b/c", "x/b/c"], 1):
        library.tags.add(paper, name)
    undone(library, lambda: library.tags.merge("x/b", "x"))
    assert [library.detail(paper).tags for paper in range(1, 6)] == [
        ("x",),
        ("x",),
        ("x/b",),
        ("x/b/c",),
        ("x/c",),
    ]


def test_colours_move_by_one_step_too(library: Library) -> None:
    for paper, (name, colour) in enumerate({"x/b/c": "blue", "x/b/b/c": "red"}.items(), 1):
        library.tags.add(paper, name)
        library.tags.colour(name, colour)
    undone(library, lambda: library.tags.merge("x/b", "x"))
    assert coloured(library) == {"x/b/c": "red", "x/c": "blue"}


def test_a_new_name_is_spelt_as_it_was_given(library: Library) -> None:
    library.tags.add(1, "gnn")
    library.tags.remove(1, "gnn")
    library.tags.add(1, "todo")
    undone(library, lambda: library.tags.rename("todo", "GNN"))
    assert library.tags.names() == ["GNN"]


def test_deleting_takes_all_below_it(grove: Library) -> None:
    done = undone(grove, lambda: grove.tags.delete("ml"))
    assert done.message == "Deleted #ml, which 3 papers bore."
    assert tree(grove) == [("todo", 1)]
    with pytest.raises(NotFoundError):
        grove.tags.delete("ml/gnn")


def test_colours_go_down_the_tree_and_along_with_a_name(grove: Library) -> None:
    undone(grove, lambda: grove.tags.colour("ml", "blue"))
    undone(grove, lambda: grove.tags.colour("ml/gnn/pooling", "red"))
    assert coloured(grove) == {"ml": "blue", "ml/gnn": "blue", "ml/gnn/pooling": "red"}
    assert unchanged(grove, lambda: grove.tags.colour("ml", "blue")).message == (
        "Its colour is as before."
    )
    undone(grove, lambda: grove.tags.rename("ml", "ai"))
    assert coloured(grove) == {"ai": "blue", "ai/gnn": "blue", "ai/gnn/pooling": "red"}
    undone(grove, lambda: grove.tags.merge("todo", "ai"))
    undone(grove, lambda: grove.tags.colour("ai", ""))
    assert coloured(grove) == {"ai/gnn/pooling": "red"}
    undone(grove, lambda: grove.tags.delete("ai/gnn"))
    grove.tags.add(1, "ai/gnn/pooling")
    grove.tags.add(1, "ml")
    assert coloured(grove) == {}
    with pytest.raises(NamingError, match=f"one of {', '.join(COLOURS)}"):
        grove.tags.colour("ai", "pink")


def test_merging_keeps_the_colour_that_is_there(grove: Library) -> None:
    grove.tags.colour("ml", "blue")
    grove.tags.colour("todo", "red")
    undone(grove, lambda: grove.tags.merge("todo", "ml"))
    assert coloured(grove)["ml"] == "blue"
    grove.tags.add(5, "plain")
    undone(grove, lambda: grove.tags.merge("ml", "plain"))
    assert coloured(grove)["plain"] == "blue"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("# ml / gnn /", "ml/gnn"),
        ("//a//b//", "a/b"),
        ("ml/#gnn", "ml/gnn"),
        ("two\nlines", "two lines"),
        ("🎓/α-β", "🎓/α-β"),
        (r"\alpha-divergence", "α-divergence"),
        ("½", "1/2"),
        ("c#", "c#"),
    ],
)
def test_names_are_kept_tidy_and_found(library: Library, typed: str, kept: str) -> None:
    library.tags.add(1, typed)
    assert library.detail(1).tags == (kept,)
    assert papers(library, typed) == [1]
    assert library.tags.remove(1, typed).changed == 1


@pytest.mark.parametrize("name", ["", " / ", "#", "x" * 101, "x" * 10_000, 'a "b"', "“a”", "\x1b"])
def test_what_nothing_can_bear_is_one_sentence(grove: Library, name: str) -> None:
    acts: tuple[Act, ...] = (
        lambda: grove.tags.add(1, name),
        lambda: grove.tags.rename("ml", name),
        lambda: grove.tags.change(1, {"a": True, name: True}),
    )
    for act in acts:
        with pytest.raises(NamingError) as error:
            act()
        assert len(str(error.value)) < 100
        assert str(error.value).endswith(".")
    assert grove.detail(1).tags == ("ml/gnn", "todo")


def test_an_action_from_the_middle_is_undone_beside_others(grove: Library) -> None:
    grove.tags.colour("ml", "red")
    in_the_middle = grove.history.entries()[0].id
    grove.tags.add(5, "ml")
    grove.tags.add(6, "other")
    grove.history.undo(in_the_middle)
    assert coloured(grove) == {}
    assert papers(grove, "ml") == [1, 2, 3, 5]


def test_a_tag_with_a_name_that_is_given_no_more_can_be_put_right(library: Library) -> None:
    with library._store.writing() as db:  # as an older library has it
        for number, name in enumerate(("a//b", "say “hi”"), 1):
            db.execute("INSERT INTO tags (name, folded) VALUES (?, ?)", (name, fold(name)))
            db.execute(
                "INSERT INTO paper_tags (paper_id, tag_id) SELECT ?, id FROM tags WHERE name = ?",
                (number, name),
            )
    library.tags.rename("a//b", "a/b")
    library.tags.delete("say “hi”")
    assert library.tags.names() == ["a/b"]
