package dev.restage.sandbox.s3.internal.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.media.KeyOrder;
import dev.restage.sandbox.s3.internal.access.Callers;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.SimulatedObjects;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages, markers and refusals of the three ways to list, at their edges. */
class ListingEdgesTest {

    private final Listings listings = new Listings();

    @ParameterizedTest
    @CsvSource({
        "max-keys, ten, InvalidArgument",
        "max-keys, -1, InvalidArgument",
        "max-keys, 99999999999, InvalidArgument",
        "encoding-type, utf8, InvalidArgument",
        "continuation-token, !, InvalidArgument"
    })
    void refusesWhatItCannotUnderstand(String parameter, String value, String code) {
        assertThatThrownBy(() -> listings.listV2(Callers.asking("", parameter, value), Store.with("a")))
                .isInstanceOfSatisfying(S3Error.class, error -> {
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(error.code()).isEqualTo(code);
                });
    }

    @Test
    void noKeysAreAskedForAndNoneAreGiven() {
        S3Response page = v2(Store.with("a", "b"), "max-keys", "0");

        assertThat(text(page, "KeyCount")).isEqualTo("0");
        assertThat(text(page, "MaxKeys")).isEqualTo("0");
        assertThat(text(page, "IsTruncated")).isEqualTo("false");
    }

