package dev.restage.recipe.wagtail;

import dev.restage.masking.ColumnRule;
import dev.restage.masking.Condition;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableSelector;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.TextMask;
import dev.restage.masking.value.WholeMask;
import dev.restage.masking.value.WholeMask.Json.At;
import dev.restage.recipe.django.Django;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is masked of Wagtail's own tables, versions 6.3 to 8.0, and of tables that are found by their form. */
record WagtailRules(Wagtail site) {

    /** Submissions of forms, also those of a project's own model. */
    private static final TableSelector SUBMISSIONS = TableSelector.having("form_data", "submit_time", "page_id");

    /** What editors chose to promote is public; all else is what visitors typed. */
    private static final Condition PROMOTED =
            new Condition.Found("id", "wagtailsearchpromotions_searchpromotion", "query_id");

    /** A word that software gives, as a block's type or id; anything else was typed by somebody. */
    private static final Mask WORD =
            new TextMask.Replace(List.of(new TextMask.Replace.Part("(?s).*[^\\w:.-].*", Mask.freeText())));

    /** Fields of forms that editors make. Source: Wagtail 7, AbstractFormField. */
    private static final TableSelector FORM_FIELDS =
            TableSelector.having("clean_name", "label", "field_type", "required");

    private static final String KEYS = "keys of rows";
    private static final String SOFTWARE = "names that software gives";
    private static final String STRUCTURE_OF_SITE = "names that editors give to parts of the site";

    /** Members of a draft without which the editor cannot open it, wherever they are. */
    private static final List<String> WORDS =
            List.of("type", "id", "pk", "translation_key", "field_type", "clean_name", "contentpath");

    /** The same, which only pages and comments have. */
    private static final List<String> STRUCTURE =
            List.of("$.path", "$.url_path", "$.slug", "$.content_type", "$.wagtail_admin_comments[*].position");

    MaskingPolicy policy() {
        MaskingPolicy.Builder rules = MaskingPolicy.builder();
        rules.rows(site.leftBehind().toArray(String[]::new));
        rows(rules);
        Mask email = Mask.email(site.django().mailDomain());
        rules.mask("*", "to_address", email).mask("*", "from_address", email);
        Mask file = site.maskedMedia().isEmpty() ? Mask.keep() : new TextMask.FileName();
        rules.mask(WagtailMedia.MEDIA, "file", file).mask(WagtailMedia.MEDIA, "thumbnail", file);
        site.content().forEach(table -> rules.keepAs("declared as public content", table, "*"));
        texts(rules, email, file);
        media(rules);
        keep(rules);
        return rules.build();
    }

    private static void rows(MaskingPolicy.Builder rules) {
        rules.rows(
                        "wagtailsearch_indexentry*",
                        "wagtailsearchpromotions_querydailyhits",
                        "wagtailsearch_querydailyhits",
                        "wagtailadmin_formstate",
                        "wagtailadmin_editingsession",
                        "wagtailcore_uploadedfile",
                        "wagtailcore_apitoken",
                        "wagtailembeds_embed")
                .rows(SUBMISSIONS, new Rows.NoneNorReferring())
                .rows(WagtailMedia.RENDITIONS, new Rows.NoneNorReferring())
                .rows(TableSelector.named("wagtailsearchpromotions_query"), new Rows.Exempt(PROMOTED));
    }

    private static void texts(MaskingPolicy.Builder rules, Mask email, Mask file) {
        Mask draft = draft(email, file);
        rules.mask("wagtailcore_revision", "content", draft)
                .mask("wagtailcore_revision", "object_str", Mask.freeText())
                .mask("wagtailcore_comment", "text", Mask.freeText())
                .mask("wagtailcore_commentreply", "text", Mask.freeText())
                .mask("wagtailcore_taskstate", "comment", Mask.freeText())
                .mask("wagtailcore_*logentry", "label", Mask.freeText())
                .mask("wagtailcore_*logentry", "data", draft)
                .mask("wagtailcore_*viewrestriction", "password", Mask.hash())
                .mask("wagtailsearch*_query", "query_string", Mask.hash())
                .mask("wagtailusers_userprofile", "avatar", Mask.empty())
                .mask("wagtail_localize_*", "content_json", Mask.json())
                .mask("wagtail_localize_*", "data_json", Mask.json())
                .mask("wagtail_localize_*", "data", Mask.freeText())
                .mask("wagtailredirects_redirect", "old_path", TextMask.Replace.contacts("example.com"));
    }

