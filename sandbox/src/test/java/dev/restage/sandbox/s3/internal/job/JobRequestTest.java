package dev.restage.sandbox.s3.internal.job;

import static dev.restage.sandbox.s3.internal.http.Refusing.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.internal.operation.Buckets;
import dev.restage.sandbox.s3.internal.operation.Store;
import dev.restage.sandbox.s3.model.BucketSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job of Batch Operations is told to do, and the tasks that this is. */
class JobRequestTest {

    private static final String COPY =
            "<Operation><S3PutObjectCopy><TargetResource>arn:aws:s3:::target</TargetResource>%s</S3PutObjectCopy></Operation>";
    private static final String REPORT = "<Report><Enabled>false</Enabled></Report>";
    private static final String HEAD =
            "<ClientRequestToken>t1</ClientRequestToken><Priority>10</Priority><RoleArn>role</RoleArn>";
    private static final String LISTED = "<Manifest><Spec><Format>S3BatchOperations_CSV_20180820</Format>"
            + "<Fields><member>Bucket</member><member>Key</member>%s</Fields></Spec>"
            + "<Location><ObjectArn>arn:aws:s3:::lists/list.csv</ObjectArn><ETag>\"%s\"</ETag></Location></Manifest>";
    private static final String GENERATED =
            "<ManifestGenerator><S3JobManifestGenerator><SourceBucket>arn:aws:s3:::source</SourceBucket>"
                    + "<Filter>%s</Filter></S3JobManifestGenerator></ManifestGenerator>";

    private final Buckets buckets = new Buckets();
    private final Bucket source = buckets.create("source", BucketSettings.standard());
    private final Bucket lists = buckets.create("lists", BucketSettings.standard());

