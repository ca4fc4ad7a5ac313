package dev.restage.recipe;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableSelector;
import dev.restage.plan.Environment;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.media.MediaQuery;
import dev.restage.step.database.CatalogTexts;
import dev.restage.step.database.MaskedBy;
import dev.restage.step.media.KeyQuery;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a reset needs to know of the software that a site is built with. Steps are given by name, in the order in which
 * they run.
 */
public interface Framework {

    /** {@return what is masked on the way from production} */
    MaskingPolicy policy();

    /**
     * Looks at both environments before anything is changed.
     *
     * @param source the environment that is read
     * @param target the environment that will be replaced
     * @param masked what is masked on the way, the project's own rules included
     * @return name to step; they run side by side
     */
    Map<String, Step> preflight(Environment source, Environment target, MaskedBy masked);

    /**
     * Corrects the copied database before anybody can reach the site.
     *
     * @param source the environment that was read
     * @param target the environment that was replaced
     * @return name to step; they run one after the other
     */
    Map<String, Step> afterCopy(Environment source, Environment target);

    /** {@return name to the command that brings code and database together, run beside the app one after the other} */
    Map<String, String> commands();

    /** {@return where the source keeps addresses and names of people that must not be found in the target} */
    CatalogTexts persons();

    /**
     * {@return hosts of production that no page of the target may name; a place for a fact of the form
     * <code>{{step.fact}}</code> stands for all hosts that the fact lists}
     */
    Set<String> forbiddenHosts();

    /** {@return the media files that rows name, without derived images} */
    MediaQuery media();

    /** {@return the files of original images} */
    MediaQuery images();

    /**
     * {@return the way from the pages under a path, as they are published and as they are drafted, to the files that they
     * show}
     *
     * @param path the path of a URL, without host: {@code /blog/}
     * @throws dev.restage.provider.PlanException if the software has no pages
     */
    MediaQuery.Reach pagesUnder(String path);

    /** {@return the tables of derived images, which are made again when they are first needed} */
    TableSelector derivedImages();

    /** {@return folders of the media store whose file names the policy masks, so that objects need other keys too} */
    List<String> maskedMedia();

    /**
     * {@return which files stay in production and become placeholders where files are cleaned}
     *
     * @param database the database to ask for them, before it is copied
     */
    List<KeyQuery> replacedFiles(Address database);

    /** {@return folders of the media store that no row of a copied database names, as derived images} */
    List<String> mediaLeftBehind();
}
