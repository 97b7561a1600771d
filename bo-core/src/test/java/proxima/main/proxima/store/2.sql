-- Runs, as those who join them must know them.
CREATE TABLE proxima_run (
  name text PRIMARY KEY,
  description text NOT NULL
);

-- Who works on which trial until when, and how long it took who finished it.
CREATE TABLE proxima_lease (
  study text NOT NULL,
  trial integer NOT NULL,
  holder text NOT NULL,
  ends timestamptz NOT NULL,
  seconds double precision,
  PRIMARY KEY (study, trial)
);
