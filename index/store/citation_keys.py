"""Citation keys: each is one paper's for good, for what cites it must stay true."""

from __future__ import annotations

import apsw


def free(db: apsw.Connection, key: str) -> str:
    """The key, with a number where a paper has it or had it."""

    def taken(number: int) -> bool:
        wanted = key if number == 1 else f"{key}-{number}"
        return bool(
            db.execute(
                "SELECT 1 FROM papers WHERE key = ?1 UNION ALL"
                " SELECT 1 FROM tombstones WHERE scheme = 'key' AND value = ?1",
                (wanted,),
            ).get
        )

    first = 1
    while taken(first):
        first *= 2
    last = first // 2  # taken; the first free one after it is found by halves
    while first - last > 1:
        middle = (first + last) // 2
        last, first = (middle, first) if taken(middle) else (last, middle)
    return key if first == 1 else f"{key}-{first}"


def keep(db: apsw.Connection, paper_id: int, key: str) -> None:
    """Let a new paper keep the citation key that it has elsewhere, numbered where it is taken."""
    given = str(db.execute("SELECT key FROM papers WHERE id = ?", (paper_id,)).get)
    if given != key and not given.startswith(f"{key}-"):
        db.execute("UPDATE papers SET key = ? WHERE id = ?", (free(db, key), paper_id))


def give(db: apsw.Connection, paper_id: int, key: str) -> None:
    """Give a paper a key that no other has or had. The one it had stays its own."""
    db.execute("DELETE FROM tombstones WHERE scheme = 'key' AND value = ?", (key,))
    db.execute(
        "INSERT INTO tombstones (paper_id, scheme, value) SELECT id, 'key', key FROM papers"
        " WHERE id = ? ON CONFLICT DO NOTHING",
        (paper_id,),
    )
    db.execute("UPDATE papers SET key = ? WHERE id = ?", (key, paper_id))


def was_of(db: apsw.Connection, key: str) -> int | None:
    """The paper that had a key and has it no more; it may be gone."""
    found: int | None = db.execute(
        "SELECT paper_id FROM tombstones WHERE scheme = 'key' AND value = ?", (key,)
    ).get
    return found
