-- Whether an article of the help was useful: one answer of each person and article, the last they gave.
create table help_answer (
  workspace_id uuid not null,
  id uuid not null,
  -- By the name that the code has for it; what its files are called is theirs to change.
  article text not null check (article ~ '^[a-z][a-z-]{0,59}$'),
  member_id uuid not null,
  is_useful boolean not null,
  -- What whoever said no missed. Administrators read it, and may take it away.
  missing text check (length(missing) between 1 and 2000),
  answered_at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, id),
  unique (workspace_id, article, member_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  check (missing is null or not is_useful)
);
create index help_answer_words on help_answer (workspace_id, answered_at desc, id desc) where missing is not null;
-- Statistics would keep words after they were taken away.
alter table help_answer alter column missing set statistics 0;
