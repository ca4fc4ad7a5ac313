package dev.restage.step.media;

import dev.restage.media.FilterReport;
import dev.restage.media.MediaDifference.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people must hear of files at the target that nobody has cleaned. */
final class UncleanedFiles {

    /** So many keys in a warning; the facts have more. */
    private static final int FEW = 20;

    private UncleanedFiles() {}

    /** The keys at the target, one a line, each with the reason; of each extension the first hundred. */
    static String names(FilterReport report) {
        return report.uncleaned().entrySet().stream()
                .flatMap(entry -> lines(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> lines(String extension, Part part) {
        long more = part.objects() - part.samples().size();
        return more == 0
                ? part.samples().stream()
                : Stream.concat(
                        part.samples().stream(),
                        Stream.of("and %d more of the extension %s".formatted(more, extension)));
    }

    static List<String> warnings(FilterReport report) {
        List<String> warnings = new ArrayList<>();
        if (report.uncleanedObjects() > 0) {
            warnings.add(
                    "%d objects lie at the target as they are at the source, wholly or in part, as they are of no kind that can be cleaned or was looked into: %s; the first of each: %s"
                            .formatted(
                                    report.uncleanedObjects(),
                                    report.uncleaned().entrySet().stream()
                                            .map(one -> one.getValue().objects() + " " + one.getKey())
                                            .collect(Collectors.joining(", ")),
                                    few(report.uncleaned())));
        }
        if (report.placeholders().objects() > 0) {
            warnings.add("%d objects could not be cleaned and have placeholders: %s"
                    .formatted(report.placeholders().objects(), few(report.placeholders())));
        }
        if (report.left().objects() > 0) {
            warnings.add(
                    "%d objects could not be cleaned and were not copied, but the target has what was copied there before, uncleaned: %s; delete it there"
                            .formatted(report.left().objects(), few(report.left())));
        }
        return warnings;
    }

    /** Some of each extension, so that many of one hide none of the others. */
    private static String few(Map<String, Part> parts) {
        int each = Math.max(1, FEW / Math.max(1, parts.size()));
        return parts.values().stream()
                .flatMap(part -> part.samples().stream().limit(each))
                .limit(FEW)
                .collect(Collectors.joining("; "));
    }

    private static String few(Part part) {
        return part.samples().stream().limit(FEW).collect(Collectors.joining("; "))
                + (part.objects() > FEW ? "; and more" : "");
    }
}