    private static void media(MaskingPolicy.Builder rules) {
        rules.mask(WagtailMedia.MEDIA, "title", Mask.freeText())
                .mask(WagtailMedia.MEDIA, "description", Mask.freeText())
                .rule(kept("a sum of the file", "file_hash"))
                .rule(kept(SOFTWARE, "type"))
                .rule(new ColumnRule(
                        FORM_FIELDS, "clean_name", Set.of(), Mask.keep(), "the key of answers, which stay behind"))
                .rule(new ColumnRule(FORM_FIELDS, "field_type", Set.of(), Mask.keep(), SOFTWARE));
    }

    private static ColumnRule kept(String what, String column) {
        return new ColumnRule(WagtailMedia.MEDIA, column, Set.of(), Mask.keep(), what);
    }

    /** Columns that editors and software fill with public content or with names of their own. */
    private static void keep(MaskingPolicy.Builder rules) {
        rules.keepAs(STRUCTURE_OF_SITE, "wagtailcore_collection", "path", "name")
                .keepAs(SOFTWARE, "wagtailcore_*viewrestriction", "restriction_type")
                .keepAs(SOFTWARE, "wagtailcore_comment", "contentpath", "position")
                .keepAs(SOFTWARE, "wagtailcore_locale", "language_code")
                .keepAs(SOFTWARE, "wagtailcore_*logentry", "action", "object_id")
                .keepAs(
                        "public content",
                        Django.PAGES,
                        "path",
                        "title",
                        "slug",
                        "url_path",
                        "seo_title",
                        "search_description",
                        "draft_title")
                .keepAs(KEYS, "wagtailcore_revision", "object_id")
                .keepAs(KEYS, "wagtailcore_referenceindex", "object_id", "to_object_id", "model_path", "content_path")
                .keepAs("hosts of the site", "wagtailcore_site", "hostname", "site_name")
                .keepAs(STRUCTURE_OF_SITE, "wagtailcore_task", "name")
                .keepAs(SOFTWARE, "wagtailcore_taskstate", "status")
                .keepAs(STRUCTURE_OF_SITE, "wagtailcore_workflow", "name")
                .keepAs(SOFTWARE, "wagtailcore_workflowstate", "status", "object_id")
                .keepAs(
                        "paths of public pages",
                        "wagtailredirects_redirect",
                        "redirect_link",
                        "redirect_page_route_path")
                .keepAs(
                        "public content",
                        "wagtailsearchpromotions_searchpromotion",
                        "description",
                        "external_link_text",
                        "external_link_url")
                .keepAs(
                        "settings that name nobody",
                        "wagtailusers_userprofile",
                        "preferred_language",
                        "current_time_zone",
                        "dismissibles",
                        "theme",
                        "density",
                        "contrast",
                        "keyboard_shortcuts")
                .keepAs(
                        "the structure of translations, without their texts",
                        "wagtail_localize_*",
                        "object_repr",
                        "object_id",
                        "path",
                        "field_path",
                        "schema_version",
                        "template",
                        "template_format",
                        "translation_type",
                        "tool_name",
                        "field_error");
    }

    /**
     * Drafts, and logs of what was done to them, hold anything that was ever typed, so all text of them is replaced, also in
     * its JSON strings, by text of the same form: a field for a number or a date does not open with words in it. What the
     * live columns show anyway stays, which keeps choices valid.
     */
    private static Mask draft(Mask email, Mask file) {
        Stream<At> words = WORDS.stream().map(name -> new At(name, WORD));
        Stream<At> structure = STRUCTURE.stream().map(path -> new At(path, Mask.keep()));
        Stream<At> rest = Stream.of(
                new At("file", file),
                new At("thumbnail", file),
                new At("to_address", email),
                new At("from_address", email),
                new At("$", new TextMask.UnlessPublic(new TextMask.Alike())));
        return new WholeMask.Json(
                Stream.of(structure, words, rest).flatMap(each -> each).toList());
    }
}
