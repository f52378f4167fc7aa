DELETE FROM jobs WHERE kind IN ('move_feed_fragments', 'compress_feed_parts', 'compress_whole_feeds', 'render_feeds');
DROP TABLE feed_brotli;
DROP TABLE feed_groups;
DROP TRIGGER current_feed_fragments_deleted ON current_feed_fragments;
DROP TRIGGER current_feed_fragments_updated ON current_feed_fragments;
DROP TRIGGER current_feed_fragments_inserted ON current_feed_fragments;
DROP FUNCTION mark_feed_rows();
DROP TABLE feed_marks;
