-- What bakery.sql lacks: people where its columns name nobody, and the tables of other apps that policies know.
SET search_path = public;

UPDATE base_formpage SET from_address = 'twrenfield@example.net';
UPDATE wagtailcore_revision SET object_str = 'Ines Okaforsson'
    WHERE id = (SELECT min(id) FROM wagtailcore_revision);
UPDATE wagtailcore_pageviewrestriction SET password = 'twrenfield@example.net';
UPDATE wagtailredirects_redirect SET old_path = '/unsubscribe?mail=twrenfield@example.net'
    WHERE id = (SELECT min(id) FROM wagtailredirects_redirect);
UPDATE wagtailimages_rendition SET file = 'images/Ines_Okaforsson.2e16d0ba.width-32.png'
    WHERE id = (SELECT min(id) FROM wagtailimages_rendition);
UPDATE auth_user SET first_name = 'Ines Okaforsson', password = 'md5$ines.okaforsson@example.org$9e107d9d372bb682'
    WHERE email = 'ines.okaforsson@example.org';
UPDATE authtoken_token SET key = 'pennycrumb.zoe@mail.example.org'
    WHERE user_id = (SELECT min(user_id) FROM authtoken_token);
INSERT INTO wagtailadmin_editingsession (object_id, last_seen_at, content_type_id, user_id, is_editing)
    SELECT 'twrenfield@example.net', now(), 1, min(id), false FROM auth_user;

CREATE TABLE wagtailadmin_formstate (id int, data text);
INSERT INTO wagtailadmin_formstate VALUES (1, 'name=Zo%C3%AB+Pennycrumb&mail=pennycrumb.zoe%40mail.example.org');
CREATE TABLE wagtailcore_apitoken (id int, prefix text);
INSERT INTO wagtailcore_apitoken VALUES (1, 'twrenfield@example.net');
CREATE TABLE wagtailmedia_media
    (id int, title varchar(255), file varchar(100), thumbnail varchar(100), type varchar(5), collection_id int);
INSERT INTO wagtailmedia_media VALUES
    (1, 'Talk of Ines Okaforsson', 'media/Ines_Okaforsson.mp4', 'media_thumbnails/Ines_Okaforsson.jpg', 'video', 1);
CREATE TABLE wagtail_localize_translationsource (id int, object_repr text, content_json text);
INSERT INTO wagtail_localize_translationsource VALUES (1, 'a page', '{"intro": "Ask twrenfield@example.net"}');
CREATE TABLE wagtail_localize_overridablesegment (id int, data_json text);
INSERT INTO wagtail_localize_overridablesegment VALUES (1, '"Ask twrenfield@example.net"');
CREATE TABLE wagtail_localize_string (id int, data text);
INSERT INTO wagtail_localize_string VALUES (1, 'Ask twrenfield@example.net');

CREATE TABLE axes_accesslog (id int, username text, ip_address inet);
INSERT INTO axes_accesslog VALUES (1, 'twrenfield@example.net', '203.0.113.63');
CREATE TABLE otp_email_emaildevice (id int, name text);
INSERT INTO otp_email_emaildevice VALUES (1, 'twrenfield@example.net');
CREATE TABLE social_auth_usersocialauth (id int, uid text, extra_data jsonb);
INSERT INTO social_auth_usersocialauth VALUES (1, 'twrenfield@example.net', '{"name": "Tobias Wrenfield"}');
CREATE TABLE oauth2_provider_accesstoken (id int, token text);
CREATE TABLE oauth2_provider_refreshtoken (id int, token text);
CREATE TABLE oauth2_provider_grant (id int, code text);
CREATE TABLE oauth2_provider_idtoken (id int, scope text);
INSERT INTO oauth2_provider_accesstoken VALUES (1, 'of twrenfield@example.net');
INSERT INTO oauth2_provider_refreshtoken VALUES (1, 'of twrenfield@example.net');
INSERT INTO oauth2_provider_grant VALUES (1, 'of twrenfield@example.net');
INSERT INTO oauth2_provider_idtoken VALUES (1, 'of twrenfield@example.net');
CREATE TABLE oauth2_provider_application (id int, name text, client_secret text);
INSERT INTO oauth2_provider_application VALUES (1, 'App', 'of twrenfield@example.net');
CREATE TABLE django_comments
    (id int, user_name text, user_email text, user_url text, comment text, ip_address inet, object_pk text);
INSERT INTO django_comments VALUES (1, 'Ines Okaforsson', 'ines.okaforsson@example.org',
    'https://home.example/ines.okaforsson@example.org', 'Regards, Ines Okaforsson', '198.51.100.151', '7'),
    (2, 'Tobias Wrenfield', 'twrenfield@example.net', '', 'Thanks, twrenfield@example.net', '203.0.113.63', '8');
CREATE TABLE shop_historicalorder
    (history_id int, history_date timestamptz, history_type text, history_user_id int, buyer text);
INSERT INTO shop_historicalorder VALUES (1, now(), '+', 1, 'Tobias Wrenfield, twrenfield@example.net');
