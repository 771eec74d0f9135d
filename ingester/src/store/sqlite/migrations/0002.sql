-- The version of the record that was evaluated last; an evaluation of an earlier one comes too late.
ALTER TABLE record ADD COLUMN evaluated INTEGER NOT NULL DEFAULT 0;