    @Test
    void turnsWhatIsAskedIntoTheHeadersOfEachCopy() {
        JobRequest request = read(HEAD
                + COPY.formatted("<CannedAccessControlList>public-read</CannedAccessControlList>"
                        + "<MetadataDirective>COPY</MetadataDirective><StorageClass>STANDARD_IA</StorageClass>"
                        + "<SSEAwsKmsKeyId>k1</SSEAwsKmsKeyId><RequesterPays>true</RequesterPays>"
                        + "<TargetKeyPrefix>copy/</TargetKeyPrefix>")
                + GENERATED.formatted("")
                + REPORT);

        assertThat(request.target()).isEqualTo("target");
        assertThat(request.prefix()).isEqualTo("copy/");
        assertThat(request.priority()).isEqualTo(10);
        assertThat(request.headers())
                .containsEntry("x-amz-acl", "public-read")
                .containsEntry("x-amz-metadata-directive", "COPY")
                .containsEntry("x-amz-storage-class", "STANDARD_IA")
                .containsEntry("x-amz-server-side-encryption", "aws:kms")
                .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "k1")
                .containsEntry("x-amz-request-payer", "requester")
                .hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<ClientRequestToken>t1</ClientRequestToken> | <ClientRequestToken/> | InvalidRequest",
                "<ClientRequestToken>t1</ClientRequestToken> | '' | MalformedXML",
                "<Priority>10</Priority> | <Priority>high</Priority> | MalformedXML",
                "<RoleArn>role</RoleArn> | '' | MalformedXML",
                "S3PutObjectCopy | S3PutObjectTagging | NotImplemented",
                "arn:aws:s3:::target | target | InvalidRequest",
                "<Report><Enabled>false</Enabled></Report> | '' | MalformedXML",
                "<Filter></Filter> | <Filter><CreatedAfter>yesterday</CreatedAfter></Filter> | MalformedXML",
                "<Filter></Filter> | <Filter><ObjectSizeLessThanBytes>1k</ObjectSizeLessThanBytes></Filter> | MalformedXML"
            })
    void refusesARequestThatIsNoJob(String part, String instead, String code) {
        String right = HEAD + COPY.formatted("") + GENERATED.formatted("") + REPORT;
        assertThat(right).contains(part);

        assertRefused(code, () -> read(right.replace(part, instead)));
    }

    @Test
    void theTasksAreEitherListedOrGenerated() {
        assertRefused("InvalidRequest", () -> read(HEAD + COPY.formatted("") + REPORT));
        assertRefused(
                "InvalidRequest",
                () -> read(HEAD + COPY.formatted("") + LISTED.formatted("", "x") + GENERATED.formatted("") + REPORT));
        assertRefused(
                "NotImplemented",
                () -> read(HEAD
                        + COPY.formatted("")
                        + LISTED.formatted("", "x").replace("S3BatchOperations_CSV", "S3InventoryReport_CSV")
                        + REPORT));
        assertRefused(
                "InvalidRequest",
                () -> read(HEAD + COPY.formatted("") + LISTED.formatted("", "x").replace("/list.csv", "") + REPORT));
    }

    @Test
    void aTokenHas64Letters() {
        String right = HEAD + COPY.formatted("") + GENERATED.formatted("") + REPORT;

        assertThat(read(right.replace(">t1<", ">" + "t".repeat(64) + "<")).token())
                .hasSize(64);
        assertRefused("InvalidRequest", () -> read(right.replace(">t1<", ">" + "t".repeat(65) + "<")));
    }

    @Test
    void readsKeysThatAreEncodedAndQuoted() {
        List<JobTask> tasks = listed("source,a%2Fb+c.jpg\r\n\"source\",\"d\"\nsource,%C3%A4\n", "");

        assertThat(tasks).extracting(JobTask::key).containsExactly("a/b c.jpg", "d", "ä");
        assertThat(tasks)
                .extracting(JobTask::copySource)
                .containsExactly("source/a/b%20c.jpg", "source/d", "source/%C3%A4");
    }

    @Test
    void readsVersionsWhereItsFieldsSaySo() {
        List<JobTask> tasks = listed("source,a,v1\nsource,b,\n", "<member>VersionId</member>");

        assertThat(tasks).extracting(JobTask::versionId).containsExactly(Optional.of("v1"), Optional.empty());
        assertThat(tasks.get(0).copySource()).isEqualTo("source/a?versionId=v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | The manifest is empty",
                "source | Line 1 of the manifest is not as its fields say",
                "source,a;source,b,c | Line 2 of the manifest is not as its fields say",
                "source,%zz | Line 1 of the manifest is not as its fields say",
                "source,a;other,b | All objects of a manifest must be in one bucket"
            })
    void refusesAManifestThatIsNone(String csv, String message) {
        assertThatThrownBy(() -> listed(csv.replace(';', '\n'), ""))
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo("InvalidManifest"))
                .hasMessage(message);
    }

    @Test
    void aManifestIsTheOneWhoseEtagWasTold() {
        Store.put(lists, "list.csv", "source,a\n");

        assertRefused("ManifestETagMismatch", () -> tasks(LISTED.formatted("", "0123")));
        lists.delete("list.csv");
        assertRefused("ManifestNotFound", () -> tasks(LISTED.formatted("", "0123")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a.jpg b.png c/d.jpg",
                "<KeyNameConstraint><MatchAnyPrefix><member>c/</member></MatchAnyPrefix></KeyNameConstraint> | c/d.jpg",
                "<KeyNameConstraint><MatchAnySuffix><member>.jpg</member></MatchAnySuffix></KeyNameConstraint> | a.jpg c/d.jpg",
                "<KeyNameConstraint><MatchAnySubstring><member>b</member><member>d</member></MatchAnySubstring></KeyNameConstraint> | b.png c/d.jpg",
                "<ObjectSizeGreaterThanBytes>1</ObjectSizeGreaterThanBytes> | b.png c/d.jpg",
                "<ObjectSizeLessThanBytes>3</ObjectSizeLessThanBytes> | a.jpg b.png",
                "<MatchAnyStorageClass><member>GLACIER</member></MatchAnyStorageClass> | b.png",
                "<CreatedAfter>2000-01-01T00:00:00Z</CreatedAfter> | a.jpg b.png c/d.jpg",
                "<CreatedBefore>2100-01-01T00:00:00Z</CreatedBefore> | a.jpg b.png c/d.jpg"
            })
    void generatesTheTasksThatPassItsFilter(String filter, String keys) {
        Store.put(source, "a.jpg", "1");
        Store.put(source, "b.png", "22", "x-amz-storage-class", "GLACIER");
        Store.put(source, "c/d.jpg", "333");

        assertThat(tasks(GENERATED.formatted(filter))).extracting(JobTask::key).containsExactly(keys.split(" ", -1));
    }

    @Test
    void refusesAFilterThatNothingPasses() {
        assertRefused("EmptyManifest", () -> tasks(GENERATED.formatted("")));
    }

    @Test
    void aLineOfTheReportHasTheStatusBeforeTheCode() {
        JobTask task = new JobTask("source", "a b", Optional.of("v1"));

        assertThat(task.reportLine()).isEqualTo("source,a+b,v1,succeeded,200,,Successful\n");
        assertThat(task.failed(new S3Error(403, "AccessDenied", "say \"no\"")).reportLine())
                .isEqualTo("source,a+b,v1,failed,403,AccessDenied,\"say \"\"no\"\"\"\n");
    }

    private List<JobTask> listed(String csv, String moreFields) {
        StoredObject list = Store.put(lists, "list.csv", csv);
        return tasks(LISTED.formatted(moreFields, list.etag()));
    }

    private List<JobTask> tasks(String manifest) {
        return new JobManifest(buckets).tasks(read(HEAD + COPY.formatted("") + manifest + REPORT));
    }

    private static JobRequest read(String members) {
        return JobRequest.read(
                ("<CreateJobRequest>" + members + "</CreateJobRequest>").getBytes(StandardCharsets.UTF_8));
    }
}
