package dev.restage.recipe.wagtail;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableSelector;
import dev.restage.plan.Environment;
import dev.restage.plan.Role;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.media.MediaQuery;
import dev.restage.recipe.Framework;
import dev.restage.recipe.django.Django;
import dev.restage.step.database.CatalogTexts;
import dev.restage.step.database.CompareRows;
import dev.restage.step.database.MaskedBy;
import dev.restage.step.media.KeyQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Wagtail site: a Django site with pages, images and site records.
 *
 * @param django the Django site that it is
 * @param content tables whose text is public content and is copied as it is, with {@code *} for any text
 * @param leftBehind tables of the project that are copied without their rows, such as database caches
 * @param files columns of the project that name media files under other names than usual: {@code shop_product.manual}
 * @param maskedMedia folders of the media store in which the files of images, documents and other media get masked names;
 *     empty if all keep their names
 * @param leftCollections names of collections whose documents, and those of the collections in them, stay in production:
 *     placeholders take their place where files are cleaned
 */
public record Wagtail(
        Django django,
        List<String> content,
        List<String> leftBehind,
        List<String> files,
        List<String> maskedMedia,
        List<String> leftCollections)
        implements Framework {

    /** Where Wagtail and wagtailmedia put files unless a model says otherwise. */
    private static final List<String> MEDIA = List.of("original_images/", "documents/", "media/", "media_thumbnails/");

    /** Renditions, half-finished uploads and pictures of editors: no rows come along that name them. */
    private static final List<String> LEFT_BEHIND = List.of("images/", "wagtail_uploads/", "avatar_images/");

    /**
     * Copies the collections.
     *
     * @param django the Django site that it is
     * @param content tables whose text is public content
     * @param leftBehind tables of the project that are copied without their rows
     * @param files columns of the project that name media files
     * @param maskedMedia folders of the media store in which files get masked names
     * @param leftCollections names of collections whose documents stay in production
     */
    public Wagtail {
        content = List.copyOf(content);
        leftBehind = List.copyOf(leftBehind);
        files = List.copyOf(files);
        maskedMedia = List.copyOf(maskedMedia);
        leftCollections = List.copyOf(leftCollections);
    }

    /** {@return a site with Wagtail's and Django's own models} */
    public static Wagtail site() {
        return new Wagtail(Django.site(), List.of(), List.of(), List.of(), MEDIA, List.of());
    }

    /**
     * Names the table of the user model, where what Django's and Wagtail's tables refer to does not tell it.
     *
     * @param table the table's bare name: {@code users_user}
     * @return the site with it
     */
    public Wagtail userTable(String table) {
        return new Wagtail(django.userTable(table), content, leftBehind, files, maskedMedia, leftCollections);
    }

    /**
     * Names the column with which people log in, if it has an unusual name.
     *
     * @param column the column: {@code member_number}
     * @return the site with it
     */
    public Wagtail loginColumn(String column) {
        return new Wagtail(django.loginColumn(column), content, leftBehind, files, maskedMedia, leftCollections);
    }

    /**
     * Declares tables as public content, such as those of the project's page types.
     *
     * @param tables bare names, with {@code *} for any text: {@code blog_*}
     * @return the site with them
     */
    public Wagtail content(String... tables) {
        return new Wagtail(django, plus(content, tables), leftBehind, files, maskedMedia, leftCollections);
    }

    /**
     * Leaves the rows of tables behind.
     *
     * @param tables bare names, with {@code *} for any text: {@code database_cache}
     * @return the site with them
     */
    public Wagtail leaveBehind(String... tables) {
        return new Wagtail(django, content, plus(leftBehind, tables), files, maskedMedia, leftCollections);
    }

    /**
     * Says which host of the target stands for a host of production, where the site records do not.
     *
     * @param production the host that production's content names: {@code media.acme.example}
     * @param target the host to name instead
     * @return the site with it
     */
    public Wagtail host(String production, String target) {
        return new Wagtail(django.host(production, target), content, leftBehind, files, maskedMedia, leftCollections);
    }

    /**
     * Names columns that hold names of media files, where they are not called {@code file}, {@code image} or the like.
     *
     * @param columns such as {@code shop_product.manual}
     * @return the site with them
     */
    public Wagtail files(String... columns) {
        return new Wagtail(django, content, leftBehind, plus(files, columns), maskedMedia, leftCollections);
    }

    /**
     * Names further folders of the media store, those of a project's own media models.
     *
     * @param folders such as {@code reports/}
     * @return the site with them
     */
    public Wagtail media(String... folders) {
        return new Wagtail(django, content, leftBehind, files, plus(maskedMedia, folders), leftCollections);
    }

    /**
     * Keeps the names of files, in the database and in the media store. Names such as {@code cv-ines-okafor.pdf} then
     * reach the target.
     *
     * @return the site with them
     */
    public Wagtail keepMediaNames() {
        return new Wagtail(django, content, leftBehind, files, List.of(), leftCollections);
    }

    /**
     * Leaves the documents of collections in production. Where files are cleaned, placeholders of the same type take their
     * place; elsewhere this does nothing.
     *
     * @param names names of collections, such as {@code Personnel}; collections in them count too
     * @return the site with them
     */
    public Wagtail leaveDocuments(String... names) {
        return new Wagtail(django, content, leftBehind, files, maskedMedia, plus(leftCollections, names));
    }

    @Override
    public MaskingPolicy policy() {
        return django.policy().plus(new WagtailRules(this).policy());
    }

    @Override
    public Map<String, Step> preflight(Environment source, Environment target, MaskedBy masked) {
        Map<String, Step> steps = new LinkedHashMap<>();
        steps.put("content-tables", new ProposeContent(source.require(source.database(), "database"), masked));
        steps.putAll(django.preflight(source, target, masked));
        if (target.role() != Role.LOCAL) {
            steps.put(
                    "staging-only-pages",
                    new CompareRows(
                            source.require(source.database(), "database"),
                            target.require(target.database(), "database"),
                            new CatalogTexts(
                                    Django.PAGES,
                                    List.of("CASE WHEN depth > 1 THEN {url_path} END"),
                                    "pages",
                                    "reset it as a Django site, or leave out staging-only-pages"),
                            null));
        }
        return steps;
    }

    @Override
    public Map<String, Step> afterCopy(Environment source, Environment target) {
        Map<String, Step> steps = new LinkedHashMap<>(django.afterCopy(source, target));
        steps.put("neutralise", new Neutralise(target.require(target.database(), "database")));
        return steps;
    }

    @Override
    public Map<String, String> commands() {
        Map<String, String> commands = new LinkedHashMap<>(django.commands());
        commands.put("update-index", "python manage.py update_index");
        return commands;
    }

    @Override
    public CatalogTexts persons() {
        return django.persons();
    }

    @Override
    public Set<String> forbiddenHosts() {
        return django.forbiddenHosts();
    }

    @Override
    public MediaQuery media() {
        return WagtailMedia.all(files);
    }

    @Override
    public MediaQuery images() {
        return WagtailMedia.images();
    }

    @Override
    public MediaQuery.Reach pagesUnder(String path) {
        return WagtailMedia.pagesUnder(path);
    }

    @Override
    public TableSelector derivedImages() {
        return WagtailMedia.RENDITIONS;
    }

    @Override
    public List<KeyQuery> replacedFiles(Address database) {
        return leftCollections.stream()
                .map(name -> WagtailMedia.documentsIn(database, name))
                .toList();
    }

    @Override
    public List<String> mediaLeftBehind() {
        return LEFT_BEHIND;
    }

    private static List<String> plus(List<String> before, String... more) {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(more));
        return all;
    }
}
