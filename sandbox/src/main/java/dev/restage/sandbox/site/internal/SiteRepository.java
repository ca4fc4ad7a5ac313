package dev.restage.sandbox.site.internal;

import dev.restage.sandbox.site.SiteBranches;
import dev.restage.sandbox.site.internal.content.SiteCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Writes the history of the site's code. Dates are counted back from now, because staleness is a matter of age. */
final class SiteRepository {

    static final SiteBranches BRANCHES = new SiteBranches(
            "main",
            "staging",
            List.of("feature/search-filters", "feature/new-footer"),
            "feature/squashed",
            "feature/stale",
            "feature/conflict",
            "feature/dark-mode");

    private static final String AUTHOR = "Site Developer";
    private static final String ADDRESS = "developer@agency.example";

    private final Repository repository;
    private final ObjectInserter inserter;
    private final Instant now;

    private SiteRepository(Repository repository, ObjectInserter inserter, Instant now) {
        this.repository = repository;
        this.inserter = inserter;
        this.now = now;
    }

    static void write(Path bare, SiteBranches branches, Instant now) {
        try (Repository repository =
                        new FileRepositoryBuilder().setGitDir(bare.toFile()).build();
                ObjectInserter inserter = repository.newObjectInserter()) {
            new SiteRepository(repository, inserter, now).write(branches);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the history of " + bare, e);
        }
    }

    private void write(SiteBranches branches) throws IOException {
        Commit first = commit("Start the site", 140, Map.of(), SiteCode.FIRST);
        Commit base = commit("Give topics attributes", 60, first.files, SiteCode.TOPIC_ATTRIBUTES, first);

        Commit campaign = commit("Add the spring campaign", 130, first.files, SiteCode.CAMPAIGN, first);
        Commit filters = commit("Filter the search by topic", 6, base.files, SiteCode.SEARCH_FILTERS, base);
        Commit footer = commit("Link the contact page in the footer", 4, base.files, SiteCode.NEW_FOOTER, base);
        Commit cards = commit("Add cards", 14, base.files, SiteCode.CARDS, base);
        Commit cardStyle = commit("Style the cards", 13, cards.files, SiteCode.CARDS_STYLE, cards);
        Commit colour = commit("Use the brand colour", 9, base.files, SiteCode.BRAND_COLOUR, base);
        Commit dark = commit("Add a dark mode", 2, base.files, SiteCode.DARK_MODE, base);

        Commit staging = merge(branches.stale(), 59, base, campaign, SiteCode.CAMPAIGN);
        Map<String, String> bothCards = new TreeMap<>(SiteCode.CARDS);
        bothCards.putAll(SiteCode.CARDS_STYLE);
        staging = merge(branches.squashed(), 12, staging, cardStyle, bothCards);
        staging = merge(branches.conflicting(), 8, staging, colour, SiteCode.BRAND_COLOUR);
        staging = merge(branches.open().get(0), 6, staging, filters, SiteCode.SEARCH_FILTERS);
        staging = merge(branches.open().get(1), 4, staging, footer, SiteCode.NEW_FOOTER);

        Commit main = commit("Add cards to the home page (#41)", 7, base.files, bothCards, base);
        main = commit("Caption the hero", 5, main.files, SiteCode.HERO_CAPTION, main);
        main = commit("Soften the text colour", 3, main.files, SiteCode.MAIN_COLOUR, main);

        inserter.flush();
        point(branches.main(), main);
        point(branches.staging(), staging);
        point(branches.open().get(0), filters);
        point(branches.open().get(1), footer);
        point(branches.squashed(), cardStyle);
        point(branches.stale(), campaign);
        point(branches.conflicting(), colour);
        point(branches.unmerged(), dark);
    }

    private Commit merge(String branch, int daysAgo, Commit into, Commit merged, Map<String, String> changes)
            throws IOException {
        return commit("Merge branch '%s' into staging".formatted(branch), daysAgo, into.files, changes, into, merged);
    }

    private Commit commit(
            String message, int daysAgo, Map<String, String> before, Map<String, String> changes, Commit... parents)
            throws IOException {
        Map<String, String> files = new TreeMap<>(before);
        files.putAll(changes);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree(files));
        commit.setParentIds(List.of(parents).stream().map(Commit::id).toList());
        PersonIdent author = new PersonIdent(AUTHOR, ADDRESS, now.minus(Duration.ofDays(daysAgo)), ZoneOffset.UTC);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage(message + "\n");
        return new Commit(inserter.insert(commit), files);
    }

    private ObjectId tree(Map<String, String> files) throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            DirCacheEntry entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(
                    inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
            builder.add(entry);
        }
        builder.finish();
        return index.writeTree(inserter);
    }

    private void point(String branch, Commit commit) throws IOException {
        RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
        update.setNewObjectId(commit.id);
        RefUpdate.Result result = update.update();
        if (result != RefUpdate.Result.NEW) {
            throw new IOException("branch %s: %s".formatted(branch, result));
        }
    }

    private record Commit(ObjectId id, Map<String, String> files) {}
}
