"""Who wrote the made papers, where they appeared, and when."""

from __future__ import annotations

import numpy as np

from benchmarks.zipf import Curve, Ints

GIVEN = """
Ada Akira Alan Alice Amir Ana André Anna Anton Barbara Ben Bo Carla Chen Chidi Clara
Daniel David Diego Elena Emil Emma Eva Farah Felix Fei Grace Hana Hans Hiro Hui Ines
Irina Ivan Jan Jin João Jonas José Julia Jun Kai Karim Kate Kenji Lars Lea Lei Leila
Li Lin Lucas Lucía Luis Magda Mara Marco Maria Mark Mei Milan Mina Nadia Nina Noor
Olga Omar Paul Pedro Petra Priya Qi Rahul René Rosa Ruth Sara Sami Selma Sofia Sven
Tao Tariq Tim Tomás Uma Vera Wei Xin Yan Yuki Zoë
""".split()
_BEGINNINGS = """
Ab Al An Ba Bel Ber Bor Cal Car Chen Co Da Del Dor El Er Fal Fer Gar Gu Hal Han He
Hol Ibr Ja Kar Ki Kol Kra Lan Lu Mar Me Mo Mül Na No Or Pa Per Po Qua Ra Ro Sa Sch
Se Shi Sø Ta Te To Va Ver Vol Wa We Xi Ya Yo Za Zh Zim
""".split()
_MIDDLES = "a an ar e el en er i in ir o ol on u ul".split()
_ENDS = """
ba berg cci da dez do dt ez ff gh ho kin ko la ld li ller man mi mura na ne nen ng
ni no ra rez ri sen shi ski son ssi sz ta ti to tz va vić wa wal yan za zzi
""".split()
_FAMILIES = len(_BEGINNINGS) * len(_MIDDLES) * len(_ENDS)

SUBJECTS = """Graph Learning|Neural Computation|Computational Linguistics|Machine Learning|Vision|
Information Retrieval|Robotics|Data Mining|Quantum Physics|Statistical Inference|Speech Processing|
Language Resources and Evaluation|Optimization and Control|Astrophysics|Probability|Databases|
Multi-Agent Systems|Human-Computer Interaction|Security and Privacy|Bioinformatics|
Condensed Matter|Signal Processing|Number Theory|Knowledge Representation|Recommender Systems|
Software Engineering|Computational Geometry|Medical Imaging|Dynamical Systems|Semantics"""
SERIES = [
    kind + subject.strip()
    for kind in (
        "Proceedings of the {year} Conference on ",
        "Proceedings of the {year} Workshop on ",
        "Journal of ",
    )
    for subject in SUBJECTS.split("|")
]
CATEGORIES = """cs.CL cs.LG cs.CV cs.IR stat.ML cs.RO cs.AI quant-ph math.PR cs.DS astro-ph.GA
cond-mat.str-el hep-th cs.CR q-bio.QM math.OC""".split()  # one for each field of research

# Papers an author has, by the author's rank, as in the anthology of computational linguistics.
_PAPERS = [(1, 112), (10, 64), (30, 50), (100, 31), (300, 20), (1_000, 10), (3_000, 5), (10_000, 2)]
_PAPERS_SLOPE = 1.6
_LATEST_YEAR, _OLDEST_YEAR = 2025, 1985
_MEAN_AGE = 4.5  # years


def author(rank: int) -> str:
    """The name of an author; 0 has written the most."""
    number, given = divmod(rank * 7_919, len(GIVEN))
    number, family = divmod(number * 1_543, _FAMILIES)
    family, end = divmod(family, len(_ENDS))
    begin, middle = divmod(family, len(_MIDDLES))
    initial = f" {'ABCDEFGHIJKLMNOPRSTVW'[number % 21]}." if number else ""
    return f"{GIVEN[given]}{initial} {_BEGINNINGS[begin]}{_MIDDLES[middle]}{_ENDS[end]}"


class People:
    """Authors, venues and dates for papers."""

    def __init__(self) -> None:
        self._authors = Curve(_PAPERS, _PAPERS_SLOPE, 1 << 15)
        self._names = [author(rank) for rank in range(1 << 15)]

    def authors(self, rng: np.random.Generator, papers: int) -> list[tuple[str, ...]]:
        """Who wrote each paper: one to a few, rarely many."""
        counts = 1 + rng.negative_binomial(2.4, 0.47, papers)
        ranks = self._authors.draw(rng, int(counts.sum())).tolist()
        known = len(self._names)
        names = [self._names[rank] if rank < known else author(rank) for rank in ranks]
        ends = np.cumsum(counts).tolist()
        return [
            tuple(dict.fromkeys(names[end - count : end]))
            for end, count in zip(ends, counts.tolist(), strict=True)
        ]

    def dates(self, rng: np.random.Generator, papers: int) -> list[str]:
        """The day each paper appeared; most are young."""
        ages = rng.geometric(1 / _MEAN_AGE, papers) - 1
        years = np.maximum(_LATEST_YEAR - ages, _OLDEST_YEAR).tolist()
        months = rng.integers(1, 13, papers).tolist()
        days = rng.integers(1, 29, papers).tolist()
        return [
            f"{year}-{month:02}-{day:02}"
            for year, month, day in zip(years, months, days, strict=True)
        ]

    def venues(self, rng: np.random.Generator, dates: list[str]) -> list[str]:
        """Where each paper appeared: a few series hold most."""
        series: Ints = (len(SERIES) * rng.random(len(dates)) ** 2).astype(np.int64)
        return [
            SERIES[number].format(year=date[:4])
            for number, date in zip(series.tolist(), dates, strict=True)
        ]
