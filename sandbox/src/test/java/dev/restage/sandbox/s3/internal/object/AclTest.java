package dev.restage.sandbox.s3.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.restage.sandbox.s3.internal.access.Callers;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AclTest {

    private static final String ALL = "http://acs.amazonaws.com/groups/global/AllUsers";

    @ParameterizedTest
    @CsvSource({
        "private, 1",
        "bucket-owner-full-control, 1",
        "public-read, 2",
        "public-read-write, 3",
        "authenticated-read, 2"
    })
    void aCannedOneStandsForGrants(String name, int grants) {
        assertThat(Acl.canned(name).entries()).hasSize(grants);
    }

    @Test
    void refusesACannedOneThatItDoesNotKnow() {
        assertThatThrownBy(() -> Acl.canned("public"))
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo("InvalidArgument"));
    }

    @Test
    void isAskedForByHeadersOfEachPermission() {
        Acl acl = Acl.asked(Callers.sending(
                        "x-amz-grant-read", "uri=\"" + ALL + "\", id=\"alice\"", "x-amz-grant-full-control", "id=bob"))
                .orElseThrow();

        assertThat(acl.entries())
                .extracting(Acl.Entry::group, Acl.Entry::grantee, Acl.Entry::permission)
                .containsExactly(
                        tuple(false, "bob", "FULL_CONTROL"), tuple(true, ALL, "READ"), tuple(false, "alice", "READ"));
        assertThat(Acl.asked(Callers.sending("content-type", "text/plain"))).isEmpty();
    }

    @Test
    void isReadAsItWasWritten() {
        Acl acl = Acl.canned("public-read-write");

        assertThat(Acl.read(text(acl).getBytes(StandardCharsets.UTF_8))).isEqualTo(acl);
        assertThat(text(acl))
                .contains("xsi:type=\"Group\"><URI>" + ALL + "</URI></Grantee><Permission>WRITE</Permission>")
                .contains("<Owner><ID>75aa57f0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<A/>",
                "<A><AccessControlList><Grant/></AccessControlList></A>",
                "<A><AccessControlList><Grant><Grantee/><Permission>READ</Permission></Grant></AccessControlList></A>",
                "<A><AccessControlList><Grant><Grantee><ID>x</ID></Grantee></Grant></AccessControlList></A>"
            })
    void refusesADocumentThatLacksAGranteeOrAPermission(String document) {
        assertThatThrownBy(() -> Acl.read(document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo("MalformedXML"));
    }

    private static String text(Acl acl) {
        return new String(S3Response.xml(200, acl.document()).body(), StandardCharsets.UTF_8);
    }
}
