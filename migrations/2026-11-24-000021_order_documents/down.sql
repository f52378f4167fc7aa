UPDATE order_history SET action = 'update' WHERE action IN ('attach', 'detach');
ALTER TABLE order_history DROP CONSTRAINT order_history_action_check, ADD CONSTRAINT order_history_action_check
    CHECK (action IN ('create', 'update', 'publish', 'repeal', 'delete'));
DROP TABLE order_documents;
DROP FUNCTION remove_stored_file();
