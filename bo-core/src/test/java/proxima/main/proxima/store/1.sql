-- The events of studies, each study's in their order. No event is changed or deleted.
CREATE TABLE proxima_event (
  study text NOT NULL,
  seq integer NOT NULL,
  id uuid NOT NULL,      -- of the append: tells whether it stands, where an answer was lost
  payload text NOT NULL,
  PRIMARY KEY (study, seq)
);
