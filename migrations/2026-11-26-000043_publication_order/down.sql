DROP TRIGGER publication_events_told ON publication_events;
DROP FUNCTION tell_publication();
DROP TRIGGER publication_events_turn ON publication_events;
DROP FUNCTION take_publication_turn();
