-- Each line of the tree counts the living bodies below it: by an index alone.
create index organisation_living_below on organisation (parent_id) where ended_on is null;

-- A search by name answers few bodies. Told so, the planner looks each up; at the usual guess of a thousand it reads the
-- tables through.
alter function organisations_named(text[], integer, uuid[], text, text) rows 200;
