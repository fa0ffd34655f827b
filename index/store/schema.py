"""The tables of the library, as the migrations that make them one after the other.

``user_version`` counts the migrations that a database has been through. A migration is never edited
once it is released: what it made stands on people's disks. One that drops or renames something that
the history's changesets speak of must also empty ``history``.
"""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    """
    -- Who this library is, so that an index knows whose it is. One row.
    CREATE TABLE library (
        identity TEXT NOT NULL
    );
    INSERT INTO library VALUES (lower(hex(randomblob(16))));

    CREATE TABLE batches (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL
    );

    CREATE TABLE papers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        title_key TEXT NOT NULL,
        abstract TEXT NOT NULL DEFAULT '',
        authors TEXT NOT NULL DEFAULT '[]',
        published TEXT,
        venue TEXT NOT NULL DEFAULT '',
        categories TEXT NOT NULL DEFAULT '[]',
        links TEXT NOT NULL DEFAULT '[]',
        version INTEGER NOT NULL DEFAULT 0,
        source TEXT NOT NULL DEFAULT '',
        batch INTEGER NOT NULL,
        added TEXT NOT NULL
    );
    CREATE INDEX papers_by_title_key ON papers (title_key);
    CREATE INDEX papers_by_arrival ON papers (batch DESC, id);
    CREATE INDEX papers_by_day ON papers (added);

    CREATE TABLE identifiers (
        scheme TEXT NOT NULL,
        value TEXT NOT NULL,
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        PRIMARY KEY (scheme, value)
    );
    CREATE INDEX identifiers_by_paper ON identifiers (paper_id);

    CREATE TABLE origins (
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        source TEXT NOT NULL,
        file TEXT NOT NULL,
        line INTEGER NOT NULL,
        batch INTEGER NOT NULL,
        PRIMARY KEY (paper_id, source, file, line)
    );

    CREATE TABLE upvotes (
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        day TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (paper_id, day)
    );

    CREATE TABLE marks (
        paper_id INTEGER NOT NULL PRIMARY KEY REFERENCES papers ON DELETE CASCADE,
        starred TEXT,
        read TEXT
    );

    CREATE TABLE tags (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE
    );
    CREATE TABLE paper_tags (
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        tag_id INTEGER NOT NULL REFERENCES tags ON DELETE CASCADE,
        PRIMARY KEY (paper_id, tag_id)
    );
    CREATE INDEX paper_tags_by_tag ON paper_tags (tag_id, paper_id);

    CREATE TABLE lists (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE
    );
    CREATE TABLE list_items (
        list_id INTEGER NOT NULL REFERENCES lists ON DELETE CASCADE,
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        position INTEGER NOT NULL,
        added TEXT NOT NULL,
        PRIMARY KEY (list_id, paper_id)
    );
    CREATE INDEX list_items_by_paper ON list_items (paper_id);

    CREATE TABLE notes (
        paper_id INTEGER NOT NULL PRIMARY KEY REFERENCES papers ON DELETE CASCADE,
        text TEXT NOT NULL,
        changed TEXT NOT NULL
    );

    -- What a deleted paper was known by: its identifiers, its folded title as scheme 'title', and
    -- its citation key as scheme 'key'.
    CREATE TABLE tombstones (
        paper_id INTEGER NOT NULL,
        scheme TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (paper_id, scheme, value)
    );
    CREATE INDEX tombstones_by_value ON tombstones (scheme, value);

    CREATE TABLE history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        label TEXT NOT NULL,
        changeset BLOB,
        batch INTEGER,
        undone TEXT
    );

    -- The newest revision of each paper, for the search index to catch up by. One row a paper.
    CREATE TABLE revisions (
        revision INTEGER PRIMARY KEY AUTOINCREMENT,
        paper_id INTEGER NOT NULL UNIQUE
    );
    CREATE TRIGGER paper_arrived AFTER INSERT ON papers BEGIN
        DELETE FROM revisions WHERE paper_id = new.id;
        INSERT INTO revisions (paper_id) VALUES (new.id);
    END;
    CREATE TRIGGER paper_changed
    AFTER UPDATE OF title, abstract, authors, published, venue, categories ON papers BEGIN
        DELETE FROM revisions WHERE paper_id = new.id;
        INSERT INTO revisions (paper_id) VALUES (new.id);
    END;
    CREATE TRIGGER paper_counted AFTER INSERT ON upvotes BEGIN
        DELETE FROM revisions WHERE paper_id = new.paper_id;
        INSERT INTO revisions (paper_id) VALUES (new.paper_id);
    END;
    CREATE TRIGGER paper_recounted AFTER UPDATE ON upvotes BEGIN
        DELETE FROM revisions WHERE paper_id = new.paper_id;
        INSERT INTO revisions (paper_id) VALUES (new.paper_id);
    END;
    CREATE TRIGGER paper_left AFTER DELETE ON papers BEGIN
        DELETE FROM revisions WHERE paper_id = old.id;
        INSERT INTO revisions (paper_id) VALUES (old.id);
    END;
    """,
    """
    -- One row a decision, so that each can be undone on its own. A rating has a value, 1 to 5.
    ALTER TABLE marks RENAME TO old_marks;
    CREATE TABLE marks (
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        mark TEXT NOT NULL,
        value INTEGER,
        at TEXT NOT NULL,
        PRIMARY KEY (paper_id, mark)
    );
    INSERT INTO marks (paper_id, mark, at)
        SELECT paper_id, 'starred', starred FROM old_marks WHERE starred IS NOT NULL
        UNION ALL SELECT paper_id, 'read', read FROM old_marks WHERE read IS NOT NULL;
    DROP TABLE old_marks;
    CREATE INDEX marks_by_mark ON marks (mark, paper_id);

    -- When a paper was last opened: seen, not decided, so it is not undone and outlives its paper.
    CREATE TABLE openings (
        paper_id INTEGER NOT NULL PRIMARY KEY,
        last TEXT NOT NULL,
        times INTEGER NOT NULL
    );
    CREATE INDEX openings_by_moment ON openings (last DESC, paper_id);

    ALTER TABLE tags ADD COLUMN colour TEXT NOT NULL DEFAULT '';
    ALTER TABLE lists ADD COLUMN sort TEXT NOT NULL DEFAULT 'hand';
    ALTER TABLE lists ADD COLUMN archived TEXT;
    -- No status: as the paper stands, done where it is read, else to read.
    ALTER TABLE list_items ADD COLUMN status TEXT;
    ALTER TABLE list_items ADD COLUMN note TEXT NOT NULL DEFAULT '';

    CREATE VIRTUAL TABLE note_words USING fts5(
        text, content = 'notes', content_rowid = 'paper_id',
        tokenize = 'unicode61 remove_diacritics 2'
    );
    INSERT INTO note_words (note_words) VALUES ('rebuild');
    CREATE TRIGGER note_arrived AFTER INSERT ON notes BEGIN
        INSERT INTO note_words (rowid, text) VALUES (new.paper_id, new.text);
    END;
    CREATE TRIGGER note_changed AFTER UPDATE ON notes BEGIN
        INSERT INTO note_words (note_words, rowid, text) VALUES ('delete', old.paper_id, old.text);
        INSERT INTO note_words (rowid, text) VALUES (new.paper_id, new.text);
    END;
    CREATE TRIGGER note_left AFTER DELETE ON notes BEGIN
        INSERT INTO note_words (note_words, rowid, text) VALUES ('delete', old.paper_id, old.text);
    END;

    CREATE TABLE saved (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL,
        sort TEXT NOT NULL,
        at TEXT NOT NULL
    );
    -- The newest paper that was there when a saved search was last looked at.
    CREATE TABLE saved_seen (
        saved_id INTEGER NOT NULL PRIMARY KEY,
        paper_id INTEGER NOT NULL
    );

    -- Pairs that look like one paper and are two.
    CREATE TABLE apart (
        one INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        other INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        PRIMARY KEY (one, other)
    );
    CREATE INDEX apart_by_other ON apart (other);

    -- What the history held speaks of the old marks, so it begins anew. Changesets may be long: at
    -- the end of their rows, they are in nobody's way.
    DROP TABLE history;
    CREATE TABLE history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        label TEXT NOT NULL,
        batch INTEGER,
        papers INTEGER NOT NULL,
        undone TEXT,
        -- The order in which entries were last done or undone. Those that are undone lose it when
        -- something new is done: what can be redone, the last undone first, has one.
        turn INTEGER,
        changeset BLOB
    );
    CREATE INDEX history_by_turn ON history (undone, turn);
    """,
    """
    -- The record as it came, packed with zlib, and a digest of it: what is known is not read again.
    -- ``at``: when it came to another library that it was exported from; else when its batch did.
    ALTER TABLE origins ADD COLUMN at TEXT;
    ALTER TABLE origins ADD COLUMN digest BLOB;
    ALTER TABLE origins ADD COLUMN raw BLOB;
    CREATE INDEX origins_by_digest ON origins (digest) WHERE digest IS NOT NULL;

    -- Who the fields are from that are not from the paper's source. What the reader edited is from
    -- 'reader', and in ``edit`` as JSON: where a source says the same, no other column changes.
    CREATE TABLE fields (
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        field TEXT NOT NULL,
        source TEXT NOT NULL,
        edit TEXT,
        PRIMARY KEY (paper_id, field)
    );

    -- What sources say of a field whose value is another's, as JSON: see index/precedence.py.
    CREATE TABLE overlooked (
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        field TEXT NOT NULL,
        source TEXT NOT NULL,
        value TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (paper_id, field, source)
    );

    -- A paper's file in the folder of PDFs, and the address or the path that it is from.
    CREATE TABLE pdfs (
        paper_id INTEGER NOT NULL PRIMARY KEY REFERENCES papers ON DELETE CASCADE,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        origin TEXT NOT NULL,
        at TEXT NOT NULL
    );
    -- What was read from a file, by its name: so it is the paper's again whenever the file is.
    CREATE TABLE pdf_texts (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL
    );
    CREATE VIRTUAL TABLE pdf_words USING fts5(
        text, content = 'pdf_texts', content_rowid = 'id',
        tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER pdf_text_arrived AFTER INSERT ON pdf_texts BEGIN
        INSERT INTO pdf_words (rowid, text) VALUES (new.id, new.text);
    END;
    CREATE TRIGGER pdf_text_changed AFTER UPDATE ON pdf_texts BEGIN
        INSERT INTO pdf_words (pdf_words, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO pdf_words (rowid, text) VALUES (new.id, new.text);
    END;
    CREATE TRIGGER pdf_text_left AFTER DELETE ON pdf_texts BEGIN
        INSERT INTO pdf_words (pdf_words, rowid, text) VALUES ('delete', old.id, old.text);
    END;

    -- What is followed: a kind ('arxiv', 'hf', 'feed', 'author') and what of it. Both, as they are
    -- compared, are in ``folded``.
    CREATE TABLE follows (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        what TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL DEFAULT '',
        at TEXT NOT NULL
    );
    -- How the last fetch of what is followed went, and whether it came to its end; when one last
    -- did, and the newest paper that there was then; what a feed calls itself.
    CREATE TABLE runs (
        follow_id INTEGER NOT NULL PRIMARY KEY,
        at TEXT NOT NULL,
        whole INTEGER NOT NULL,
        succeeded TEXT,
        seen INTEGER,
        result TEXT NOT NULL,
        failed INTEGER NOT NULL,
        title TEXT NOT NULL
    );
    -- What a service said of an answer that is in the library, to be asked whether it has changed.
    CREATE TABLE validators (
        url TEXT NOT NULL PRIMARY KEY,
        etag TEXT NOT NULL,
        modified TEXT NOT NULL,
        at TEXT NOT NULL
    );
    -- Which services were asked about which papers, so that a run that broke off goes on.
    CREATE TABLE lookups (
        paper_id INTEGER NOT NULL,
        service TEXT NOT NULL,
        at TEXT NOT NULL,
        found INTEGER NOT NULL,
        PRIMARY KEY (paper_id, service)
    );

    -- Of a batch that was fetched: for what, and how far that was fetched before, as ``runs`` has
    -- it. Undone, it is to come again.
    ALTER TABLE batches ADD COLUMN follow_id INTEGER;
    ALTER TABLE batches ADD COLUMN succeeded TEXT;
    ALTER TABLE batches ADD COLUMN seen INTEGER;
    """,
)

RECORDED_TABLES: tuple[str, ...] = (
    "papers",
    "identifiers",
    "origins",
    "upvotes",
    "marks",
    "tags",
    "paper_tags",
    "lists",
    "list_items",
    "notes",
    "tombstones",
    "saved",
    "apart",
    "fields",
    "overlooked",
    "pdfs",
    "follows",
)
"""What an action's changeset records. Triggers must write to none of these."""

SEEN_TABLES: frozenset[str] = frozenset({"origins", "upvotes", "overlooked", "tombstones"})
"""Those of them that hold what sources say of papers and call them, which imports change at any
time."""
