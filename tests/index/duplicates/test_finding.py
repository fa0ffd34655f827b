"""Duplicates of a library: found, in order, and joined into groups."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from index.duplicates import exact, find
from index.importing import import_files
from index.paper import Paper
from index.store import Store, merging, papers, reading
from index.store.origins import Arrival
from index.views import Pair

AUTHORS = ["Jo Moss", "Ada Li"]
ARXIV, DOI = ("arxiv", "2402.00001"), ("doi", "10.1234/a")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


def fill(store: Store, records: Iterable[dict[str, Any]]) -> None:
    with store.writing() as db:
        for line, fields in enumerate(records, 1):
            record = Paper.model_validate({"authors": AUTHORS, "source": "jsonl", **fields})
            papers.add(db, record, Arrival(1, "a", line))


def found(store: Store) -> tuple[Pair, ...]:
    with store.reading() as db:
        return find(db)


def brief(pairs: Sequence[Pair]) -> list[tuple[int, int, str]]:
    return [(pair.one, pair.other, pair.reason) for pair in pairs]


def page(url: str) -> list[dict[str, str]]:
    return [{"kind": "page", "url": url}]


def test_an_empty_library_has_none(store: Store) -> None:
    assert found(store) == ()


def test_each_kind_is_found_the_surest_first_and_the_better_paper_first(store: Store) -> None:
    fill(
        store,
        [
            {"title": "Optimising Slow Lamps in Small Kitchens"},
            {"title": "Optimizing Slow Lamps in Small Kitchens", "identifiers": [DOI]},
            {"title": "Rings and Rain", "identifiers": [("doi", "10.1101/1")], "published": "2020"},
            {"title": "Rings and Rain", "identifiers": [("doi", "10.1038/2")], "published": "2021"},
            {"title": "Parsing Networks", "identifiers": [ARXIV]},
            {
                "title": "Networks for Parsing of Soup",
                "identifiers": [("doi", "10.1/soup")],
                "links": page("https://arxiv.org/pdf/2402.00001v2.pdf"),
            },
            {"title": "Quite Another Matter"},
        ],
    )
    pairs = found(store)
    assert brief(pairs) == [(6, 5, "identifier"), (3, 4, "title"), (2, 1, "near")]
    assert [pair.exact for pair in pairs] == [True, True, False]
    assert [round(pair.likeness, 2) for pair in pairs] == [1.0, 1.0, 0.97]


def test_a_record_that_names_two_papers_makes_them_duplicates(store: Store) -> None:
    fill(
        store,
        [
            {"title": "Pooling by Trees", "identifiers": [DOI]},
            {"title": "Pooling", "identifiers": [ARXIV]},
            {"title": "Pooling by Trees", "identifiers": [ARXIV, DOI]},
        ],
    )
    assert brief(found(store)) == [(1, 2, "identifier")]


def test_as_few_pairs_as_join_them_and_none_that_was_set_apart(store: Store) -> None:
    fill(store, [{"title": "Rings and Rain", "identifiers": [("doi", f"10.{n}/x")]}
                 for n in (1001, 1002, 1003)])  # fmt: skip
    assert brief(found(store)) == [(1, 2, "title"), (1, 3, "title")]
    with store.writing() as db:
        merging.part(db, 2, 1)
    assert brief(found(store)) == [(1, 3, "title"), (2, 3, "title")]


def groups(store: Store) -> list[list[int]]:
    with store.reading() as db:
        return exact(db, find(db))


def test_a_group_holds_no_two_papers_that_are_known_to_be_two(store: Store) -> None:
    fill(store, [{"title": "Rings and Rain", "identifiers": [("doi", f"10.{n}/x")]}
                 for n in (1001, 1002, 1003)])  # fmt: skip
    assert groups(store) == [[1, 2, 3]]
    with store.writing() as db:
        merging.part(db, 1, 2)
    assert groups(store) == [[1, 3]]


def test_a_third_paper_does_not_join_two_whose_identifiers_differ(store: Store) -> None:
    dois = [[("doi", "10.1001/x")], [("doi", "10.1002/x")], [("doi", "10.1001/y")]]
    fill(store, [{"title": "Rings and Rain", "identifiers": names} for names in dois])
    assert brief(found(store)) == [(1, 2, "title"), (2, 3, "title")]
    assert groups(store) == [[1, 2]]


def test_the_paper_to_keep_is_the_first_of_its_group(store: Store) -> None:
    fill(store, [{"title": "Rings and Rain", "identifiers": [("doi", f"10.{n}/x")]}
                 for n in (1001, 1002)])  # fmt: skip
    with store.writing() as db:
        db.execute("INSERT INTO notes (paper_id, text, changed) VALUES (2, 'mine', '')")
    assert groups(store) == [[2, 1]]
    assert brief(found(store)) == [(2, 1, "title")]


def test_a_title_that_a_hundred_papers_bear_joins_only_neighbours(store: Store) -> None:
    fill(store, [{"title": "Rings", "authors": [], "identifiers": [("doi", f"10.{n}/x")]}
                 for n in range(1000, 1300)])  # fmt: skip
    assert len(found(store)) == 299


def test_progress_is_told_and_may_end_the_search(store: Store) -> None:
    fill(store, [{"title": f"Rings {n}"} for n in range(30)])
    told: list[tuple[int, int]] = []
    with store.reading() as db:
        find(db, lambda done, total: told.append((done, total)))
    assert told[0] == (0, 30)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.reading() as db:
        find(db, stop)


@pytest.fixture(scope="module")
def anthology(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Twenty thousand papers of the ACL, each once."""
    folder = tmp_path_factory.mktemp("anthology")
    file = folder / "acl.jsonl"
    file.write_bytes(gzip.decompress((shared / "papers" / "acl-20k.jsonl.gz").read_bytes()))
    store = Store(folder / "library.db")
    import_files(store, [file])
    yield store
    store.close()


