"""Papers have keys that people can read."""

from __future__ import annotations

from index.paper import Paper, citation_key


def test_keys_of_papers() -> None:
    paper = Paper(title="On the Pooling of Graphs", authors=("Ana Díaz",), published="2024-03")
    assert citation_key(paper) == "diaz2024pooling"
    assert citation_key(Paper(title="On the Pooling of Graphs")) == "poolinggraphs"
    assert citation_key(Paper(title="图池化")) == "paper"
