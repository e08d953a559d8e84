-- A paper that went out keeps the words it went out with: what comes after is a paper of its own that follows it.
alter table paper
  add column number text check (number ~ '^[1-9][0-9]{0,5}[a-z]?$'),
  add column issued_on date,
  add column issued_at timestamptz, -- when it was said to be issued
  add column issued_by uuid references account,
  add column follows_id uuid references paper,
  add column printed_number text generated always as (
    lpad(number, greatest(length(number), 2), '0')
      || case content #>> '{head,system}' when 'party' then '-' else '/' end || coalesce(content #>> '{head,sign}', '')
  ) stored,
  add constraint paper_issued check (num_nulls(number, issued_on, issued_at, issued_by) in (0, 4));
-- A number is given once: whatever the term or year of the office's register, never twice in one year.
create unique index paper_number on paper (office_id, printed_number, extract(year from issued_on))
  where number is not null;
create unique index paper_following on paper (follows_id) where issued_at is null;

create function keep_issued_paper() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'an issued paper stays' using errcode = 'restrict_violation';
  end if;
  if (new.office_id, new.plan_id, new.kind, new.title, new.content, new.figures_on, new.follows_id, new.issued_at,
      new.issued_by)
    is distinct from (old.office_id, old.plan_id, old.kind, old.title, old.content, old.figures_on, old.follows_id,
      old.issued_at, old.issued_by)
  then
    raise exception 'the words of an issued paper are fixed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
-- Number and day can be put right, since somebody types them; on record.
create trigger paper_issued_stays before update or delete on paper
  for each row when (old.issued_at is not null) execute function keep_issued_paper();

-- A plan is closed on a day, for a reason; what is open then stays as it is, not done.
alter table plan
  add column closed_on date,
  add column closed_at timestamptz,
  add column closed_by uuid references account,
  add column closed_reason text check (closed_reason <> ''),
  add constraint plan_closed check (
    (state = 'closed') = (closed_at is not null) and num_nulls(closed_on, closed_at, closed_by, closed_reason) in (0, 4)
  );
