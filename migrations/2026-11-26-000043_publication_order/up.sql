-- Events are numbered in the order in which they become public: the one row of public_state is locked, until the
-- transaction ends, before a number is taken. So whoever read the event of a number has read all those before it, and
-- goes on from there. The lock was taken after the event until now.
CREATE FUNCTION take_publication_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE public_state SET revision = revision + 1, changed_at = clock_timestamp();
    RETURN NULL;
END
$$;
-- Before the statement, and so before the numbers of its rows.
CREATE TRIGGER publication_events_turn BEFORE INSERT ON publication_events
    FOR EACH STATEMENT EXECUTE FUNCTION take_publication_turn();

-- Wakes those who wait for an event, once it is public.
CREATE FUNCTION tell_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY publication_events;
    RETURN NULL;
END
$$;
CREATE TRIGGER publication_events_told AFTER INSERT ON publication_events
    FOR EACH STATEMENT EXECUTE FUNCTION tell_publication();
