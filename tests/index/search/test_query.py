"""The query language: what each form of a query finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from index.errors import QueryError
from index.paper import Paper
from index.search.clauses import AnyField, Query, Similar
from index.search.parser import LONGEST_QUERY, parse
from index.search.wording import written
from tests.index.search.box import Box
from tests.index.search.brute import Brute
from tests.index.search.conftest import Indexed

Find = Callable[[str, bool], set[int]]

TODAY = dt.datetime.now().astimezone().toordinal()

PAPERS = (
    Paper(  # 1
        title="Graph Pooling by Edge Cuts",
        abstract="We learn which nodes to keep. The who and why of pooled nodes.",
        authors=("Jürgen Müller", "Song, Yuchen"),
        published="2022-03",
        venue="ICLR",
        categories=("cs.LG",),
        source="hf_page",
    ),
    Paper(  # 2
        title="Classifier-Free Sampling",
        abstract=r"Diffusion with a na\"ive prior over $\alpha$ and Newton's method.",
        authors=("Ada O'Brien",),
        published="2023-05-17",
        venue="NeurIPS",
        categories=("cs.CL", "stat.ML"),
        source="arxiv",
    ),
    Paper(  # 3
        title="Sampling classifier free of graphs",
        abstract="Networks that diffuse heat. A pool of graph nodes.",
        authors=("Müller Song",),
        published="2024",
    ),
    Paper(title="Classifierfree: the theory", abstract="深度学习 and α-helix folding."),  # 4
    Paper(title="The Who", abstract="Edge: cases (and brackets) in 3.5 words"),  # 5
)


@pytest.fixture(params=["by the index", "paper by paper"])
def find(request: pytest.FixtureRequest, indexed: Indexed) -> Find:
    """Finds the papers of a query, which may be as it is being typed."""
    if request.param == "by the index":
        index, box = indexed(*PAPERS)
        mark(box)
        return lambda query, as_typed: set(index.search(query, as_typed=as_typed).ids)
    box = Box(*PAPERS)
    mark(box)
    brute = Brute(box)
    return lambda query, as_typed: brute.matches(parse(query, as_typed=as_typed))


def mark(box: Box) -> None:
    box.tags = {"gnn": {1, 3}, "To Do": {2}, "gnome": {5}, "ML/Gnn": {1, 2}, "ml/gnn/To Do": {3}}
    box.tags |= {"mlp": {4}, "ml": {2}}
    box.lists = {"To read": [3, 1, 2], "thesis": [5, 2, 1]}
    box.follows = {"cs.CL": {1}, "cs.LG": {4}, "hf daily": {2}}
    box.statuses = {"To read": {1: "reading", 2: "to read"}, "thesis": {5: "reading"}}
    box.ratings = {1: 5, 2: 3, 4: 2}
    box.texts = {1: "A lemma of its own", 3: "Ablation of lemmas"}
    box.notes = {2: "Über die Wärme: see graph", 4: "See the graphs of α"}
    box.opened = {1: TODAY, 2: TODAY - 7, 5: TODAY - 8}
    box.states = {
        "starred": {1},
        "read": {1, 2},
        "skipped": {5},
        "noted": {2},
        "text": {1, 3},
        "tagged": {1, 2, 3, 5},
        "listed": {1, 2, 3, 5},
        "abstract": {1, 2, 3, 4, 5},
        "code": {4},
        "id:10.1000/Ab(c)": {3},
        "id:10.1*": {3, 5},
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # words, their forms, accents, case, LaTeX
        ("graph", {1, 3}),
        ("GRAPHS", {1, 3}),
        ("graph pooling", {1, 3}),
        ("naive", {2}),
        ("naïve", {2}),
        (r"na\"ive", {2}),
        (r"\alpha", {2, 4}),
        ("α", {2, 4}),
        ("alpha", {2, 4}),
        ("müller", {1, 3}),
        ("muller", {1, 3}),
        ("深度", {4}),
        ("度深", set()),
        # quotes: words as written, side by side, stop words too
        ('"graph pooling"', {1}),
        ('"pooling graph"', set()),
        ('"graphs"', {3}),
        ('"the who"', {1, 5}),
        ("“graph pooling”", {1}),
        # boolean
        ("graph OR diffusion", {1, 2, 3}),
        ("graph -pooling", set()),
        ("graph -edge", {3}),
        ("graph NOT edge", {3}),
        ("-graph", {2, 4, 5}),
        ("NOT (graph OR diffusion)", {4, 5}),
        ("edge OR diffusion graph", {1, 3}),
        ("edge AND graph OR newton AND diffusion", {1, 2}),
        ("--graph", {1, 3}),
        ("NOT -NOT graph", {2, 4, 5}),
        ("-" * 1900 + "graph", {1, 3}),
        ("NOT title: NOT graph", {1, 3}),
        ('-"graph pooling" graph', {3}),
        ("graph and pooling or", {1, 3}),
        ("(published:2024 OR edge) müller", {1, 3}),  # what a date alone finds has no score
        # fields
        ("title:graph", {1, 3}),
        ("title:pool", {1}),
        ("abstract:pool", {1, 3}),
        ("title: graph", {1, 3}),
        ("TITLE:graph", {1, 3}),
        ("author:müller", {1, 3}),
        ("authors:song", {1, 3}),
        ('author:"yuchen song"', {1}),
        ('author:"müller song"', {3}),
        ('author:"müller yuchen"', set()),  # no phrase runs from one author into the next
        ("author:obrien", {2}),
        ("author:o'brien", {2}),
        ("venue:iclr", {1}),
        ("title:(graph edge)", {1}),
        ("title:(edge OR free)", {1, 2, 3}),
        ("-author:müller", {2, 4, 5}),
        ("title:(graph author:müller)", {1, 3}),
        ("müller 2022", {1}),
        # years
        ("year:2022", {1}),
        ("year:2022..2023", {1, 2}),
        ("year:2023..2022", {1, 2}),
        ("year:2023..", {2, 3}),
        ("year:..2023", {1, 2}),
        ("year:(2022 OR 2024)", {1, 3}),
        ("-year:2022..", {4, 5}),
        # dates
        ("published:2022", {1}),
        ("published:2022-03", {1}),
        ("published:2022-03-01", set()),  # its day is not known
        ("published:2022..2023", {1, 2}),
        ("published:2022-04..2023-05", {2}),
        ("published:2023-05-17", {2}),
        ("published:2023-05-18..", {3}),
        ("published:..2023-05-17", {1, 2}),
        ("published:2024-01..", set()),  # its month is not known
        ("published:(2022 OR 2024)", {1, 3}),
        ("published:1y", set()),
        ("-published:2022..", {4, 5}),
        # whole names
        ("category:cs", {1, 2}),
        ("category:cs.CL", {2}),
        ("category:cs.*", {1, 2}),
        ("category:c", set()),
        ('category:"stat.ML" diffusion', {2}),
        ("-category:cs", {3, 4, 5}),
        ("source:arxiv", {2}),
        ("source:hf_page", {1}),
        ("source:*", {1, 2}),
        # the store's
        ("tag:gnn", {1, 3}),
        ("tag:GNN", {1, 3}),
        ('tag:"to do"', {2}),
        ("tag:gn", set()),
        ("tag:gn*", {1, 3, 5}),
        ("tag:*", {1, 2, 3, 4, 5}),
        ("tag:ml", {1, 2, 3}),
        ("tag:m", set()),
        ("tag:ml*", {1, 2, 3, 4}),
        ("tag:ml/gnn", {1, 2, 3}),
        ("tag:ML/GNN/", {1, 2, 3}),
        ('tag:" ml / gnn / to  do "', {3}),
        ("tag:ml/gnn/*", {3}),
        ("tag:ml/g*", {1, 2, 3}),
        ("tag:gnn -tag:ml/gnn/*", {1}),
        ("tag:(gnn OR gnome)", {1, 3, 5}),
        ("is:tagged -is:listed", set()),
        ("is:read is:read", {1, 2}),
        ('id:"10.1000/Ab(c)"', {3}),
        ("id:10.1*", {3, 5}),
        ("id:10.2", set()),
        ("category:cs category:stat", {2}),
        ("has:tag", {1, 2, 3, 5}),
        ("has:abstract -has:code", {1, 2, 3, 5}),
        ("-tag:gnn", {2, 4, 5}),
        # any word is enough
        ("any:(edge diffusion)", {1, 2, 3, 5}),
        ("any:(edge diffusion) year:2022..", {1, 2, 3}),
        ("any:(edge diffusion year:2022..)", {1, 2, 3}),
        ("any:(edge diffusion) graph", {1, 3}),
        ("any:(edge AND graph diffusion)", {1, 2, 3}),
        ("any:(classifier free)", {2, 3, 4}),
        ("any:((edge graph) newton)", {1, 2}),
        ("-any:(edge diffusion)", {4}),
        ("title:any:(edge free)", {1, 2, 3}),
        ("any:title:(edge free)", {1, 2, 3}),
        ("any:(any:(edge diffusion) theory)", {1, 2, 3, 4, 5}),
        ("ANY:graph", {1, 3}),
        ('any:"graph pooling"', {1}),
        ("newton OR any:(edge theory)", {1, 2, 4, 5}),
        ('list:"to read" graph', {1, 3}),
        ("list:thesis", {1, 2, 5}),
        ("list:none", set()),
        ("follow:cs.CL graph", {1}),
        ("follow:CS*", {1, 4}),
        ("follow:*", {1, 2, 4}),
        ("follow:none", set()),
        # the status on a list: as set, else done where it is read, else to read
        ("status:reading", {1, 5}),
        ('status:"to read"', {2, 3}),
        ("status:todo", {2, 3}),
        ("status:toread -status:to-read", set()),
        ("status:done", {1, 2}),
        ("status:skipped", set()),
        ("STATUS:Done", {1, 2}),
        ("status:(reading OR done)", {1, 2, 5}),
        # beside a list: the status on that one
        ('list:"to read" status:reading', {1}),
        ("list:thesis status:reading", {5}),
        ("status:done list:thesis", {1, 2}),
        ("list:thesis -status:done", {5}),
        ("-status:done list:thesis", {5}),
        ("list:thesis -status:done graph", set()),
        ('list:"to read" (status:reading OR status:todo) sampling', {2, 3}),
        ('list:"to read" status:(reading OR todo)', {1, 2, 3}),
        ('list:"to read" -(status:reading OR heat)', {2}),
        ('list:"to read" status:done', set()),
        ('-(list:"to read" status:todo)', {1, 4, 5}),
        ('(list:"to read" status:reading) OR (list:thesis status:reading)', {1, 5}),
        ('list:"to read" (list:thesis status:done)', {1, 2}),
        ('list:"to read" (list:thesis status:reading)', set()),  # what stands nearest counts
        ('list:"to read" list:thesis status:done', {1, 2}),  # on either
        ('(list:"to read" OR list:thesis) status:reading', {1, 5}),
        ("list:t* status:reading", {1, 5}),
        ("list:none status:reading", set()),
        ("list:thesis OR status:todo", {1, 2, 3, 5}),  # not beside it: on any
        ("-list:thesis status:todo", {3}),
        ('(graph OR list:"to read") status:done', {1, 2}),
        # ratings
        ("rating:5", {1}),
        ("rating:3..", {1, 2}),
        ("rating:..3", {2, 4}),
        ("rating:3..2", {2, 4}),
        ("rating:(2 OR 5)", {1, 4}),
        ("is:rated -rating:5", {2, 4}),
        ("-rating:1..5", {3, 5}),
        # notes
        ("note:see", {2, 4}),
        ("note:über", {2}),
        ("note:wär*", {2}),
        ("note:wär", set()),
        ('note:"see graph"', {2}),
        ("note:(see of)", {4}),
        ("note:*", {2}),
        ("-note:see graph", {1, 3}),
        # texts of PDFs
        ("text:lemma", {1}),
        ("text:lemma*", {1, 3}),
        ('text:"of its"', {1}),
        ("text:*", {1, 3}),
        ("has:text -text:lemma", {3}),
        # when it was opened last
        ("is:opened", {1, 2, 5}),
        ("opened:7d", {1, 2}),
        ("opened:0d", {1}),
        ("opened:2000", set()),
        ("-opened:7d is:opened", {5}),
        ("is:starred", {1}),
        ("is:unread graph", {3}),
        ("is:unread", {3, 4}),  # neither read nor skipped
        ("-is:unread", {1, 2, 5}),
        ("is:skipped", {5}),
        ("is:inbox", set()),
        ("is:read OR is:inbox", {1, 2}),
        ("has:note", {2}),
        # beginnings
        ("diff*", {2, 3}),
        ("title:clas*", {2, 3, 4}),
        ("classifier-f*", {2, 3, 4}),
        ("*", {1, 2, 3, 4, 5}),
        ("-*", set()),
        ("a* who", {1, 5}),
        # wildcards within a word
        ("gr?ph", {1, 3}),
        ("title:gr?ph", {1}),
        ("gr?ph*", {1, 3}),
        ("title:n*e", set()),
        ("n*e", {2}),
        ("p*l*", {1, 3}),
        ("m?ller", {1, 3}),
        ("classif*-free", {2, 3, 4}),
        ("why?", {1}),
        ("gr?ph who?", {1}),
        ("*graph*", {1, 3}),
        # words that are spelled a little differently
        ("grahp", set()),
        ("grahp~", {1, 3}),
        ("grapg~", {1, 3}),
        ("poling~", {1}),
        ("poling~2", {1}),
        ("nuve~2", {2}),
        ("author:miller~", {1, 3}),
        ("author:iller~", set()),  # its first letter is as it was typed
        ("title:the~2", {4, 5}),
        ("~2", set()),
        # words with others between them
        ('"graph edge"', set()),
        ('"graph edge"~1', set()),
        ('"graph edge"~2', {1}),
        ('"edge graph"~9', set()),
        ('"who nodes"~4', {1}),
        ('"who nodes"~3', set()),
        ('author:"müller yuchen"~9', set()),
        # boosts change the order alone
        ("graph^2 pooling^.5", {1, 3}),
        ('"graph pooling"~1^3', {1}),
        ("(graph OR diffusion)^2", {1, 2, 3}),
        ("graph^", {1, 3}),
        ('"graph pooling"~', {1}),
        # hyphens and apostrophes
        ("classifier-free", {2, 3, 4}),
        ('"classifier-free"', {2, 3, 4}),
        ("classifier free", {2, 3, 4}),
        ('"classifier free"', {2, 3, 4}),
        ("classifierfree", {2, 3, 4}),
        ('"classifierfree"', {2, 3, 4}),
        ("title:classifierfree", {2, 3, 4}),
        ('"classifier-free sampling"', {2}),
        ('"classifierfree sampling"', {2}),
        ('"sampling classifierfree"', {3}),
        ("graph classifierfree", {3}),
        ("theory classifier free", {4}),
        ("classifier free^2 theory", {4}),
        ("classifier -free", set()),
        ("newton", {2}),
        ("newton's", {2}),
        ("3.5", {5}),
        ("3.6", set()),
        # stop words: dropped beside another word, kept alone
        ("the graph", {1, 3}),
        ("the who", {1, 5}),
        ("the", {1, 4, 5}),
        ("title:the", {4, 5}),
        # what is no syntax is words
        ("Edge: cases (and brackets)", {5}),
        ("foo:bar", set()),
        ("edge & cuts", {1}),
        ("edge - cuts", {1}),
        ("edge) cuts", {1}),
        ("(edge (cuts", {1}),
        ('"edge cuts', {1}),
        ("edge ()", {1, 5}),
    ],
)
def test_finds(find: Find, query: str, expected: set[int]) -> None:
    assert find(query, False) == expected


@pytest.mark.parametrize(
    "query",
    [
        "title:",
        "graph OR",
        "OR graph",
        "graph AND OR pool",
        "NOT",
        "title: OR graph",
        "???",
        "()",
        '""',
        "year:soon",
        "year:20",
        "year:2022-2024",
        "year:..",
        "year:2022.",
        "published:2022-13",
        "published:2023-02-29",
        "published:2022-3",
        "added:7x",
        "added:yesterday",
        "similar:it",
        "is:odd",
        "has:wings",
        "status:begun",
        "status:to read",  # without quotes
        "rating:6",
        "rating:0",
        "rating:44",
        "rating:3.",
        "rating:..",
        "rating:good",
        "opened:soon",
        "any:",
        "any:()",
        "any: OR graph",
        "(" * 51 + "graph",
        "(" * 1500 + "graph",
        "graph " * LONGEST_QUERY,
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(query: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    sentence = str(raised.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 160


@pytest.mark.parametrize("query", ["rating:44", "rating:.6", "status:x", "is:x"])
def test_what_no_letter_can_mend_is_refused_while_it_is_typed(query: str) -> None:
    with pytest.raises(QueryError):
        parse(query, as_typed=True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {1, 2, 3, 4, 5}),
        ('"', {1, 2, 3, 4, 5}),
        ("-", {1, 2, 3, 4, 5}),
        ("(", {1, 2, 3, 4, 5}),
        ("title:", {1, 2, 3, 4, 5}),
        ("graph OR", {1, 3}),
        ("graph AND", {1, 3}),
        ("graph NOT", {1, 3}),
        ("graph -", {1, 3}),
        ("graph -ed", {1, 3}),
        ("graph -edge", {3}),
        ("tag:ml/", {1, 2, 3}),
        ("tag:ml/gnn/t", {3}),
        ("status:", {1, 2, 3, 4, 5}),
        ("status:r", {1, 5}),
        ("status:to", {2, 3}),
        ("status:tod", {2, 3}),
        ('status:"to r', {2, 3}),
        ('list:"to read" status:rea', {1}),
        ("list:th status:rea", set()),  # a blank ends the name
        ("status:reading list:th", {5}),
        ("list:thesis -status:d", {1, 2, 5}),
        ("rating:", {1, 2, 3, 4, 5}),
        ("rating:3", {2}),
        ("rating:3.", {1, 2}),
        ("rating:.", {1, 2, 3, 4, 5}),
        ("rating:..", {1, 2, 3, 4, 5}),
        ("-rating:3.", {1, 2, 3, 4, 5}),
        ("note:", {1, 2, 3, 4, 5}),
        ("note:wä", {2}),
        ('note:"see gr', {2}),
        ("-note:se", {1, 2, 3, 4, 5}),
        ("opened:", {1, 2, 3, 4, 5}),
        ("opened:7", {1, 2, 3, 4, 5}),
        ("graph any:", {1, 3}),
        ("graph any:(", {1, 3}),
        ("any:(heat edg", {1, 3, 5}),
        ("graph -(ed", {1, 3}),
        ("graph -(nodes ed", {1, 3}),
        ("graph -(edge OR hea", {3}),
        ("graph (", {1, 3}),
        ("graph title:", {1, 3}),
        ("graph tag:", {1, 3}),
        ("graph author:mül", {1, 3}),
        ("tag:gn", {1, 3, 5}),
        ("-tag:gn", {1, 2, 3, 4, 5}),
        ('list:"to re', {1, 2, 3}),
        ("graph is:st", {1}),
        ("graph is:", {1, 3}),
        ("-is:st", {1, 2, 3, 4, 5}),
        ("-is:starred", {2, 3, 4, 5}),
        ("year:", {1, 2, 3, 4, 5}),
        ("year:202", {1, 2, 3}),
        ("year:2022..202", {1, 2, 3}),
        ("year:2023..", {2, 3}),
        ("year:2023.", {2, 3}),
        ("-year:20", {1, 2, 3, 4, 5}),
        ("published:20", {1, 2, 3, 4, 5}),
        ("published:2022-0", {1}),
        ("published:2022-", {1}),
        ("published:2022-03..20", {1, 2, 3, 4, 5}),
        ("published:2022-03..2023", {1, 2}),
        ("category:c", {1, 2}),
        ("source:hf", {1}),
        ("similar:", {1, 2, 3, 4, 5}),
        ("graph id:10.1", {3}),
        ("gr?p", {1, 3}),
        ("graph^", {1, 3}),
        ("grahp~", {1, 3}),
        ('"graph edge"~', set()),
        ("classifier fr", {2, 3, 4}),
        ('"classifier-fr', {2, 3, 4}),
        ("graph poo ", set()),  # a blank ends the word
        ('"graph poo', {1}),
        ('"graph poo"', set()),
    ],
)
def test_while_typing_what_dangles_is_passed_over(
    find: Find, query: str, expected: set[int]
) -> None:
    assert find(query, True) == expected


@pytest.mark.parametrize(
    ("before", "text", "paper"),
    [
        ("", "Graph Pooling by Edge Cuts", 1),
        ("", "Classifier-Free Sampling", 2),
        ("", "O'Brien newton's method", 2),
        ("", "Sampling classifier free of graphs", 3),
        ("", "Classifierfree: the theory", 4),
        ("", "α-helix folding", 4),
        ("", "深度学习", 4),
        ('"', "graph pooling by edge", 1),
        ("title:", "pooling", 1),
        ("title:(", "pooling by edge", 1),
        ("author:", "müller", 1),
        ('author:"', "Yuchen Song", 1),
        ("graph tag:", "gnn", 1),
        ("tag:", "ML/Gnn", 1),
        ("tag:", "ml/gnn/to", 3),
        ("list:thesis status:", "reading", 5),
        ('status:"', "to read", 2),
        ("rating:", "3..", 2),
        ("note:", "wärme", 2),
        ('note:"', "wärme: see graph", 2),
        ("any:(", "graph pooling", 1),
        ('list:"', "To read", 1),
        ("is:", "starred", 1),
        ("year:", "2022", 1),
        ("year:", "2022..2023", 1),
    ],
)
def test_no_letter_on_the_way_loses_the_hit(find: Find, before: str, text: str, paper: int) -> None:
    for end in range(len(text) + 1):
        assert paper in find(before + text[:end], True), before + text[:end]


def test_boosts_are_handed_on_to_the_words() -> None:
    tree = parse("(graph^2 OR -pool (edge similar:4 is:read))^1.5 -heat node^0")
    assert tree
    assert boosts(tree) == {
        "graph^2": 3,
        "pool": 1,  # what is not wanted counts for nothing
        "edge": 1.5,
        "similar:4": 1.5,
        "heat": 1,
        "node^0": 0,
    }


def boosts(tree: Query) -> dict[str, float]:
    if isinstance(tree, AnyField | Similar):
        return {written(tree): tree.boost}
    return {text: boost for child in tree.children() for text, boost in boosts(child).items()}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("edge diffusion", {1, 2, 3, 5}),
        ("edge diffusion year:2022..", {1, 2, 3}),
        ("edge diffusion list:thesis status:done", {1, 2}),
        ("edge diffusion -graph", {2, 5}),
        ("edge AND graph diffusion", {1, 2, 3}),
        ("(edge diffusion) heat", {1, 2, 3, 5}),
        ("data classifier free", {2, 3, 4}),
        ("the theory", {4}),
        ("year:2022 is:read", {1}),
        ("-edge", {2, 3, 4}),
    ],
)
def test_any_word_may_be_enough(query: str, expected: set[int]) -> None:
    box = Box(*PAPERS)
    mark(box)
    assert Brute(box).matches(parse(query, any_word=True)) == expected
