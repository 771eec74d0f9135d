-- Raw deliveries, in the order of their arrival.
CREATE TABLE inbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  connection TEXT NOT NULL,
  adapter TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  authenticated TEXT NOT NULL,
  covers TEXT,
  headers TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- Deliveries of which something could not be read.
CREATE TABLE dead_letter (
  seq INTEGER PRIMARY KEY,
  reason TEXT NOT NULL,
  connection TEXT NOT NULL,
  adapter TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  authenticated TEXT NOT NULL,
  covers TEXT,
  headers TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- Who engages. bind_due: when to look for the person's records; null while there is nothing to look for.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 0,
  bind_due INTEGER,
  checked_at INTEGER,
  misses INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX person_due ON person (bind_due) WHERE bind_due IS NOT NULL;

-- What identifies a person, such as email:jane@example.com.
CREATE TABLE alias (key TEXT PRIMARY KEY, person INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX alias_person ON alias (person);

-- Engagements, each once. sent_as: the look-ups it was handed to the outbox with; null while it stands on no record.
CREATE TABLE ledger (
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  person INTEGER,
  occurred_at INTEGER NOT NULL,
  engagement TEXT NOT NULL,
  delivery INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  sent_as TEXT,
  PRIMARY KEY (source, id)
) STRICT;
CREATE INDEX ledger_person ON ledger (person, occurred_at);
CREATE INDEX ledger_unmatched ON ledger (person) WHERE sent_as IS NULL;

-- Salesforce records of people. due: when to evaluate the record; null while nothing changes by itself.
CREATE TABLE record (
  id TEXT PRIMARY KEY,
  object TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 0,
  due INTEGER,
  fields TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX record_due ON record (due) WHERE due IS NOT NULL;
CREATE INDEX record_object ON record (object);

CREATE TABLE binding (person INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (person, record)) STRICT, WITHOUT ROWID;
CREATE INDEX binding_record ON binding (record);

CREATE TABLE score (
  record TEXT NOT NULL,
  model TEXT NOT NULL,
  rating TEXT,
  earned TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  row TEXT NOT NULL,
  PRIMARY KEY (record, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE model (key TEXT PRIMARY KEY, object TEXT NOT NULL, fingerprint TEXT) STRICT, WITHOUT ROWID;

-- What Salesforce must hold: the newest state of each row. failed: why the row is set aside.
CREATE TABLE outbox (
  target TEXT PRIMARY KEY,
  object TEXT NOT NULL,
  record TEXT NOT NULL,
  payload TEXT NOT NULL,
  version INTEGER NOT NULL,
  due INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  failed TEXT,
  delivery INTEGER,
  accepted_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox (due, record) WHERE failed IS NULL;
