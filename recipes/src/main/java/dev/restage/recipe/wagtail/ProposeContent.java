package dev.restage.recipe.wagtail;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy.Strictness;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.database.Database;
import dev.restage.recipe.django.Django;
import dev.restage.step.database.MaskedBy;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Proposes the project's apps of pages as public content where their texts have no rule. It declares nothing itself: a person
 * may stand in any text, and somebody has to say that everybody may read it.
 *
 * @param source production's database
 * @param masked what is masked on the way
 */
public record ProposeContent(Address source, MaskedBy masked) implements Step {

    /**
     * Page types, also those that are made of others: the key of each is one of the pages it extends. Source: Django 5.2,
     * multi-table inheritance.
     */
    private static final TableSelector PAGES = extending(extending(extending(Django.PAGES)));

    /** What editors write: pages, what belongs to them in an order, and snippets that have versions or translations. */
    private static final TableSelector CONTENT = new TableSelector.All(List.of(
            new TableSelector.Any(List.of(
                    PAGES,
                    new TableSelector.All(
                            List.of(TableSelector.having("sort_order"), TableSelector.referring("*", PAGES))),
                    TableSelector.referring("latest_revision_id", TableSelector.named("wagtailcore_revision")),
                    TableSelector.having("translation_key", "locale_id"))),
            new TableSelector.Not(TableSelector.named("wagtail*"))));

    private static TableSelector extending(TableSelector pages) {
        return new TableSelector.Any(List.of(pages, TableSelector.referring("*_ptr_id", pages)));
    }

    @Override
    public Access access() {
        return Access.reading(source);
    }

    @Override
    public Decision decide(StepContext context) {
        DatabaseShape shape = context.use(source, Database.class).shape();
        SortedSet<String> apps = new TreeSet<>();
        long columns = masked.policy().strictness() == Strictness.LENIENT
                ? 0
                : masked.policy().resolve(shape).tables().stream()
                        .filter(table -> table.carriesRows() && CONTENT.fits(table.table(), shape))
                        .mapToLong(table -> {
                            long open = open(table);
                            if (open > 0) {
                                apps.add(app(table.table()));
                            }
                            return open;
                        })
                        .sum();
        if (columns > 0) {
            throw new PlanException(
                    ("%d columns of pages and snippets in %s have no rule: if everybody may read all that is in these apps, say so with"
                                    + " Wagtail.content(%s); if not, name the tables one by one, or take rules from suggestPolicy")
                            .formatted(
                                    columns,
                                    source,
                                    apps.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "))));
        }
        return Decision.NOTHING;
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        // All is in the question whether the copy may begin.
    }

    private static long open(TableMasking table) {
        return table.table().columns().stream()
                .filter(column -> column.generated() == null
                        && (column.target().shape().isText() || column.target().shape() == Shape.JSON)
                        && table.column(column.name()).isEmpty())
                .count();
    }

    /** The tables of the app that a table belongs to: Django joins the names of app and model, and models have no underscore. */
    private static String app(TableShape table) {
        int end = table.name().lastIndexOf('_');
        return end < 1 ? table.name() : table.name().substring(0, end) + "_*";
    }
}
