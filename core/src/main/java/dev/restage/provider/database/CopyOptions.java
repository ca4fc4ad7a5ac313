package dev.restage.provider.database;

import dev.restage.masking.MaskingPolicy;
import dev.restage.provider.Secret;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a database is copied.
 *
 * @param policy what is masked on the way, and which tables are copied without their rows
 * @param key makes masked values the same in every table and run; whoever has it can test guesses of a masked value
 * @param extras what is carried over besides data and schema; nothing of it by default
 * @param withoutRows tables that are copied without their rows besides the policy's: names or {@code schema.name}, with
 *     {@code *} for any text
 * @param without objects that stay behind, named as messages name them: {@code EXTENSION pg_cron}, {@code VIEW public.report},
 *     with {@code *} for any text; what lies on one, such as an index or a comment, stays behind with it, and so does a foreign
 *     key that refers to it
 * @param where conditions on rows by table ({@code name} or {@code schema.name}), as SQL of the source; rows that refer
 *     to rows left behind stay behind too
 * @param storage how large values are stored in the target
 * @param workers how many connections to each side at most; 0 for as many as both servers can spare
 * @param proof what is checked in the target before it is given out
 * @param orphans what becomes of rows that refer by a foreign key to rows that are not there
 * @param before a snapshot that the target has of its present state; where it is replaced in place, no other is taken.
 *     Null for one that the copy takes itself
 * @param remembered what is known of the target's present state besides, by name; where it is replaced in place, the target
 *     says it until it is complete ({@link Incomplete})
 */
public record CopyOptions(
        MaskingPolicy policy,
        Secret key,
        Set<Extra> extras,
        List<String> withoutRows,
        List<String> without,
        Map<String, String> where,
        Storage storage,
        int workers,
        Proof proof,
        Orphans orphans,
        @Nullable SnapshotId before,
        Map<String, String> remembered) {

    /** What belongs to a server rather than to the data, and stays behind unless asked for. */
    public enum Extra {
        /** Who owns what. The roles must exist in the target. */
        OWNERS,
        /** Who may do what, with default privileges. The roles must exist in the target. */
        PRIVILEGES,
        /** Comments on extensions, which only their owner may set. */
        EXTENSION_COMMENTS,
        /** Publications for logical replication. */
        PUBLICATIONS,
        /** Labels of security providers, which the target must have. */
        SECURITY_LABELS,
        /** Settings of the database and of roles within it. */
        DATABASE_SETTINGS
    }

    /** How large values are stored. */
    public enum Storage {
        /** Compressed by the fastest method that the target has. */
        FAST,
        /** As columns and server settings say. */
        AS_SOURCE
    }

    /** What is checked. */
    public enum Proof {
        /** Every row that was sent is there unchanged, and no masked value can be found anywhere. */
        FULL,
        /** The number of rows of each table. */
        COUNTS
    }

    /** What becomes of rows that refer by a foreign key to rows that are not there, though the key is valid in the source. */
    public enum Orphans {
        /** They are counted in the preview, and the copy is refused. */
        REFUSE,
        /** They are copied, and their foreign key is NOT VALID in the target, with a warning. */
        KEEP
    }

    /**
     * Copies the collections.
     *
     * @param policy what is masked on the way
     * @param key makes masked values the same in every table and run
     * @param extras what is carried over besides data and schema
     * @param withoutRows tables that are copied without their rows besides the policy's
     * @param without objects that stay behind
     * @param where conditions on rows by table
     * @param storage how large values are stored in the target
     * @param workers how many connections to each side at most; 0 for as many as both servers can spare
     * @param proof what is checked in the target
     * @param orphans what becomes of rows that refer to rows that are not there
     * @param before a snapshot that the target has of its present state
     * @param remembered what is known of that state besides, by name
     */
    public CopyOptions {
        extras = extras.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(extras));
        withoutRows = List.copyOf(withoutRows);
        without = List.copyOf(without);
        where = Collections.unmodifiableMap(new TreeMap<>(where));
        remembered = Collections.unmodifiableMap(new TreeMap<>(remembered));
        if (workers < 0) {
            throw new IllegalArgumentException("workers is " + workers + "; write 0 for as many as can be spared");
        }
    }

    /**
     * Copies everything with its proof, and nothing that belongs to the server.
     *
     * @param policy what is masked on the way
     * @param key makes masked values the same in every table and run
     */
    public CopyOptions(MaskingPolicy policy, Secret key) {
        this(
                policy,
                key,
                Set.of(),
                List.of(),
                List.of(),
                Map.of(),
                Storage.FAST,
                0,
                Proof.FULL,
                Orphans.REFUSE,
                null,
                Map.of());
    }

    /**
     * {@return the same, from a snapshot of the target's present state}
     *
     * @param snapshot the snapshot, which the target has; null if there is none
     */
    public CopyOptions before(@Nullable SnapshotId snapshot) {
        return new CopyOptions(
                policy,
                key,
                extras,
                withoutRows,
                without,
                where,
                storage,
                workers,
                proof,
                orphans,
                snapshot,
                remembered);
    }

    /**
     * {@return the same, without some objects}
     *
     * @param objects their names as messages name them, with {@code *} for any text
     */
    public CopyOptions without(List<String> objects) {
        return new CopyOptions(
                policy, key, extras, withoutRows, objects, where, storage, workers, proof, orphans, before, remembered);
    }

    /**
     * {@return the same, with another treatment of orphans}
     *
     * @param treatment what becomes of rows that refer to rows that are not there
     */
    public CopyOptions orphans(Orphans treatment) {
        return new CopyOptions(
                policy,
                key,
                extras,
                withoutRows,
                without,
                where,
                storage,
                workers,
                proof,
                treatment,
                before,
                remembered);
    }

    /**
     * {@return the same, with what is known of the target's present state}
     *
     * @param facts values by names
     */
    public CopyOptions remembering(Map<String, String> facts) {
        return new CopyOptions(
                policy, key, extras, withoutRows, without, where, storage, workers, proof, orphans, before, facts);
    }
}
