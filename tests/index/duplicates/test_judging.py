"""What makes two records one paper, and what keeps them two."""

from __future__ import annotations

from typing import Any

import pytest

from index.duplicates.judging import clash, judge, names, shared_authors
from index.paper import Paper

ABSTRACT = "Rings are read by a network, and droughts are told from them with some care. " * 3
AUTHORS = ("Jo Moss", "Ada Li", "Otto Ek")
ARXIV, OTHER_ARXIV = ("arxiv", "2402.00001"), ("arxiv", "2402.00002")


def paper(title: str = "Trees that Remember the Rain", **fields: Any) -> Paper:
    return Paper.model_validate({"title": title, "authors": AUTHORS, **fields})


def page(url: str, kind: str = "page") -> dict[str, str]:
    return {"kind": kind, "url": url}


def reason(one: Paper, other: Paper) -> str:
    found = judge(one, other)
    assert found == judge(other, one), "it matters not who is asked first"
    return found[0] if found else ""


def test_a_page_that_is_the_others_makes_them_one() -> None:
    journal = paper(
        "Rain in Trees",
        identifiers=[("doi", "10.1/a")],
        links=[page("https://arxiv.org/abs/2402.00001v3")],
    )
    assert reason(journal, paper(identifiers=[ARXIV])) == "identifier"
    by_doi = paper("Rain in Trees", links=[page("https://doi.org/10.48550/arXiv.2402.00001")])
    assert reason(by_doi, paper(identifiers=[ARXIV])) == "identifier"


def test_a_doi_of_the_acl_is_an_acl_id() -> None:
    doi = paper("Rain in Trees", identifiers=[("doi", "10.18653/v1/p19-1017")])
    assert ("acl", "P19-1017") in names(doi)
    assert reason(doi, paper(identifiers=[("acl", "P19-1017")])) == "identifier"


def test_an_address_in_an_abstract_is_no_page_of_the_paper() -> None:
    cites = paper("Rings", links=[page("https://arxiv.org/abs/2402.00001", "other")])
    assert not reason(cites, paper(identifiers=[ARXIV]))


def test_a_link_to_the_work_of_others_does_not_join() -> None:
    links = [page("https://arxiv.org/abs/2402.00001")]
    assert not reason(paper("Soup", authors=["Bo Su"], links=links), paper(identifiers=[ARXIV]))
    assert not reason(paper("Soup", authors=[], links=links), paper(identifiers=[ARXIV]))
    own = paper("Rain in Trees", links=links, identifiers=[OTHER_ARXIV])
    assert not reason(own, paper(identifiers=[ARXIV])), "it has an arXiv id of its own"


def test_one_title_and_a_shared_author_make_them_one() -> None:
    assert reason(paper(authors=["Moss, Jo"]), paper()) == "title"
    assert reason(paper(authors=[]), paper()) == "title"
    assert not reason(paper(authors=["Bo Su"]), paper())


def test_identifiers_that_differ_leave_it_to_the_reader() -> None:
    one, other = paper(identifiers=[ARXIV]), paper(identifiers=[OTHER_ARXIV])
    assert judge(one, other) == ("near", 0.9)
    assert not reason(one, paper(identifiers=[OTHER_ARXIV], authors=[]))
    assert not reason(one, paper(identifiers=[OTHER_ARXIV], authors=["Jo Moss", "Bo Su", "Cy Wu"]))
    years = [
        paper(identifiers=[name], published=year)
        for name, year in ((ARXIV, "2014"), (OTHER_ARXIV, "2024"))
    ]
    assert not reason(*years)


def test_a_preprints_doi_and_the_journals_do_not_contradict() -> None:
    preprint = paper(identifiers=[("doi", "10.1101/2020.01.01")])
    assert reason(preprint, paper(identifiers=[("doi", "10.1038/s41")])) == "title"
    assert not clash(preprint, paper(identifiers=[("doi", "10.1038/s41")]))
    assert clash(preprint, paper(identifiers=[("doi", "10.1101/2020.02.02")]))
    assert not clash(preprint, paper(identifiers=[ARXIV]))


def test_one_title_many_years_apart_is_left_to_the_reader_or_two_works() -> None:
    assert not reason(paper(published="1999"), paper(published="2021"))
    assert reason(paper(published="2020"), paper(published="2021-03")) == "title"


def test_a_title_that_tells_nothing_needs_the_same_authors_and_year() -> None:
    one = paper("Editorial", published="2020", identifiers=[("doi", "10.1/a")])
    assert not reason(one, paper("Editorial", published="2021"))
    assert not reason(one, paper("Editorial", authors=[]))
    assert not reason(one, paper("Editorial", published="2020", identifiers=[("doi", "10.1/b")]))
    assert reason(one, paper("Editorial", published="2020")) == "title"


def test_a_near_title_needs_the_same_authors() -> None:
    typo = "Trees that Remembr the Rain"
    assert reason(paper(typo), paper()) == "near"
    assert not reason(paper(typo, authors=["Jo Moss", "Bo Su", "Cy Wu"]), paper())
    assert not reason(paper(typo, identifiers=[ARXIV]), paper(identifiers=[OTHER_ARXIV]))


def test_where_nobody_is_known_the_abstract_speaks() -> None:
    typo = paper("Trees that Remembr the Rain", authors=[], abstract=ABSTRACT)
    assert reason(typo, paper(abstract=ABSTRACT.replace("care", "luck"))) == "near"
    assert not reason(
        typo, paper(abstract="Soup is cooked in kitchens of all sizes, and then cooled.")
    )
    assert not reason(typo, paper())


def test_a_name_in_front_needs_the_same_abstract() -> None:
    named = paper("RingNet: Trees that Remember the Rain", abstract=ABSTRACT)
    assert reason(named, paper(abstract=ABSTRACT)) == "near"
    assert not reason(
        named, paper(abstract="A talk on another matter, and on soup in large kitchens.")
    )


@pytest.mark.parametrize(
    ("authors", "share"),
    [((), None), (("Moss, J.",), 1.0), (("Jo Moss", "Bo Su"), 0.5), (("Bo Su",), 0.0)],
)
def test_authors_are_shared_by_family_name(authors: tuple[str, ...], share: float | None) -> None:
    assert shared_authors(paper(authors=authors), paper()) == share


def test_a_shared_identifier_outweighs_others_that_differ() -> None:
    links = [page("https://arxiv.org/abs/2402.00001")]
    one = paper("Rain in Trees", identifiers=[("doi", "10.1234/a")], links=links)
    assert reason(one, paper(identifiers=[("doi", "10.1234/b"), ARXIV])) == "identifier"
