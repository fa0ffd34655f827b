"""The connection to SQLite: one a thread, one writer at a time, errors as sentences."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from index.errors import StoreError
from index.store.migrating import check, is_current, migrate

BUSY_SECONDS = 10.0


class Database:
    """A library's SQLite file. Safe to use from any thread."""

    def __init__(self, file: Path) -> None:
        """Open the file, make it where it is missing, and migrate it. Raises StoreError."""
        self._file = file
        self._local = threading.local()
        self._opened: list[apsw.Connection] = []
        self._lock = threading.Lock()
        self._watcher: apsw.Connection | None = None
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The folder {file.parent} cannot be made: {error.strerror}."
            ) from None
        with self.reading() as db:
            if not is_current(db):
                with transaction(db):  # asks again inside: another process may have been first
                    migrate(db)

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            if self._watcher:
                self._watcher.close()
                self._watcher = None
            self._local = threading.local()

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """This thread's connection, to read with. Raises StoreError for what SQLite raises."""
        with self._sentences():
            yield self._connection()

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """This thread's connection in a transaction that commits at the end, or not at all."""
        with self._sentences():
            db = self._connection()
            with transaction(db):
                yield db

    def version(self) -> int:
        """SQLite's data version, seen from a connection that never writes."""
        # The pragma does not count a connection's own changes, so no thread's own would do.
        with self._sentences(), self._lock:
            if self._watcher is None:
                self._watcher = self._connect()
            return int(self._watcher.pragma("data_version"))

    def leave(self) -> None:
        """Close this thread's connection: for a thread that ends before the library is closed."""
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            with self._lock:
                self._opened.remove(connection)
            connection.close()
            del self._local.connection

    def _connection(self) -> apsw.Connection:
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            with self._lock:
                self._opened.append(connection)
        return connection

    def _connect(self) -> apsw.Connection:
        try:
            connection = apsw.Connection(str(self._file))
        except UnicodeEncodeError:  # SQLite takes no other names
            shown = os.fsencode(self._file.parent).decode("utf-8", "replace")
            raise StoreError(f"A library cannot be kept in {shown}: that is not UTF-8.") from None
        connection.set_busy_timeout(int(BUSY_SECONDS * 1000))
        check(connection)  # what belongs to others stays as it is
        _keep_a_wal(connection)
        connection.pragma("synchronous", "full")  # what an action returned from is on disk
        connection.pragma("foreign_keys", True)
        connection.pragma("cache_size", -8_000)  # KiB; there is a connection a thread
        # Bytes, shared by all; no more, for what is mapped counts as memory of the process.
        connection.pragma("mmap_size", 1 << 27)
        return connection

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except apsw.BusyError:
            raise StoreError(
                "Another carrel is writing to this library and did not finish in time: try again."
            ) from None
        except apsw.NotADBError:
            raise StoreError(f"{self._file} is not a carrel library.") from None
        except apsw.CorruptError:
            raise StoreError(f"{self._file} is damaged: put back a copy of it.") from None
        except apsw.FullError:
            raise self._full() from None
        except apsw.ReadOnlyError:
            raise StoreError(
                f"{self._file}, a file beside it whose name begins so, or their folder may not be"
                " written to; nothing changed."
            ) from None
        except (apsw.CantOpenError, apsw.PermissionsError, apsw.IOError) as error:
            code = getattr(error, "extendedresult", 0)
            if code == apsw.SQLITE_IOERR_SHMSIZE:  # what connections share is a file too
                raise self._full() from None
            raise StoreError(f"{self._file} cannot be opened: {error}.") from None
        except apsw.ConstraintError:
            raise StoreError(
                "The library was changed meanwhile, and nothing was done: try again."
            ) from None
        except apsw.Error as error:
            raise StoreError(f"{self._file} cannot be used: {error}.") from error

    def _full(self) -> StoreError:
        return StoreError(
            f"The disk that holds {self._file} is full; what came before that is in the library."
        )


def _keep_a_wal(connection: apsw.Connection) -> None:
    """Change to WAL. SQLite does not wait here where another process does the same."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.pragma("journal_mode", "wal")
        except apsw.BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


@contextmanager
def transaction(db: apsw.Connection) -> Iterator[None]:
    """A transaction that holds the write lock from its start; an exception rolls it back."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
