package dev.restage;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.restage.engine.Resources;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import dev.restage.provider.media.BulkCopier;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rooms of core: who may use whom, and what stays inside. */
class ArchitectureTest {

    /** Words of vendors, protocols, libraries and frameworks: what core is for has general names. */
    private static final Pattern FOREIGN = Pattern.compile(
            "heroku|wagtail|django|cloudflare|github|\\bs3\\b|aws|redis|slack|postgres|https?\\b|lettuce|okhttp|jdbc|\\bgit\\b|jgit",
            Pattern.CASE_INSENSITIVE);

    /** Lines that need such a word, and why. */
    private static final Map<String, String> NEEDED = Map.of(
            "value/TextMask.java: \"https\"", "a masked link needs a scheme where the value has none",
            "Suggestions.java: https?://", "links are known by it",
            "PersonalNumbers.java: |github|", "a column's name that says that it holds somebody's id elsewhere",
            "head.mustache: http-equiv=", "an attribute of HTML");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.restage");

    @ParameterizedTest
    @CsvSource({
        "provider, masking",
        "plan, provider masking",
        "masking, ''",
        "masking.value, masking.text",
        "masking.text, ''",
        "run, plan provider",
        "store, run provider",
        "engine, store run plan provider masking",
        "report, run plan masking provider",
        "notify, provider"
    })
    void aRoomUsesOnlyTheRoomsThatItMay(String room, String others) {
        String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(others.split(" ", -1)))
                .filter(name -> !name.isEmpty())
                .map(name -> "dev.restage." + name + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("dev.restage." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.restage..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(false)
                .check(CORE);
    }

    @Test
    void everyPackageIsARoom() {
        classes()
                .should()
                .resideInAnyPackage(
                        "dev.restage",
                        "dev.restage.provider",
                        "dev.restage.provider.app",
                        "dev.restage.provider.code",
                        "dev.restage.provider.database",
                        "dev.restage.provider.media",
                        "dev.restage.plan",
                        "dev.restage.run",
                        "dev.restage.store",
                        "dev.restage.masking",
                        "dev.restage.masking.text",
                        "dev.restage.masking.value",
                        "dev.restage.engine",
                        "dev.restage.report",
                        "dev.restage.notify")
                .check(CORE);
        classes()
                .that()
                .resideInAPackage("dev.restage")
                .should(beWithin(Restage.class, Run.class))
                .check(CORE);
    }

    @Test
    void packagesDependOnEachOtherInOneDirectionOnly() {
        slices().matching("dev.restage.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void onlyTheFrontDoorModulesAndTheOpenerOfResourcesKnowGuice() {
        noClasses()
                .that(not(within(Restage.class))
                        .and(not(type(ProviderModule.class)))
                        .and(not(type(Resources.class)))
                        .and(not(simpleNameEndingWith("Module"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
                .check(CORE);
    }

    @Test
    void jacksonStaysInsidePackagePrivateClasses() {
        // a writer of JSON lines keeps Jackson out of everybody else
        noClasses()
                .that()
                .arePublic()
                .and()
                .doNotHaveFullyQualifiedName("dev.restage.report.JsonLines")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..")
                .check(CORE);
    }

    /** The engine guards what has a method that is marked as writing; a connection is the provider's to guard. */
    @Test
    void whatARoleHandsOutWritesNothingOrIsGuarded() {
        Set<String> handedOut = CORE.stream()
                .filter(type -> type.isInterface() && type.isAssignableTo(Resource.class))
                .flatMap(role -> role.getMethods().stream())
                .flatMap(method -> method.getReturnType().getAllInvolvedRawTypes().stream())
                .filter(JavaClass::isInterface)
                .map(JavaClass::getName)
                .filter(name -> !name.startsWith("java.util."))
                .map(name -> name.replaceFirst(".*\\.", ""))
                .collect(Collectors.toSet());

        assertThat(handedOut)
                .containsExactlyInAnyOrder(
                        "BulkCopier", "Connection", "KeyCheck", "MediaCosts", "MediaFilter", "Register");
        assertThat(Arrays.stream(BulkCopier.class.getMethods())
                        .filter(method -> method.isAnnotationPresent(Writes.class))
                        .map(Method::getName))
                .containsExactly("copy");
    }

    @Test
    void signaturesShowNoLibrary() {
        classes()
                .that()
                .arePublic()
                .and(not(type(Restage.class)
                        .or(type(Resources.class))
                        .or(type(ProviderModule.class))
                        .or(simpleNameEndingWith("Module"))))
                .should(showOnlyTheJdkAndOurOwn())
                .check(CORE);
    }

    @Test
    void nothingReadsTheEnvironmentButVariablesAndTheTerminal() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.restage.provider.Variables")
                .and()
                .doNotHaveFullyQualifiedName("dev.restage.report.TerminalView")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "System.getenv is called",
                        call -> call.getTargetOwner().isEquivalentTo(System.class)
                                && call.getName().equals("getenv")))
                .check(CORE);
    }

    @Test
    void sourcesSpeakOfNoVendorProtocolLibraryOrFramework() throws IOException {
        List<String> spoken = new ArrayList<>();
        Set<String> unneeded = new HashSet<>(NEEDED.keySet());
        for (Path file : filesBelow(Path.of("src", "main"))) {
            for (String line : Files.readAllLines(file)) {
                if (FOREIGN.matcher(line).find() && !unneeded.removeIf(needed -> isThere(needed, file, line))) {
                    spoken.add(file + ": " + line.strip());
                }
            }
        }

        assertThat(spoken).isEmpty();
        assertThat(unneeded).as("needed no more").isEmpty();
    }

    private static boolean isThere(String needed, Path file, String line) {
        String[] parts = needed.split(": ", 2);
        return file.endsWith(Path.of(parts[0])) && line.contains(parts[1]);
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static DescribedPredicate<JavaClass> within(Class<?> outer) {
        return DescribedPredicate.describe(
                "within " + outer.getSimpleName(),
                type -> type.getName().equals(outer.getName()) || type.getName().startsWith(outer.getName() + "$"));
    }

    private static ArchCondition<JavaClass> beWithin(Class<?>... outer) {
        return ArchCondition.from(DescribedPredicate.describe(
                "be within " + Arrays.toString(outer),
                type -> type.getSimpleName().equals("package-info")
                        || Arrays.stream(outer).anyMatch(one -> within(one).test(type))));
    }

    private static ArchCondition<JavaClass> showOnlyTheJdkAndOurOwn() {
        return new ArchCondition<>("show only types of the JDK and of Restage") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMembers().stream()
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                                || member.getModifiers().contains(JavaModifier.PROTECTED))
                        .forEach(member -> shown(member)
                                .filter(seen -> !seen.getBaseComponentType().isPrimitive())
                                .filter(seen -> !seen.getBaseComponentType()
                                        .getPackageName()
                                        .matches("(java|javax|dev\\.restage)(\\..*)?"))
                                .forEach(seen -> events.add(SimpleConditionEvent.violated(
                                        member, member.getFullName() + " shows " + seen.getName()))));
            }
        };
    }

    private static Stream<JavaClass> shown(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes().stream();
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.concat(
                unit.getReturnType().getAllInvolvedRawTypes().stream(),
                unit.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()));
    }
}
