package dev.restage.sandbox.site.internal.rows;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.site.Person;
import dev.restage.sandbox.site.internal.content.Content;
import dev.restage.sandbox.site.internal.content.Content.Account;
import dev.restage.sandbox.site.internal.content.Content.Rank;
import dev.restage.sandbox.site.internal.content.ContentGenerator;
import dev.restage.sandbox.site.internal.content.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;

/** Rows about accounts: users, profiles, sessions, tokens, the admin's log. */
final class AccountRows {

    private AccountRows() {}

    static void add(Content content, Rows rows) {
        for (Account account : content.accounts()) {
            user(account, rows);
            if (account.rank() != Rank.MEMBER) {
                staff(account, rows);
            }
            if (account.id() % 2 == 0) {
                session(account, rows);
            }
        }
    }

    private static void user(Account account, Rows rows) {
        Person person = account.person();
        rows.add(
                "users_user",
                account.id(),
                "pbkdf2_sha256$1000000$%s$%s".formatted(token(account, "salt", 22), token(account, "hash", 43) + "="),
                account.id() % 5 == 0 ? null : Content.NEWEST.minus(Duration.ofHours(account.id())),
                account.rank() == Rank.SUPERUSER,
                person.userName(),
                person.firstName(),
                person.lastName(),
                person.email(),
                account.rank() != Rank.MEMBER,
                account.id() % 13 != 0,
                account.joined());
    }

    private static void staff(Account account, Rows rows) {
        Person person = account.person();
        rows.add(
                "users_user_groups",
                account.id(),
                account.id(),
                account.rank() == Rank.EDITOR ? FrameworkRows.EDITORS : FrameworkRows.MODERATORS);
        rows.add(
                "wagtailusers_userprofile",
                account.id(),
                true,
                true,
                true,
                account.id(),
                "",
                "Europe/London",
                account.id() % 2 == 0 ? "avatar_images/%s.png".formatted(person.lastName()) : "",
                true,
                "{}",
                "system",
                "default",
                "system",
                true);
        rows.add("authtoken_token", token(account, "api", 40), account.joined(), account.id());
        rows.add(
                "django_admin_log",
                account.id(),
                account.joined(),
                Integer.toString(account.id()),
                person.userName(),
                1,
                "Added user %s <%s>.".formatted(person.fullName(), person.email()),
                ContentType.USER.id,
                1);
        rows.add(
                "wagtailcore_modellogentry",
                account.id(),
                person.userName(),
                "wagtail.edit",
                Json.ascii(Map.of("name", person.fullName())),
                account.joined(),
                true,
                false,
                Integer.toString(account.id()),
                ContentType.USER.id,
                1,
                UUID.nameUUIDFromBytes(token(account, "log", 20).getBytes(StandardCharsets.US_ASCII)),
                null);
        rows.add(
                "wagtailadmin_formstate",
                account.id(),
                Integer.toString(ContentGenerator.HOME),
                "csrfmiddlewaretoken=x&author=%s&email=%s"
                        .formatted(person.lastName(), person.email().replace("@", "%40")),
                Content.NEWEST,
                ContentType.HOME_PAGE.id,
                account.id());
        rows.add(
                "database_cache",
                ":1:template.cache.profile." + account.id(),
                Base64.getEncoder()
                        .encodeToString(("<p>" + person.fullName() + "</p>").getBytes(StandardCharsets.UTF_8)),
                Content.NEWEST.plus(Duration.ofDays(30)));
    }

    /** As Django signs a session: JSON, deflated, in base 64, with a time stamp and a signature. */
    private static void session(Account account, Rows rows) {
        String json = Json.ascii(Map.of(
                "_auth_user_id",
                Integer.toString(account.id()),
                "email",
                account.person().email()));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(packed)) {
            deflated.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        rows.add(
                "django_session",
                token(account, "session", 32),
                ".%s:1xVKGk:%s"
                        .formatted(
                                Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray()),
                                token(account, "signature", 43)),
                Content.NEWEST.plus(Duration.ofDays(14)));
    }

    private static String token(Account account, String purpose, int length) {
        StringBuilder token = new StringBuilder();
        for (int part = 0; token.length() < length; part++) {
            String source = purpose + part + account.person().userName();
            token.append(UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8))
                    .toString()
                    .replace("-", ""));
        }
        return token.substring(0, length);
    }
}
