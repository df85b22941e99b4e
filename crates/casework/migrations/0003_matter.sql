-- What kind of matter a case is; each system lists and counts its own.
alter table case_state add column matter text not null default 'dossier';
