INSERT INTO wagtailsearch_indexentry
    (object_id, title_norm, content_type_id, autocomplete, title, body, title_text, body_text)
SELECT page.id::text, 10.0 / greatest(length(page.title), 1), page.content_type_id,
    to_tsvector('simple', page.title), setweight(to_tsvector('english', page.title), 'A'),
    setweight(to_tsvector('english', coalesce(blog.introduction, '')), 'C'),
    page.title, coalesce(blog.introduction, '')
FROM wagtailcore_page page LEFT JOIN blog_blogpage blog ON blog.page_ptr_id = page.id WHERE page.depth > 1
UNION ALL
SELECT document.id::text, 10.0 / greatest(length(document.title), 1), kind.id,
    to_tsvector('simple', document.title), setweight(to_tsvector('english', document.title), 'A'), '',
    document.title, ''
FROM wagtaildocs_document document, django_content_type kind WHERE kind.model = 'document'
UNION ALL
SELECT person.id::text, 1.0, kind.id,
    to_tsvector('simple', person.first_name || ' ' || person.last_name),
    setweight(to_tsvector('english', person.first_name || ' ' || person.last_name), 'A'),
    setweight(to_tsvector('english', person.email::text || ' ' || person.username), 'B'),
    person.first_name || ' ' || person.last_name, person.email::text || ' ' || person.username
FROM users_user person, django_content_type kind WHERE kind.model = 'user';
