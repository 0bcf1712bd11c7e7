-- The tables of a store's ledger. Whoever changes them or the records in them raises FORMAT in kg/store/ledger.py.
-- The transaction stays open: tables without their format would be those of a foreign store.
BEGIN;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE digest (key TEXT PRIMARY KEY, folder TEXT NOT NULL, hash TEXT NOT NULL, fingerprint TEXT NOT NULL,
  stamp TEXT NOT NULL, issued TEXT, layout TEXT NOT NULL, problems BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE item (iri TEXT PRIMARY KEY, digest TEXT NOT NULL, line INTEGER NOT NULL, own TEXT NOT NULL,
  paper TEXT NOT NULL, stem TEXT NOT NULL, arxiv TEXT NOT NULL, title TEXT NOT NULL, fold TEXT NOT NULL, cache TEXT NOT NULL, entry BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX item_digest ON item (digest);
CREATE INDEX item_paper ON item (paper);
CREATE INDEX item_own ON item (own);
CREATE INDEX item_stem ON item (stem);
CREATE INDEX item_fold ON item (fold);
CREATE INDEX item_cache ON item (cache);
CREATE INDEX item_stray ON item (own) WHERE stem != '' AND stem != own;
CREATE TABLE finding (cache TEXT PRIMARY KEY, findings BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE naming (owner TEXT NOT NULL, node TEXT NOT NULL, spelling TEXT NOT NULL, rank INTEGER NOT NULL);
CREATE INDEX naming_owner ON naming (owner);
CREATE INDEX naming_node ON naming (node);
CREATE TABLE saying (owner TEXT NOT NULL, node TEXT NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL,
  evidence TEXT NOT NULL);
CREATE INDEX saying_owner ON saying (owner);
CREATE INDEX saying_node ON saying (node);
CREATE TABLE byline (paper TEXT PRIMARY KEY, byline BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE listed (handle TEXT NOT NULL, paper TEXT NOT NULL, PRIMARY KEY (handle, paper)) WITHOUT ROWID;
CREATE INDEX listed_paper ON listed (paper);
CREATE TABLE author (paper TEXT NOT NULL, person TEXT NOT NULL, record BLOB NOT NULL, node TEXT, ground TEXT NOT NULL,
  PRIMARY KEY (paper, person)) WITHOUT ROWID;
CREATE INDEX author_node ON author (node);
CREATE TABLE signed (name TEXT NOT NULL, paper TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (name, paper, person))
  WITHOUT ROWID;
CREATE INDEX signed_paper ON signed (paper);
CREATE TABLE term (item TEXT NOT NULL, place INTEGER NOT NULL, paper TEXT NOT NULL, kind TEXT NOT NULL,
  spelled TEXT NOT NULL, own TEXT NOT NULL, long TEXT NOT NULL, titled TEXT NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (item, place)) WITHOUT ROWID;
CREATE INDEX term_paper ON term (paper, own);
CREATE INDEX term_spelled ON term (spelled, kind, paper);
CREATE INDEX term_own ON term (own, kind, paper);
CREATE INDEX term_said ON term (spelled, paper, kind, long) WHERE long != '';
CREATE INDEX term_titled ON term (spelled, kind, paper, titled) WHERE titled != '';
CREATE INDEX term_long ON term (long, spelled) WHERE long != '';
CREATE INDEX term_key ON term (key) WHERE key != own;
CREATE TABLE touched (scope TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (scope, key)) WITHOUT ROWID;
CREATE TABLE label (node TEXT NOT NULL, fold TEXT NOT NULL, label TEXT NOT NULL, weight INTEGER NOT NULL);
CREATE INDEX label_node ON label (node);
CREATE INDEX label_fold ON label (fold);
