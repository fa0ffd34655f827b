"""Migrating: whether a database is a library, and of which version; an older one becomes new."""

from __future__ import annotations

import apsw

from index.errors import StoreError
from index.store.schema import MIGRATIONS

APPLICATION_ID = 0x43524C4C  # "CRLL": tells a library from any other SQLite file


def is_current(db: apsw.Connection) -> bool:
    """Whether the database is a library that needs no migration."""
    return _state(db) == (APPLICATION_ID, len(MIGRATIONS))


def check(db: apsw.Connection) -> None:
    """Raise StoreError where the file belongs to another program or to a newer carrel."""
    application, version = _state(db)
    tables = db.execute("SELECT count(*) FROM sqlite_schema").get
    if application != APPLICATION_ID and (application or version or tables):
        raise StoreError("The file library.db in this folder belongs to another program.")
    if version > len(MIGRATIONS):
        raise StoreError("This library was made by a newer carrel: update carrel to open it.")


def migrate(db: apsw.Connection) -> None:
    """Bring a new or older database to the newest version. Needs a transaction that holds the lock.

    Raises StoreError as ``check`` does.
    """
    check(db)
    _, version = _state(db)
    for script in MIGRATIONS[version:]:
        db.execute(script).fetchall()
    db.pragma("application_id", APPLICATION_ID)
    db.pragma("user_version", len(MIGRATIONS))


def _state(db: apsw.Connection) -> tuple[int, int]:
    return db.pragma("application_id"), db.pragma("user_version")
