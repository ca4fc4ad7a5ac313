package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Put;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFormatTest {

    private static final String YAML = """
            format: 1
            name: nightly
            source:
              name: prod
              role: PRODUCTION
              database: fake:prod
            target:
              name: stage
              role: STAGING
              database: fake:stage
            steps:
              - name: put
                step:
                  type: dev.restage.Put
                  target: fake:stage
                  value: x
              - name: again
                after:
                  - put
                step:
                  type: dev.restage.Put
                  target: fake:stage
                  value: y
                  tags: [a, b]
            """;

    private final ResetPlan plan = ResetPlan.builder(
                    "nightly",
                    Environment.production("prod")
                            .database("fake:prod")
                            .cache("fake:c1")
                            .cache("fake:c2")
                            .build(),
                    Environment.staging("stage")
                            .database("fake:stage")
                            .web("https://stage.example/")
                            .also("fake:w")
                            .build())
            .add("put", new Put(Address.of("fake:stage"), "on: \"#x\" é", List.of("1", "no")))
            .build();

    @Test
    void comesBackFromJsonAndYaml() {
        assertThat(ResetPlan.fromJson(plan.toJson())).isEqualTo(plan);
        assertThat(ResetPlan.fromYaml(plan.toYaml())).isEqualTo(plan);
    }

    @Test
    void keepsNameAndAccessOfCodeAndSaysHowToPutItBack() {
        Address read = Address.of("fake:r");
        ResetPlan written = plan.toBuilder()
                .add("greet", Step.of("say hello", context -> {}).writing(Address.of("fake:w")), "put")
                .add("look", Step.of("look", context -> {}).reading(read, read))
                .add("think", Step.of("think", context -> {}))
                .build();

        for (ResetPlan back : List.of(ResetPlan.fromJson(written.toJson()), ResetPlan.fromYaml(written.toYaml()))) {
            assertThat(back.steps()).extracting(PlanStep::name).containsExactly("put", "greet", "look", "think");
            assertThat(back.steps().get(1).step())
                    .isEqualTo(new CodeStep("say hello", Access.NONE.writing(Address.of("fake:w")), null));
            assertThat(back.steps().get(2).step().access()).isEqualTo(Access.reading(read));
            CodeStep code = (CodeStep) back.steps().get(3).step();
            assertThat(code.body()).isNull();
        }
    }

    @Test
    void readsWhatAPersonWrites() {
        ResetPlan read = ResetPlan.fromYaml(YAML);

        assertThat(read.source().caches()).isEmpty();
        assertThat(read.steps())
                .containsExactly(
                        new PlanStep("put", new Put("fake:stage", "x"), java.util.Set.of()),
                        new PlanStep(
                                "again",
                                new Put(Address.of("fake:stage"), "y", List.of("a", "b")),
                                java.util.Set.of("put")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    type: dev.restage.Put     | type: dev.restage.Putt    | dev.restage.Putt, which is not on the class path
                    type: dev.restage.Put     | type: Nonsense            | the step type Nonsense, which is not on the class path
                    type: dev.restage.Put     | type: java.lang.String    | java.lang.String, which is no step record
                    type: dev.restage.Put     | kind: dev.restage.Put     | the step put has no type
                    value: x                  | valeu: x                  | the step put: 'value' is missing
                    value: x                  | tags: []                  | the step put: 'value' is missing
                    target: fake:stage        | target: stage             | not an address: "stage"; write scheme:rest
                    value: x                  | target: fake:b            | Duplicate
                    name: nightly             | format: 1                 | Duplicate
                    name: nightly             | nam: nightly              | the plan cannot be read: 'name' is missing
                    tags: [a, b]              | labels: [a, b]            | the step again: "labels" is not known there; known are [tags, target, value]
                    name: again               | name: put                 | two steps are named put
                    after:                    | afer:                     | "afer" is not known there; known are [after, during, name, step]
                    role: PRODUCTION          | role: PROD                | not one of the values accepted for Enum class: [
                    database: fake:prod       | databse: fake:prod        | "databse" is not known there
                    database: fake:prod       | database: fake://u:pw@h/d | holds a password
                    name: prod                | web: https://prod.example | 'name' is missing
                    format: 1                 | format: 2                 | this plan has the format 2 and this library reads 1
                    format: 1                 | title: 1                  | write "format: 1" at the top
                    - put                     | [                         | the plan cannot be read: while parsing a flow
                    """)
    void saysInOneSentenceWhatIsWrong(String right, String wrong, String sentence) {
        assertThat(YAML).contains(right);

        assertThatThrownBy(() -> ResetPlan.fromYaml(YAML.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("pw");
    }

    @Test
    void doesNotLoseADependencyThatIsNotWrittenAsAList() {
        assertThatThrownBy(() -> ResetPlan.fromYaml(YAML.replace("after:\n      - put", "after: put")))
                .isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> ResetPlan.fromYaml(YAML.substring(0, YAML.indexOf("steps:")) + "steps: none\n"))
                .isInstanceOf(PlanException.class);
    }

    @ParameterizedTest
    @CsvSource({"''", "[]", "nonsense", "{", "42"})
    void refusesWhatIsNoPlan(String text) {
        assertThatThrownBy(() -> ResetPlan.fromJson(text)).isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> ResetPlan.fromYaml(text)).isInstanceOf(PlanException.class);
    }

    @Test
    void refusesToWriteAStepThatIsNoRecord() {
        Step anonymous = new Step() {
            @Override
            public Access access() {
                return Access.NONE;
            }

            @Override
            public Decision decide(StepContext context) {
                return Decision.NOTHING;
            }

            @Override
            public void execute(StepContext context, Decision decision) {
                context.warn("never");
            }
        };

        assertThatThrownBy(() -> plan.toBuilder().add("odd", anonymous).build().toJson())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("is no record");
    }

    @Test
    void annotationsThatAreTooOldAreNamedWithTheWayOut() {
        PlanFormat.refuseOldAnnotations(Stream.of("ANY", "POJO"));

        assertThatThrownBy(() -> PlanFormat.refuseOldAnnotations(Stream.of("ANY", "OBJECT")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("jackson-bom.version");
    }
}
