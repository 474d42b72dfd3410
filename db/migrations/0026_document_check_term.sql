-- Looks at documents have a term of their own (G5): found by their day.
create index document_check_at on document_check (site_id, checked_at);
