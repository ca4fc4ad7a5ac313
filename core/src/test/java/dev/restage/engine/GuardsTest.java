package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Cell;
import dev.restage.Put;
import dev.restage.Restage;
import dev.restage.World;
import dev.restage.notify.NotifyModule;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.CodeStep;
import dev.restage.plan.Decision;
import dev.restage.plan.Environment;
import dev.restage.plan.Holds;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.Lockable;
import dev.restage.provider.Message;
import dev.restage.provider.Notifier;
import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.run.RunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuardsTest {

    private static final Address SOURCE = Address.of("fake:prod/db");
    private static final Address TARGET = Address.of("fake:stage/db");

    private final World world = new World();

    @TempDir
    private Path home;

    @AutoClose
    private Restage restage = Restage.builder().build();

    @BeforeEach
    void open() {
        restage.close();
        restage = Restage.builder()
                .module(world)
                .variables(Map.of("RESTAGE_HOME", home.toString()))
                .build();
    }

    @Test
    void previewTellsTheChangesAndMakesNone() {
        PlanPreview preview = restage.preview(
                plan().add("put", new Put("fake:stage/db", "new")).build());

        assertThat(preview.toString()).contains("put", "fake:stage/db will hold new");
        assertThat(preview.identities()).containsEntry("fake:stage/db", "cell stage/db");
        assertThat(world.writes).isEmpty();
        assertThat(world.locks).isEmpty();
        assertThat(home.resolve("runs")).doesNotExist();
    }

    @Test
    void refusesAStepThatWritesInItsPreviewOrWhileItIsAskedWhetherItHolds() {
        assertThatThrownBy(() -> restage.preview(
                        plan().add("eager", new Eager(TARGET, "preview")).build()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("the step eager may not change fake:stage/db while it is only asked");
        ResetPlan holds = plan().add("eager", new Eager(TARGET, "holds")).build();
        assertThatThrownBy(() -> run(holds)).hasMessageContaining("while it is only asked");
        assertThat(world.writes).isEmpty();
    }

    @Test
    void refusesToWriteWhatIsDeclaredForReadingOnly() {
        assertThatThrownBy(() ->
                        run(plan().add("sly", writing(SOURCE).reading(SOURCE)).build()))
                .isInstanceOf(RunException.class)
                .hasCauseInstanceOf(GuardException.class)
                .hasMessageContaining("has declared only to read fake:prod/db, so it may not write");
        assertThat(world.writes).isEmpty();
    }

    @Test
    void guardsWhatAResourceHandsOutAsTheResourceItself() {
        Map<String, Consumer<Cell>> attempts = Map.of(
                "pen", cell -> cell.pen().orElseThrow().draw("x"),
                "another pen", cell -> cell.pen().orElseThrow().other().other().draw("x"),
                "the lock", cell -> ((Lockable) cell).register().putIfAbsent("sly"));
        attempts.forEach((name, attempt) -> {
            CodeStep sly = Step.of(name, context -> attempt.accept(context.use(SOURCE, Cell.class)))
                    .reading(SOURCE);
            assertThatThrownBy(() -> run(plan().add("sly", sly).build()))
                    .as(name)
                    .hasCauseInstanceOf(GuardException.class)
                    .hasMessageContaining("has declared only to read fake:prod/db, so it may not write");
        });
        assertThat(world.writes).isEmpty();
        assertThat(world.locks).isEmpty();
    }

    @Test
    void guardsWhatIsHandedOutInAPreviewAndLetsItWriteInTheRun() {
        assertThatThrownBy(() -> restage.preview(
                        plan().add("draw", new Draw(TARGET, "preview")).build()))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("while it is only asked what it would do (draw was called)");
        assertThat(world.writes).isEmpty();

        run(plan().add("draw", new Draw(TARGET, "run")).build());

        assertThat(world.writes).containsExactly("stage/db=blue");
    }

    /** Asks a pen for its ink, and draws with it. */
    record Draw(Address target, String when) implements Step {

        @Override
        public Access access() {
            return Access.NONE.writing(target);
        }

        @Override
        public Decision decide(StepContext context) {
            Cell.Pen pen = context.use(target, Cell.class).pen().orElseThrow();
            if (when.equals("preview")) {
                pen.draw("too early");
            }
            return Decision.of(new Change(target, "hold " + pen.ink()));
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            Cell.Pen pen = context.use(target, Cell.class).pen().orElseThrow();
            pen.draw(pen.ink());
        }

        @Override
        public Holds holds(StepContext context, Decision decision) {
            return Holds.when(context.use(target, Cell.class).read().equals("blue"));
        }
    }

    @Test
    void refusesAnAddressThatIsNotDeclared() {
        assertThatThrownBy(() -> run(plan().add("sly", writing(TARGET)).build()))
                .hasMessageContaining("the step sly asks for fake:stage/db, which its access() does not declare");
    }

    @Test
    void handsASourceToItsOwnKindWithoutItsGuard() {
        world.values.put("prod/db", "data");

        run(plan().add(
                        "copy",
                        Step.of(
                                        "copy",
                                        context -> context.use(TARGET, Cell.class)
                                                .copyFrom(context.use(SOURCE, Cell.class)))
                                .reading(SOURCE)
                                .writing(TARGET))
                .build());

        assertThat(world.values).containsEntry("stage/db", "data copied within");
    }

    @Test
    void aStepCannotCloseAResourceThatOthersUse() {
        run(plan().add(
                        "close",
                        Step.of("close", context -> {
                                    context.use(TARGET, Cell.class).close();
                                    context.use(SOURCE, Cell.class).close();
                                })
                                .reading(SOURCE)
                                .writing(TARGET))
                .build());

        assertThat(world.events).noneMatch(event -> event.startsWith("closed"));
        restage.close();
        restage.close();
        assertThat(world.events).containsOnlyOnce("closed prod/db", "closed stage/db");
    }

    @Test
    void refusesATargetThatIsReallyProductionEvenIfNoStepUsesThatAddress() {
        assertThatThrownBy(() -> restage.preview(mistaken("fake:alias?of=prod/db")))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("the step put would write to fake:alias?of=prod/db, which is the same thing as"
                        + " fake:prod/db of prod (cell prod/db)");
        assertThat(world.locks).isEmpty();
    }

    @Test
    void refusesATargetThatHoldsOrIsHeldByAThingOfProduction() {
        assertThatThrownBy(() -> restage.preview(mistaken("fake:prod"))).isInstanceOf(GuardException.class);
        assertThatThrownBy(() -> restage.preview(mistaken("fake:prod/db/table")))
                .isInstanceOf(GuardException.class);
        assertThat(restage.preview(mistaken("fake:prod/db2")).steps()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"fake:prod/app", "fake:nobody", "fake:stage", "fake:stage/db/table", "fake:stage/db?of=prod/db"})
    void refusesToBuildAPlanThatWritesWhatTheTargetDoesNotList(String address) {
        assertThatThrownBy(() -> plan().add("oops", new Put(address, "x")).build())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("the step oops would write to " + address + ", which stage does not list")
                .hasMessageContaining("add .also(\"" + address + "\") to stage");
    }

    @Test
    void refusesToBuildAPlanWhoseCodeWritesElsewhereOrThatIsReadFromAFile() {
        CodeStep code = writing(SOURCE).reading(SOURCE).writing(Address.of("fake:c"));
        assertThatThrownBy(() -> plan().add("oops", code).build()).hasMessageContaining("which stage does not list");
        String json = plan().add("put", new Put("fake:a", "x")).build().toJson();

        assertThatThrownBy(() -> ResetPlan.fromJson(json.replace("\"fake:a\", \"fake:b\"", "\"fake:b\"")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("would write to fake:a, which stage does not list");
    }

    @Test
    void refusesATargetThatBelongsToAThingOfProductionAndIsNotListed() {
        world.companions.put("prod/db", Set.of(Address.of("fake:app")));

        assertThatThrownBy(() -> restage.preview(mistaken("fake:app")))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("the step put would write to fake:app, which is the same thing as fake:app,"
                        + " which belongs to fake:prod/db of prod (cell app)");
        assertThatThrownBy(() -> restage.preview(mistaken("fake:x?of=app/worker")))
                .isInstanceOf(GuardException.class);
        assertThat(world.locks).isEmpty();
    }

    @Test
    void takesAPartOfWhatProductionSharesIfProductionListsItsOwn() {
        world.companions.put("prod/db", Set.of(Address.of("fake:redis")));
        assertThatThrownBy(() -> restage.preview(mistaken("fake:redis/stage"))).isInstanceOf(GuardException.class);
        Environment production = Environment.production("prod")
                .database("fake:prod/db")
                .cache("fake:redis/prod")
                .build();
        Environment staging =
                Environment.staging("stage").cache("fake:redis/stage").build();
        Environment wrong = Environment.staging("stage").cache("fake:redis").build();

        assertThat(restage.preview(ResetPlan.builder("test", production, staging)
                                .add("put", new Put("fake:redis/stage", "new"))
                                .build())
                        .steps())
                .hasSize(1);
        assertThatThrownBy(() -> restage.preview(ResetPlan.builder("test", production, wrong)
                        .add("put", new Put("fake:redis", "new"))
                        .build()))
                .isInstanceOf(GuardException.class);
    }

    @Test
    void sendsMessagesToNotifiersThatNoEnvironmentListsAndDoesNothingElseWithThem() throws IOException {
        Path file = home.resolve("messages.md");
        Address channel = Address.of("message-file:" + file);
        restage.close();
        restage = Restage.builder()
                .module(world)
                .module(new NotifyModule())
                .variables(Map.of("RESTAGE_HOME", home.toString()))
                .build();

        CodeStep tell = Step.of(
                        "tell",
                        context -> context.use(channel, Notifier.class).send(new Message("Done", "All is well")))
                .telling(channel);
        run(plan().add("tell", tell).build());

        assertThat(file).content().contains("All is well");
        CodeStep sly =
                Step.of("sly", context -> context.use(channel, Resource.class)).telling(channel);
        assertThatThrownBy(() -> run(plan().add("sly", sly).build()))
                .hasMessageContaining(
                        "has declared to send messages to " + channel + ", so it may use it as a Notifier only");
        CodeStep cell =
                Step.of("cell", context -> context.use(TARGET, Notifier.class)).telling(TARGET);
        assertThatThrownBy(() -> run(plan().add("cell", cell).build()))
                .hasMessageContaining("cannot be used as a Notifier");
    }

    @Test
    void refusesAStepThatReadsAndWritesOneThingByTwoAddresses() {
        ResetPlan plan = plan().add(
                        "copy",
                        Step.of("copy", context -> {})
                                .reading(Address.of("fake:alias?of=stage/db"))
                                .writing(TARGET))
                .build();

        assertThatThrownBy(() -> restage.preview(plan))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("would read fake:alias?of=stage/db and write fake:stage/db, which are the same");
    }

    @Test
    void refusesToRunAPreviewWhenItsBasisHasMovedAndNamesTheDifference() {
        PlanPreview preview = restage.preview(
                plan().add("put", new Put("fake:stage/db", "new")).build());
        world.values.put("stage/db", "touched");

        assertThatThrownBy(() -> restage.run(preview))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("put: value was empty and is touched");
        assertThat(world.writes).isEmpty();
        assertThat(world.locks).isEmpty();
        assertThat(home.resolve("runs")).doesNotExist();
    }

    @Test
    void refusesToRunAPreviewOfAnotherPlan() {
        PlanPreview preview = restage.preview(
                plan().add("put", new Put("fake:stage/db", "new")).build());
        PlanPreview forged = new PlanPreview(
                plan().add("put", new Put("fake:stage/db", "other")).build(),
                preview.steps(),
                preview.identities(),
                preview.digest());

        assertThatThrownBy(() -> restage.run(forged))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("the plan is another one");
    }

    @Test
    void doesNotEvenLockATargetThatHasBecomeProduction() {
        PlanPreview preview = restage.preview(
                plan().add("put", new Put("fake:stage/db", "new")).build());
        world.moved.put("stage/db", "prod/db");

        assertThatThrownBy(() -> restage.run(preview)).isInstanceOf(GuardException.class);
        assertThat(world.events).isEmpty();
    }

    @Test
    void doesNotResumeOrUndoOntoATargetThatHasBecomeProduction() {
        String runId = run(plan().add("put", new Put("fake:stage/db", "new")).build());
        world.moved.put("stage/db", "prod/db");

        assertThatThrownBy(() -> restage.undo(runId)).isInstanceOf(GuardException.class);
        assertThatThrownBy(() -> restage.resume(runId)).isInstanceOf(GuardException.class);
        assertThat(world.writes).containsExactly("stage/db=new");
    }

    @Test
    void holdsLocksOnAllThatIsWrittenAndReleasesThem() {
        run(plan().add(
                        "a",
                        Step.of("look", context -> world.events.add("owner " + world.locks.get("a")))
                                .writing(Address.of("fake:b"), Address.of("fake:a")))
                .build());

        assertThat(world.events.subList(0, 2)).containsExactly("locked a", "locked b");
        assertThat(world.events.get(2))
                .matches("owner .*\"run\":\"\\d{8}-\\d{6}-\\d{3}-[0-9a-z]{13}\",\"owner\":\".+@.+");
        assertThat(world.events.subList(3, 5)).containsExactly("released b", "released a");
    }

    @Test
    void refusesToRunWhileAnotherRunHoldsALockAndReleasesItsOwn() {
        world.locks.put("b", Leases.alive("ann@desk", "1").text());
        ResetPlan plan = plan().add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"))
                .build();

        assertThatThrownBy(() -> run(plan))
                .hasMessageContaining("fake:b is locked by ann@desk since 2026-11-24T02:00:00Z (run 1 of \"refresh\"")
                .asInstanceOf(type(ProviderException.class))
                .returns(ProviderException.Kind.CONFLICT, ProviderException::kind);
        assertThat(world.locks).containsOnlyKeys("b");
        assertThat(world.writes).isEmpty();
    }

    @Test
    void aStuckLockNeitherHidesTheResultNorKeepsTheOtherLocks() {
        world.stuck.add("b");

        run(plan().add("a", new Put("fake:a", "new"))
                .add("b", new Put("fake:b", "new"))
                .build());

        assertThat(world.locks).containsOnlyKeys("b");
    }

    @Test
    void refusesParametersThatNobodyReadsBeforeAnythingIsAskedAndNamesAllOfThem() {
        world.unreachable.add("prod/db");
        ResetPlan plan = ResetPlan.builder(
                        "test",
                        Environment.production("prod").database("fake:prod/db").build(),
                        Environment.staging("stage")
                                .database("fake:stage/db?off=a")
                                .media("fake:stage/media?Of=b")
                                .build())
                .add("put", new Put("fake:stage/db?off=a", "new"))
                .build();

        assertThatThrownBy(() -> restage.preview(plan))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("no parameter of the scheme fake is called \"off\": did you mean \"of\"?")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .singleElement(InstanceOfAssertFactories.THROWABLE)
                        .hasMessageContaining("the address fake:stage/media?Of=b cannot be used"));
        assertThatThrownBy(() -> restage.open("fake:x?of=a&of=b", Cell.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("\"of\" is there twice");
    }

    @ParameterizedTest
    @CsvSource({"fkae:x, fake:x", "falt:x, fake:x", "jdbc:fake://x, fake://x", "volt:x, vault:x"})
    void namesTheSchemeThatWasMeant(String written, String meant) {
        assertThatThrownBy(() -> restage.open(written, Cell.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("no provider serves the scheme of " + written + ": did you mean " + meant + "?");
    }

    @Test
    void namesTheSchemesThatAreServed() {
        assertThatThrownBy(() -> restage.open("nothing:x", Cell.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("no provider serves the scheme of nothing:x; the installed ones serve")
                .hasMessageContaining("fake");
    }

    @Test
    void whatIsOpenedByHandIsReadOnlyUnlessItIsOpenedToWrite() {
        Cell read = restage.open("fake:prod/db", Cell.class);

        for (Consumer<Cell> writing : List.<Consumer<Cell>>of(
                cell -> cell.write("x"),
                cell -> cell.copyFrom(cell),
                cell -> cell.pen().orElseThrow().draw("x"),
                cell -> ((Lockable) cell).register().putIfAbsent("me"))) {
            assertThatThrownBy(() -> writing.accept(read))
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("fake:prod/db was opened to be read")
                    .hasMessageContaining("openToWrite");
        }
        assertThat(read.read()).isEqualTo("empty");
        assertThat(world.writes).isEmpty();
        restage.openToWrite("fake:stage/db", Cell.class).copyFrom(read);
        assertThat(world.writes).containsExactly("stage/db=empty copied within");
    }

    @Test
    void saysWhichRoleAResourceLacks() {
        assertThatThrownBy(() -> restage.open("fake:x", dev.restage.provider.code.GitHost.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("fake:x cannot be used as a GitHost: it is a Cell, Lockable");
    }

    @Test
    void asksForACredentialOnlyWhenAnAddressNeedsItAndSaysWhichOne() {
        assertThat(restage.open("fake:x", Cell.class).read()).isEqualTo("empty");
        assertThatThrownBy(() -> restage.open("vault:x", Cell.class))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("the variable VAULT_TOKEN is not set: it is needed to open the vault");
    }

    /** Writes when it may only look. */
    record Eager(Address target, String when) implements Step {

        @Override
        public Access access() {
            return Access.NONE.writing(target);
        }

        @Override
        public Decision decide(StepContext context) {
            if (when.equals("preview")) {
                context.use(target, Cell.class).write("too early");
            }
            return Decision.of(new Change(target, "change"));
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            context.fact("ran", "yes");
        }

        @Override
        public Holds holds(StepContext context, Decision decision) {
            context.use(target, Cell.class).write("too early");
            return Holds.YES;
        }
    }

    private static CodeStep writing(Address address) {
        return Step.of("write", context -> context.use(address, Cell.class).write("x"));
    }

    private static ResetPlan.Builder plan() {
        return ResetPlan.builder(
                "test",
                Environment.production("prod").database("fake:prod/db").build(),
                Environment.staging("stage")
                        .database("fake:stage/db")
                        .also("fake:a")
                        .also("fake:b")
                        .build());
    }

    /** A plan whose author took the address of another thing for staging's. */
    private static ResetPlan mistaken(String address) {
        return ResetPlan.builder(
                        "test",
                        Environment.production("prod").database("fake:prod/db").build(),
                        Environment.staging("stage").database(address).build())
                .add("put", new Put(address, "new"))
                .build();
    }

    private String run(ResetPlan plan) {
        return restage.run(restage.preview(plan)).runId();
    }
}
