CREATE INDEX wagtailsear_autocom_476c89_gin ON wagtailsearch_indexentry USING gin (autocomplete);
CREATE INDEX wagtailsear_title_9caae0_gin ON wagtailsearch_indexentry USING gin (title);
CREATE INDEX wagtailsear_body_90c85d_gin ON wagtailsearch_indexentry USING gin (body);
CREATE UNIQUE INDEX users_user_active_email_uniq ON users_user (email) WHERE is_active AND email <> '';
ALTER TABLE users_user ADD CONSTRAINT users_user_email_check CHECK (email = '' OR email LIKE '%_@_%');
ALTER TABLE blog_blogpage ALTER COLUMN introduction SET DEFAULT '';

CREATE VIEW blog_livepages AS
    SELECT page.id, page.title, page.url_path, blog.date_published, topic.name AS topic
    FROM wagtailcore_page page
    JOIN blog_blogpage blog ON blog.page_ptr_id = page.id
    LEFT JOIN news_topic topic ON topic.id = blog.topic_id
    WHERE page.live;

CREATE FUNCTION blog_touch_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE wagtailcore_page SET has_unpublished_changes = true WHERE id = NEW.page_ptr_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER blog_blogpage_touch AFTER UPDATE OF body ON blog_blogpage
    FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION blog_touch_page();

COMMENT ON TABLE users_user IS 'Editors and members. E-mail addresses compare without regard to case.';
COMMENT ON COLUMN users_user.email IS 'One active account per address';
COMMENT ON VIEW blog_livepages IS 'What the newsletter reads';
COMMENT ON FUNCTION blog_touch_page() IS 'Marks a page as changed when its body was edited in SQL';
