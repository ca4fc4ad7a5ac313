package dev.restage.masking;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by their names, as English-speaking developers give them, which tables list people and which columns say who did it. */
final class PeopleByName {

    private static final Pattern TABLE = Pattern.compile(
            "(?:.*_)?[a-z]*(?:author|person|people|member|employee|staff|user"
                    + "|customer|client|contact|guest|visitor|subscriber|donor|volunteer|candidate|applicant|colleague|alumni"
                    + "|patient|doctor|nurse|therapist|student|pupil|teacher|tutor|trainer|coach|mentor|instructor|lecturer"
                    + "|professor|researcher|speaker|presenter|attendee|participant|artist|musician|composer|poet|writer|editor"
                    + "|contributor|reviewer|actor|player|owner|profile|crew)s?(?:_?(?:profile|page|account|detail|info|record)s?)?");

    private static final Pattern NAME = Pattern.compile("name|title|label");

    /** Words that also name things of software, such as a manager of packages, stand alone. */
    private static final Pattern COLUMN =
            Pattern.compile("(?:.*_)?(?:assigned(?:_to)?|assignee|author|owner|reviewer|approver"
                    + "|requester|requestor|submitter|sales_?(?:person|rep))(?:s|_name)?"
                    + "|(?:account_|project_|line_|case_|hiring_)?manager(?:_name)?"
                    + "|(?:(?:main|primary|emergency|billing|technical)_)?contact(?:_person)?"
                    + "|(?:creator|editor|reporter|supervisor|instructor|teacher|lecturer|tutor|mentor|coach|trainer|doctor|physician"
                    + "|nurse|therapist|speaker|presenter|organi[sz]er|moderator|attendee|participant|employee|member|signatory"
                    + "|witness)(?:s|_name)?"
                    + "|(?:.*_)?(?:created|updated|modified|changed|edited|deleted|removed|added|entered|recorded|registered|uploaded"
                    + "|published|posted|written|signed|approved|authori[sz]ed|reviewed|checked|verified|confirmed|accepted|rejected"
                    + "|assigned|handled|opened|closed|resolved|completed|cancell?ed|reported|requested|submitted|answered|invited"
                    + "|referred|owned|managed|led|made|done|taken|received|sold|prepared|performed|examined|inspected|audited|treated"
                    + "|seen|called|contacted|released|locked|granted|issued|witnessed)_?by(?:_name)?");

    private PeopleByName() {}

    /** Whether each row of the table seems to be somebody. */
    static boolean list(TableShape table) {
        return TABLE.matcher(table.root().toLowerCase(Locale.ROOT)).matches();
    }

    /** Whether the column calls each row by name, whatever a row is. */
    static boolean call(TableShape.Column column) {
        return NAME.matcher(column.name().toLowerCase(Locale.ROOT)).matches();
    }

    /** Whether the column says who it was, or who it is to be. */
    static boolean tell(TableShape.Column column) {
        return COLUMN.matcher(column.name().toLowerCase(Locale.ROOT)).matches();
    }
}
