-- A library as version 1 of the schema made it. Never edited: see index/store/schema.py.
PRAGMA application_id = 1129466956;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE batches (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL
    );
INSERT INTO "batches" VALUES(1,'2026-11-21T00:48:55+00:00');
CREATE TABLE history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        label TEXT NOT NULL,
        changeset BLOB,
        batch INTEGER,
        undone TEXT
    );
INSERT INTO "history" VALUES(1,'2026-11-21T00:48:55+00:00','starred “One”',X'54030100006D61726B730012000100000000000000010319323032362D31312D32315430303A34383A35352B30303A303005',NULL,NULL);
INSERT INTO "history" VALUES(2,'2026-11-21T00:48:55+00:00','tagged “Two” #gnn',X'5403010000746167730012000100000000000000010303676E6E0303676E6E5402010270617065725F74616773001200010000000000000002010000000000000001',NULL,NULL);
INSERT INTO "history" VALUES(3,'2026-11-21T00:48:55+00:00','put 2 papers on “thesis”',X'54030100006C69737473001200010000000000000001030674686573697303067468657369735404010200006C6973745F6974656D730012000100000000000000010100000000000000010100000000000000020319323032362D31312D32315430303A34383A35352B30303A303012000100000000000000010100000000000000020100000000000000010319323032362D31312D32315430303A34383A35352B30303A3030',NULL,NULL);
INSERT INTO "history" VALUES(4,'2026-11-21T00:48:55+00:00','wrote a note on “One”',X'54030100006E6F746573001200010000000000000001031052656164206974202A74776963652A2E0319323032362D31312D32315430303A34383A35352B30303A3030',NULL,NULL);
CREATE TABLE identifiers (
        scheme TEXT NOT NULL,
        value TEXT NOT NULL,
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        PRIMARY KEY (scheme, value)
    );
INSERT INTO "identifiers" VALUES('doi','10.1/one',1);
CREATE TABLE library (
        identity TEXT NOT NULL
    );
INSERT INTO "library" VALUES('6a1bfd56ae6ec2f0dfc1a7a7f974a28d');
CREATE TABLE list_items (
        list_id INTEGER NOT NULL REFERENCES lists ON DELETE CASCADE,
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        position INTEGER NOT NULL,
        added TEXT NOT NULL,
        PRIMARY KEY (list_id, paper_id)
    );
INSERT INTO "list_items" VALUES(1,2,1,'2026-11-21T00:48:55+00:00');
INSERT INTO "list_items" VALUES(1,1,2,'2026-11-21T00:48:55+00:00');
CREATE TABLE lists (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE
    );
INSERT INTO "lists" VALUES(1,'thesis','thesis');
CREATE TABLE marks (
        paper_id INTEGER NOT NULL PRIMARY KEY REFERENCES papers ON DELETE CASCADE,
        starred TEXT,
        read TEXT
    );
INSERT INTO "marks" VALUES(1,'2026-11-21T00:48:55+00:00',NULL);
CREATE TABLE notes (
        paper_id INTEGER NOT NULL PRIMARY KEY REFERENCES papers ON DELETE CASCADE,
        text TEXT NOT NULL,
        changed TEXT NOT NULL
    );
INSERT INTO "notes" VALUES(1,'Read it *twice*.','2026-11-21T00:48:55+00:00');
CREATE TABLE origins (
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        source TEXT NOT NULL,
        file TEXT NOT NULL,
        line INTEGER NOT NULL,
        batch INTEGER NOT NULL,
        PRIMARY KEY (paper_id, source, file, line)
    );
INSERT INTO "origins" VALUES(1,'jsonl','a.jsonl',1,1);
INSERT INTO "origins" VALUES(2,'jsonl','a.jsonl',2,1);
CREATE TABLE paper_tags (
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        tag_id INTEGER NOT NULL REFERENCES tags ON DELETE CASCADE,
        PRIMARY KEY (paper_id, tag_id)
    );
INSERT INTO "paper_tags" VALUES(2,1);
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
INSERT INTO "papers" VALUES(1,'diaz2024one','One','one','','["Ana Díaz"]','2024','','[]','[{"kind": "code", "url": "https://example.org/one"}]',0,'jsonl',1,'2026-11-21T00:48:55+00:00');
INSERT INTO "papers" VALUES(2,'two','Two','two','Pooling.','[]',NULL,'','[]','[]',0,'jsonl',1,'2026-11-21T00:48:55+00:00');
CREATE TABLE revisions (
        revision INTEGER PRIMARY KEY AUTOINCREMENT,
        paper_id INTEGER NOT NULL UNIQUE
    );
INSERT INTO "revisions" VALUES(2,1);
INSERT INTO "revisions" VALUES(3,2);
CREATE TABLE tags (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE
    );
INSERT INTO "tags" VALUES(1,'gnn','gnn');
CREATE TABLE tombstones (
        paper_id INTEGER NOT NULL,
        scheme TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (paper_id, scheme, value)
    );
CREATE TABLE upvotes (
        paper_id INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
        day TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (paper_id, day)
    );
INSERT INTO "upvotes" VALUES(1,'2026-11-21',3);
CREATE INDEX papers_by_title_key ON papers (title_key);
CREATE INDEX papers_by_arrival ON papers (batch DESC, id);
CREATE INDEX papers_by_day ON papers (added);
CREATE INDEX identifiers_by_paper ON identifiers (paper_id);
CREATE INDEX paper_tags_by_tag ON paper_tags (tag_id, paper_id);
CREATE INDEX list_items_by_paper ON list_items (paper_id);
CREATE INDEX tombstones_by_value ON tombstones (scheme, value);
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('batches',1);
INSERT INTO "sqlite_sequence" VALUES('revisions',3);
INSERT INTO "sqlite_sequence" VALUES('papers',2);
INSERT INTO "sqlite_sequence" VALUES('history',4);
INSERT INTO "sqlite_sequence" VALUES('tags',1);
INSERT INTO "sqlite_sequence" VALUES('lists',1);
COMMIT;
