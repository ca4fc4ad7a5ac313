package dev.restage.sandbox.s3.internal.object;

import dev.restage.sandbox.s3.internal.access.Account;
import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;
import org.w3c.dom.Element;

/** Who may do what with an object, beside the rights of the account. It is kept and shown, not enforced. */
public record Acl(List<Entry> entries) {

    public static final Acl PRIVATE = new Acl(List.of(Entry.owner("FULL_CONTROL")));

    private static final String GROUPS = "http://acs.amazonaws.com/groups/global/";
    private static final List<String> PERMISSIONS = List.of("FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP");

    /** One grant to a user by id, or to a group by URI. */
    record Entry(boolean group, String grantee, String permission) {

        public static Entry owner(String permission) {
            return new Entry(false, Account.CANONICAL_ID, permission);
        }
    }

    static Acl canned(String name) {
        Entry everybody = new Entry(true, GROUPS + "AllUsers", "READ");
        return switch (name) {
            case "private", "bucket-owner-full-control", "bucket-owner-read", "aws-exec-read" -> PRIVATE;
            case "public-read" -> PRIVATE.with(everybody);
            case "public-read-write" -> PRIVATE.with(everybody).with(new Entry(true, GROUPS + "AllUsers", "WRITE"));
            case "authenticated-read" -> PRIVATE.with(new Entry(true, GROUPS + "AuthenticatedUsers", "READ"));
            default -> throw S3Error.argument("", "x-amz-acl", name);
        };
    }

    /** {@return the ACL that the headers ask for; empty if they ask for none} */
    static Optional<Acl> asked(Caller caller) {
        Optional<String> canned = caller.header("x-amz-acl");
        if (canned.isPresent()) {
            return canned.map(Acl::canned);
        }
        List<Entry> entries = new ArrayList<>();
        for (String permission : PERMISSIONS) {
            String header = "x-amz-grant-" + permission.toLowerCase(Locale.ROOT).replace('_', '-');
            caller.header(header).ifPresent(grantees -> {
                StringTokenizer each = new StringTokenizer(grantees, ",");
                while (each.hasMoreTokens()) {
                    String grantee = each.nextToken().strip();
                    String value = grantee.substring(grantee.indexOf('=') + 1).replace("\"", "");
                    entries.add(new Entry(grantee.startsWith("uri"), value, permission));
                }
            });
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Acl(entries));
    }

    public static Acl read(byte[] document) {
        List<Entry> entries = new ArrayList<>();
        Element list = Xml.child(Xml.read(document), "AccessControlList").orElseThrow(S3Error::malformed);
        for (Element grant : Xml.children(list, "Grant")) {
            Element grantee = Xml.child(grant, "Grantee").orElseThrow(S3Error::malformed);
            Optional<String> uri = Xml.childText(grantee, "URI");
            String value = uri.or(() -> Xml.childText(grantee, "ID")).orElseThrow(S3Error::malformed);
            entries.add(new Entry(uri.isPresent(), value, Xml.required(grant, "Permission")));
        }
        return new Acl(entries);
    }

    public Xml document() {
        Xml xml = Xml.document("AccessControlPolicy");
        owner(xml, "Owner").open("AccessControlList");
        for (Entry entry : entries) {
            xml.open("Grant")
                    .open(
                            "Grantee",
                            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"%s\""
                                    .formatted(entry.group() ? "Group" : "CanonicalUser"))
                    .text(entry.group() ? "URI" : "ID", entry.grantee())
                    .close("Grantee")
                    .text("Permission", entry.permission())
                    .close("Grant");
        }
        return xml.close("AccessControlList").close("AccessControlPolicy");
    }

    public static Xml owner(Xml xml, String element) {
        return xml.open(element).text("ID", Account.CANONICAL_ID).close(element);
    }

    private Acl with(Entry entry) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(entry);
        return new Acl(more);
    }
}
