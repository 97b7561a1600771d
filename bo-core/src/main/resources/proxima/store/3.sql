-- Checksums of what study, place and text were when they were written. Rows of before have none; every later event has one, or is refused, as are those of older programs that still run.
ALTER TABLE proxima_event ADD COLUMN crc integer;
ALTER TABLE proxima_event ADD CONSTRAINT proxima_event_crc CHECK (crc IS NOT NULL) NOT VALID;
ALTER TABLE proxima_run ADD COLUMN crc integer;