def copied(store: Store, folder: Path) -> Store:
    with store.reading() as db:
        db.execute("VACUUM INTO ?", (str(folder / "library.db"),))
    return Store(folder / "library.db")


def test_of_twenty_thousand_papers_none_is_taken_for_another(anthology: Store) -> None:
    assert found(anthology) == ()


def test_papers_of_pages_without_authors_are_known_by_their_abstracts(
    anthology: Store, shared: Path, tmp_path: Path
) -> None:
    store = copied(anthology, tmp_path)
    import_files(store, sorted((shared / "papers").glob("page-*.txt")))
    pairs = found(store)
    with store.reading() as db:
        titles = [
            paper.title.replace("-", "")
            for _, paper in reading.fetch(
                db, [paper for pair in pairs for paper in (pair.one, pair.other)]
            )
        ]
    store.close()
    assert [pair.reason for pair in pairs] == ["near", "near"]
    assert titles[::2] == titles[1::2], "they differ in a hyphen"


def test_titles_alone_part_all_but_a_few_that_are_versions(
    anthology: Store, tmp_path: Path
) -> None:
    store = copied(anthology, tmp_path)
    with store.writing() as db:
        db.execute("DELETE FROM identifiers")
        db.execute("UPDATE papers SET links = '[]'")
    pairs = found(store)
    store.close()
    assert len(pairs) <= 2, "a conference paper and its journal version, a talk and its paper"
    assert not any(pair.exact for pair in pairs)


SLIPS: dict[str, Callable[[str], str]] = {
    "typo": lambda word: word[:2] + word[3:],
    "plural": lambda word: word.removesuffix("s") if word.endswith("s") else f"{word}s",
    "split": lambda word: f"{word[:3]}-{word[3:]}",
    "article": lambda word: f"the {word}",
}


def test_titles_written_wrongly_are_found(shared: Path, store: Store) -> None:
    chance = random.Random(4)
    with gzip.open(shared / "papers" / "acl-20k.jsonl.gz", "rt") as lines:
        records = [json.loads(line) for line in lines][:4000]
    fill(store, map(_fields, records))
    wrong: dict[int, str] = {}
    with store.writing() as db:
        for record in chance.sample(records, 400):
            words = record["title"].split()
            long = [at for at, word in enumerate(words) if len(word) > 6 and word.isalpha()]
            if len(words) > 4 and long:
                slip, at = chance.choice(list(SLIPS)), chance.choice(long)
                words[at] = SLIPS[slip](words[at])
                paper = Paper.model_validate(_fields(record | {"title": " ".join(words)}))
                papers.add(db, paper, Arrival(2, "b", 1))
                wrong[db.execute("SELECT max(id) FROM papers").get] = slip
    assert set(wrong.values()) == set(SLIPS)
    pairs = found(store)
    caught = {paper for pair in pairs for paper in (pair.one, pair.other)} & wrong.keys()
    assert len(caught) >= 0.97 * len(wrong)
    assert len(pairs) <= len(wrong) + 1, "and nothing besides"


def _fields(record: dict[str, Any]) -> dict[str, Any]:
    known = ("title", "abstract", "authors")
    return {field: record[field] for field in known} | {"published": str(record["year"])}