    @Test
    void aPageHasAThousandKeysAtTheMost() {
        Bucket huge = new Bucket("acme", BucketSettings.standard());
        huge.simulate(new SimulatedObjects(2500, "k%04d"::formatted, "text/plain", ""));

        S3Response page = v2(huge, "max-keys", "5000");

        assertThat(text(page, "MaxKeys")).isEqualTo("1000");
        assertThat(text(page, "KeyCount")).isEqualTo("1000");
        assertThat(pages(huge)).containsExactly(1000, 1000, 500);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void givesTheSameKeysAndPrefixesWhateverTheSizeOfAPage(int size) {
        Bucket bucket = Store.with("a", "a/1", "a/2", "b/1", "b/c/d", "c", "d/", "\uFF5E/x", "\uD83D\uDE00/y");

        assertThat(everything(bucket, size)).containsExactly("a", "a/", "b/", "c", "d/", "\uFF5E/", "\uD83D\uDE00/");
    }

    @Test
    void startsBehindAKeyThatNeedNotExist() {
        Bucket bucket = Store.with("a", "b", "c");

        assertThat(keys(v2(bucket, "start-after", "a"))).containsExactly("b", "c");
        assertThat(keys(v2(bucket, "start-after", "aa"))).containsExactly("b", "c");
        assertThat(keys(v2(bucket, "start-after", "c"))).isEmpty();
        assertThat(text(v2(bucket, "start-after", "a"), "StartAfter")).isEqualTo("a");
    }

    @Test
    void aTokenIsStrongerThanWhereToStart() {
        Bucket bucket = Store.with("a", "b", "c");
        String token = text(v2(bucket, "max-keys", "1"), "NextContinuationToken");

        assertThat(keys(v2(bucket, "continuation-token", token, "start-after", "b")))
                .containsExactly("b", "c");
    }

    @Test
    void aPrefixNeedNotEndWhereAFolderDoes() {
        Bucket bucket = Store.with("images/a", "images_old/a", "image");

        assertThat(keys(v2(bucket, "prefix", "images"))).containsExactly("images/a", "images_old/a");
        assertThat(prefixes(v2(bucket, "prefix", "images", "delimiter", "/")))
                .containsExactly("images/", "images_old/");
        assertThat(keys(v2(bucket, "prefix", "x"))).isEmpty();
    }

    @Test
    void aDelimiterMayBeLongerThanALetter() {
        assertThat(prefixes(v2(Store.with("a--b", "a-c", "d--e--f"), "delimiter", "--")))
                .containsExactly("a--", "d--");
    }

    @Test
    void tellsTheOwnerOnlyWhenAsked() {
        Bucket bucket = Store.with("a");

        assertThat(Store.document(v2(bucket))).doesNotContain("<Owner>");
        assertThat(Store.document(v2(bucket, "fetch-owner", "true"))).contains("<Owner><ID>75aa57f0");
        assertThat(Store.document(listings.list(Callers.asking(""), bucket))).contains("<Owner><ID>75aa57f0");
    }

    @Test
    void encodesKeysPrefixesAndDelimitersWhenAsked() {
        Bucket bucket = Store.with("a b/c", "a b/\u0001");

        String page = Store.document(v2(bucket, "encoding-type", "url", "prefix", "a b/"));

        assertThat(page)
                .contains("<Prefix>a+b/</Prefix>")
                .contains("<EncodingType>url</EncodingType>")
                .contains("<Key>a+b/%01</Key>", "<Key>a+b/c</Key>");
    }

    @Test
    void theOldListingNamesTheNextMarkerOnlyWithADelimiter() {
        Bucket bucket = Store.with("a", "b", "c");

        S3Response plain = listings.list(Callers.asking("", "max-keys", "2"), bucket);
        S3Response delimited = listings.list(Callers.asking("", "max-keys", "2", "delimiter", "/"), bucket);

        assertThat(text(plain, "IsTruncated")).isEqualTo("true");
        assertThat(Store.document(plain)).doesNotContain("NextMarker");
        assertThat(text(delimited, "NextMarker")).isEqualTo("b");
        assertThat(keys(listings.list(Callers.asking("", "marker", "b"), bucket)))
                .containsExactly("c");
    }

    @Test
    void aMarkerThatIsACommonPrefixStandsForAllBelowIt() {
        Bucket bucket = Store.with("a/1", "a/2", "b/1");

        S3Response rest = listings.list(Callers.asking("", "marker", "a/", "delimiter", "/"), bucket);
        S3Response plain = listings.list(Callers.asking("", "marker", "a/"), bucket);

        assertThat(prefixes(rest)).containsExactly("b/");
        assertThat(keys(plain)).containsExactly("a/1", "a/2", "b/1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 10})
    void versionsComeNewestFirstOnPagesOfAnySize(int size) {
        Bucket bucket = new Bucket("acme", BucketSettings.standard().versioned());
        Store.put(bucket, "a", "1");
        Store.put(bucket, "a", "2");
        bucket.delete("a");
        Store.put(bucket, "b", "1");

        List<String> seen = new ArrayList<>();
        String keyMarker = "";
        String idMarker = "";
        S3Response page;
        do {
            page = listings.listVersions(
                    Callers.asking(
                            "",
                            "max-keys",
                            String.valueOf(size),
                            "key-marker",
                            keyMarker,
                            "version-id-marker",
                            idMarker),
                    bucket);
            Store.texts(page, "DeleteMarker", "Key").forEach(key -> seen.add(key + " deleted"));
            Store.texts(page, "Version", "Key").forEach(seen::add);
            if (text(page, "IsTruncated").equals("true")) {
                keyMarker = text(page, "NextKeyMarker");
                idMarker = text(page, "NextVersionIdMarker");
            }
        } while (text(page, "IsTruncated").equals("true"));

        assertThat(seen).containsExactlyInAnyOrder("a deleted", "a", "a", "b");
    }

    @Test
    void versionsAreRolledUpToo() {
        Bucket bucket = new Bucket("acme", BucketSettings.standard().versioned());
        List.of("a/1", "a/2", "b", "c/1").forEach(key -> Store.put(bucket, key, ""));

        S3Response all = listings.listVersions(Callers.asking("", "delimiter", "/"), bucket);
        S3Response first = listings.listVersions(Callers.asking("", "delimiter", "/", "max-keys", "1"), bucket);
        S3Response second = listings.listVersions(
                Callers.asking("", "delimiter", "/", "max-keys", "1", "key-marker", text(first, "NextKeyMarker")),
                bucket);

        assertThat(prefixes(all)).containsExactly("a/", "c/");
        assertThat(Store.texts(all, "Version", "Key")).containsExactly("b");
        assertThat(prefixes(first)).containsExactly("a/");
        assertThat(Store.texts(second, "Version", "Key")).containsExactly("b");
    }

    @Test
    void onlyTheNewestVersionIsTheLatest() {
        Bucket bucket = new Bucket("acme", BucketSettings.standard().versioned());
        Store.put(bucket, "a", "1");
        Store.put(bucket, "a", "2");
        bucket.delete("a");

        S3Response page = listings.listVersions(Callers.asking(""), bucket);

        assertThat(Store.texts(page, "Version", "IsLatest")).containsExactly("false", "false");
        assertThat(Store.texts(page, "DeleteMarker", "IsLatest")).containsExactly("true");
    }

    private S3Response v2(Bucket bucket, String... parameters) {
        return listings.listV2(Callers.asking("", parameters), bucket);
    }

    private List<Integer> pages(Bucket bucket) {
        List<Integer> sizes = new ArrayList<>();
        S3Response page = v2(bucket);
        sizes.add(keys(page).size());
        while (text(page, "IsTruncated").equals("true")) {
            page = v2(bucket, "continuation-token", text(page, "NextContinuationToken"));
            sizes.add(keys(page).size());
        }
        return sizes;
    }

    private List<String> everything(Bucket bucket, int size) {
        List<String> found = new ArrayList<>();
        String most = String.valueOf(size);
        S3Response page = v2(bucket, "delimiter", "/", "max-keys", most);
        while (true) {
            List<String> ofPage = new ArrayList<>(keys(page));
            ofPage.addAll(prefixes(page));
            ofPage.sort(KeyOrder.UTF_8);
            found.addAll(ofPage);
            if (text(page, "IsTruncated").equals("false")) {
                return found;
            }
            page = v2(
                    bucket,
                    "delimiter",
                    "/",
                    "max-keys",
                    most,
                    "continuation-token",
                    text(page, "NextContinuationToken"));
        }
    }

    private static List<String> keys(S3Response page) {
        return Store.texts(page, "Contents", "Key");
    }

    private static List<String> prefixes(S3Response page) {
        return Store.texts(page, "CommonPrefixes", "Prefix");
    }

    private static String text(S3Response page, String element) {
        return Store.texts(page, element, "").get(0);
    }
}
