package parley.ledger.views;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// How a view is read as a table.
///
/// @param lists the lists within lists that lead from the view to its rows
/// @param columns from left to right
/// @param keepsEmpty whether an item of the first list has a row also where it leads to none
public record Table(List<String> lists, List<Column> columns, boolean keepsEmpty) {
    private static final String SEPARATOR = "; ";

    /// Before what begins like one, at the start or where some spreadsheet might see one. The last
    /// four are full-width.
    private static final Pattern FORMULA =
            Pattern.compile(
                    "^(?=[\t\r\n])|(?<=^|[;,\t\r\n]|; )(?=[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])");

    /// A column. Its name stays, whatever becomes of the field.
    ///
    /// @param level how many lists deep its value stands, from 0: the view itself
    /// @param field where it stands in there
    public record Column(String name, int level, JsonPointer field) {}

    /// A table whose rows are the items of the last of those lists, without columns.
    public static Table of(String... lists) {
        return new Table(List.of(lists), List.of(), false);
    }

    /// With a row also for an item that leads to none.
    public Table keepingEmpty() {
        return new Table(lists, columns, true);
    }

    /// With those columns more, each called as its field is.
    public Table with(int level, String... fields) {
        Table table = this;
        for (String field : fields) {
            table = table.with(field, level, "/" + field);
        }
        return table;
    }

    /// With one column more.
    public Table with(String name, int level, String field) {
        var more = new ArrayList<>(columns);
        more.add(new Column(name, level, JsonPointer.compile(field)));
        return new Table(lists, more, keepsEmpty);
    }

    /// With the five columns of a figure more.
    public Table withFigure(String prefix, int level, String field) {
        Table table = this;
        for (String part : List.of("best", "low", "high", "disputed", "unstated")) {
            String name =
                    prefix.isEmpty()
                            ? part
                            : prefix + Character.toUpperCase(part.charAt(0)) + part.substring(1);
            table = table.with(name, level, field + "/" + part);
        }
        return table;
    }

    /// The rows of a view: text, numbers, or null.
    List<List<@Nullable Object>> rows(JsonNode view) {
        var rows = new ArrayList<List<@Nullable Object>>();
        descend(List.of(view), rows);
        return rows;
    }

    private void descend(List<JsonNode> levels, List<List<@Nullable Object>> rows) {
        if (levels.size() > lists.size()) {
            rows.add(row(levels));
            return;
        }
        int before = rows.size();
        for (JsonNode item : levels.getLast().path(lists.get(levels.size() - 1))) {
            var deeper = new ArrayList<>(levels);
            deeper.add(item);
            descend(deeper, rows);
        }
        if (keepsEmpty && levels.size() == 2 && rows.size() == before) {
            rows.add(row(levels));
        }
    }

    private List<@Nullable Object> row(List<JsonNode> levels) {
        var row = new ArrayList<@Nullable Object>();
        for (Column column : columns) {
            row.add(
                    column.level < levels.size()
                            ? cell(levels.get(column.level).at(column.field))
                            : null);
        }
        return row;
    }

    private static @Nullable Object cell(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isNumber()) {
            return value.numberValue();
        }
        if (value.isArray()) {
            return text(
                    StreamSupport.stream(value.spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(SEPARATOR)));
        }
        return text(value.asText());
    }

    /// A spreadsheet takes a text that begins like a formula for one, and may take what follows
    /// another separator than ours for a text of its own: an apostrophe tells it not to.
    ///
    /// @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV
    // Injection</a>
    private static String text(String value) {
        return FORMULA.matcher(value).replaceAll("'");
    }
}
