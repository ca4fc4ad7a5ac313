package dev.restage.sandbox.vendor.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The files of one commit, as far as Django's commands look at them. */
public record SourceTree(Path repository, String commit) {

    private static final Pattern MIGRATION = Pattern.compile("(?:.*/)?([^/]+)/migrations/(\\d{4}_[^/]+)\\.py");
    private static final Pattern MODELS = Pattern.compile("(?:.*/)?([^/]+)/models\\.py");
    private static final Pattern SQL = Pattern.compile("(?m)^\\s*# sql: (.+)$");
    private static final Pattern PENDING = Pattern.compile("(?m)^\\s*# pending: (.+)$");

    /** A migration file and the statements that stand in it. */
    public record Migration(String app, String name, List<String> statements) {

        public String label() {
            return app + "." + name;
        }
    }

    /** A change of a model without its migration. */
    public record Pending(String app, String change) {}

    public static Repository open(Path directory) throws IOException {
        return new FileRepository(directory.toFile());
    }

    /** {@return the commit that a branch points to; empty if there is no such branch} */
    public static Optional<String> head(Path repository, String branch) throws IOException {
        try (Repository opened = open(repository)) {
            return Optional.ofNullable(opened.exactRef("refs/heads/" + branch))
                    .map(ref -> ref.getObjectId().name());
        }
    }

    public List<Migration> migrations() throws IOException {
        TreeMap<String, Migration> byLabel = new TreeMap<>();
        matching(MIGRATION).forEach(file -> {
            Migration migration =
                    new Migration(file.match().group(1), file.match().group(2), lines(SQL, file.text()));
            byLabel.put(migration.label(), migration);
        });
        return List.copyOf(byLabel.values());
    }

    public List<Pending> pendingChanges() throws IOException {
        return matching(MODELS).stream()
                .flatMap(file -> lines(PENDING, file.text()).stream()
                        .map(change -> new Pending(file.match().group(1), change)))
                .toList();
    }

    private static List<String> lines(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1).strip())
                .toList();
    }

    private List<SourceFile> matching(Pattern pattern) throws IOException {
        List<SourceFile> found = new ArrayList<>();
        try (Repository opened = open(repository);
                RevWalk commits = new RevWalk(opened);
                TreeWalk walk = new TreeWalk(opened)) {
            walk.addTree(commits.parseCommit(ObjectId.fromString(commit)).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                Matcher match = pattern.matcher(walk.getPathString());
                if (match.matches()) {
                    byte[] content = opened.open(walk.getObjectId(0)).getBytes();
                    found.add(new SourceFile(match, new String(content, StandardCharsets.UTF_8)));
                }
            }
        }
        return found;
    }

    private record SourceFile(Matcher match, String text) {}
}
