package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.aws.Radosgw.User;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.provider.Progress;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaStore;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class RadosgwTest extends SecondServerContract {

    /** What the list of an object of another owner may say. */
    private enum Granted {
        NOTHING,
        EVERYBODY,
        NAMED_USERS
    }

    private static final MediaSyncOptions WITH_ACL = S3Buckets.MIRROR.toBuilder()
            .keep(MediaAttribute.METADATA, MediaAttribute.TAGS, MediaAttribute.ACL)
            .build();

    @Override
    SecondServer server() {
        return Radosgw.shared();
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheListsOfAnotherOwnersObjectsFromTheFirstRunOn(Granted granted) {
        Radosgw server = Radosgw.shared();
        String theirs = "theirs-" + UUID.randomUUID();
        makeReadable(server.as(User.OTHER), theirs);
        for (int size : new int[] {0, 7, (int) AwsConfig.FIVE_MIB + 7}) {
            server.as(User.OTHER)
                    .putObject(
                            listed(PutObjectRequest.builder().bucket(theirs).key("a" + size), granted),
                            RequestBody.fromBytes(new byte[size]));
        }
        MediaStore source = open(server.variables(), "s3://" + theirs);

        assertThat(target.terms(source, WITH_ACL.keep()))
                .singleElement()
                .asString()
                .contains(
                        "belong to the owner of the bucket, LAB, who gets what the source grants to its owner, OTHER");
        assertThat(MediaSync.between(source, target, WITH_ACL)
                        .run(Progress.NONE)
                        .copiedObjects())
                .isEqualTo(3);

        for (String key : server.keys(staging)) {
            GetObjectAclResponse acl = server.as(User.LAB)
                    .getObjectAcl(request -> request.bucket(staging).key(key));
            assertThat(acl.owner().id()).isEqualTo("LAB");
            List<String> grants = acl.grants().stream()
                    .map(grant -> "%s %s"
                            .formatted(
                                    grant.grantee().id() == null
                                            ? URI.create(grant.grantee().uri()).getPath()
                                            : grant.grantee().id(),
                                    grant.permissionAsString()))
                    .toList();
            switch (granted) {
                case NOTHING -> assertThat(grants).containsExactly("LAB FULL_CONTROL");
                case EVERYBODY ->
                    assertThat(grants).containsExactlyInAnyOrder("LAB FULL_CONTROL", "/groups/global/AllUsers READ");
                case NAMED_USERS ->
                    assertThat(grants)
                            .contains("LAB FULL_CONTROL", "/groups/global/AuthenticatedUsers READ_ACP")
                            .noneMatch(grant -> grant.startsWith("OTHER"));
            }
        }
        assertThat(MediaSync.between(source, target, WITH_ACL)
                        .run(Progress.NONE)
                        .copiedObjects())
                .isZero();
    }

    private static PutObjectRequest listed(PutObjectRequest.Builder request, Granted granted) {
        switch (granted) {
            case NOTHING -> request.acl("private");
            case EVERYBODY -> request.acl("public-read");
            case NAMED_USERS ->
                request.grantFullControl("id=\"OTHER\"")
                        .grantRead("id=\"LAB\"")
                        .grantReadACP("uri=\"http://acs.amazonaws.com/groups/global/AuthenticatedUsers\"");
        }
        return request.build();
    }

    private static void makeReadable(S3Client owner, String bucket) {
        owner.createBucket(request -> request.bucket(bucket));
        owner.putBucketPolicy(request -> request.bucket(bucket).policy("""
                {"Version": "2012-10-17", "Statement": [{
                  "Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam:::user/LAB"]},
                  "Action": ["s3:ListBucket", "s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectTagging", "s3:GetBucketAcl"],
                  "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]}]}""".formatted(bucket)));
    }
}
