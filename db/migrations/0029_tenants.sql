-- E1: a department that is a company of its own in the house (入驻企业); what hangs below belongs to it.
alter table department add column tenant boolean not null default false;
