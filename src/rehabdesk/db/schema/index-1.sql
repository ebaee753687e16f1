CREATE TABLE st (k TEXT PRIMARY KEY, v NOT NULL) WITHOUT ROWID;
CREATE TABLE map (id INTEGER PRIMARY KEY, rid BLOB NOT NULL);
CREATE TABLE sids (person TEXT NOT NULL, class TEXT NOT NULL, sid BLOB NOT NULL, PRIMARY KEY (person, class)) WITHOUT ROWID;
CREATE TABLE seen (rid TEXT NOT NULL, ver INTEGER NOT NULL, h BLOB NOT NULL, sid BLOB NOT NULL, author TEXT NOT NULL,
                   at TEXT NOT NULL, doc INTEGER, PRIMARY KEY (rid, ver)) WITHOUT ROWID;
CREATE TABLE later (rid TEXT NOT NULL, ver INTEGER NOT NULL, k TEXT NOT NULL, pv INTEGER NOT NULL,
                    PRIMARY KEY (rid, ver)) WITHOUT ROWID;
CREATE TABLE terms (term TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE fts USING fts5 (title, body, scope, content='', contentless_delete=1,
                                     tokenize='unicode61 remove_diacritics 2');
INSERT INTO fts (fts, rank) VALUES ('secure-delete', 1), ('automerge', 0), ('crisismerge', 1000), ('pgsz', 3900);
