package dev.restage.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house, as far as its modules do not say it: what a provider uses and shows, how names and rooms look. */
class ArchitectureTest {

    private static final int MOST_LINES = 400;

    /** With the package-info. */
    private static final int MOST_FILES = 25;

    private static final String[] PROVIDERS = {
        "dev.restage.postgres..",
        "dev.restage.redis..",
        "dev.restage.aws..",
        "dev.restage.heroku..",
        "dev.restage.cloudflare..",
        "dev.restage.git..",
        "dev.restage.github..",
        "dev.restage.http..",
        "dev.restage.files.."
    };

    private static final String[] PROTOCOLS = {
        "dev.restage.git",
        "dev.restage.http",
        "dev.restage.postgres",
        "dev.restage.postgres.connection",
        "dev.restage.redis"
    };

    private static final String[] VENDORS = {
        "okhttp3..",
        "kotlin..",
        "org.postgresql..",
        "io.lettuce..",
        "software.amazon..",
        "org.eclipse.jgit..",
        "com.heroku..",
        "com.cloudflare..",
        "org.kohsuke..",
        "org.apache.pdfbox..",
        "org.apache.poi..",
        "org.apache.tika..",
        "org.apache.commons.imaging..",
        "ar.com.hjg.."
    };

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.restage");

    @ParameterizedTest
    @CsvSource({
        "postgres, org.postgresql, ''",
        "redis, io.lettuce, ''",
        "aws, software.amazon, ''",
        "heroku, '', http postgres postgres.connection redis",
        "cloudflare, '', http",
        "git, org.eclipse.jgit, ''",
        "github, '', git http",
        "http, okhttp3 kotlin, ''",
        "files, org.apache.pdfbox org.apache.poi org.apache.tika org.apache.commons.imaging ar.com.hjg, ''"
    })
    void aProviderUsesCoreAndItsVendorOnly(String provider, String vendor, String builtOn) {
        String own = "dev.restage." + provider + "..";
        String[] ours = Stream.of(
                        Stream.of(own),
                        Stream.of("dev.restage.provider..", "dev.restage.masking.."),
                        words(builtOn).map(name -> "dev.restage." + name))
                .flatMap(all -> all)
                .toArray(String[]::new);
        String[] itsVendor = words(vendor).map(name -> name + "..").toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.restage..").and(not(resideInAnyPackage(ours))))
                .orShould()
                .dependOnClassesThat(resideInAnyPackage(VENDORS).and(not(resideInAnyPackage(itsVendor))))
                .allowEmptyShould(false)
                .check(ALL);
    }

    @Test
    void packagesDependOnEachOtherInOneDirectionOnly() {
        slices().matching("dev.restage.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void whatIsInternalToTheSandboxStaysThere() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.restage.sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.restage.sandbox..internal..")
                .check(ALL);
    }

    @Test
    void providersShowTheirModuleAndTheirConfigOnly() {
        classes()
                .that()
                .resideInAnyPackage(PROVIDERS)
                .and()
                .resideOutsideOfPackage("..internal..")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and(not(builtUponByAnother()))
                .should()
                .haveSimpleNameEndingWith("Module")
                .orShould()
                .haveSimpleNameEndingWith("Config")
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .should(
                        ArchCondition.from(
                                DescribedPredicate.describe(
                                        "be named for what they are",
                                        type -> !type.getSimpleName()
                                                .matches(
                                                        ".*(Utils?|Helpers?|Manager|Handler|Processor|Impl)|(Base|Abstract|Default)[A-Z].*|.*Base"))))
                .check(ALL);
    }

    @Test
    void noClassIsTooLong() throws IOException {
        assertThat(sources())
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MOST_LINES));
    }

    /** More hide a room of their own, with an idea and a name. */
    @Test
    void noPackageHasTooManyFiles() throws IOException {
        Map<Path, Long> files =
                sources().stream().collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));

        assertThat(files)
                .isNotEmpty()
                .allSatisfy((folder, count) ->
                        assertThat(count).as(folder.toString()).isLessThanOrEqualTo(MOST_FILES));
    }

    /** What is compiled of all modules. */
    private static List<Path> sources() throws IOException {
        Path root = Path.of("..").toRealPath();
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(module -> module.resolve(Path.of("src", "main", "java")))
                    .filter(Files::isDirectory)
                    .flatMap(ArchitectureTest::javaFiles)
                    .toList();
        }
    }

    private static DescribedPredicate<JavaClass> builtUponByAnother() {
        return DescribedPredicate.describe(
                "built upon by the provider of a vendor",
                type -> resideInAnyPackage(PROTOCOLS).test(type)
                        && type.getDirectDependenciesToSelf().stream()
                                .anyMatch(use -> resideInAnyPackage(
                                                "dev.restage.heroku", "dev.restage.github", "dev.restage.cloudflare")
                                        .test(use.getOriginClass())));
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty());
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
