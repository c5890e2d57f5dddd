package dev.steward.bus.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The row of a result that is looked at now. Where a column stands is found once for a statement; the driver would compare names anew
 * for each result, which costs more than to read a row of many columns.
 */
final class Row {
    private final ResultSet result;
    private final Map<String, Integer> columns;

    Row(ResultSet result, Map<String, Integer> columns) {
        this.result = result;
        this.columns = columns;
    }

    /** Where each column stands; of two with one name the first counts, as for the driver. */
    static Map<String, Integer> columns(ResultSet result) throws SQLException {
        var facts = result.getMetaData();
        var columns = new HashMap<String, Integer>();
        for (int i = 1; i <= facts.getColumnCount(); i++) {
            columns.putIfAbsent(facts.getColumnLabel(i), i);
        }
        return columns;
    }

    private int at(String column) throws SQLException {
        var at = columns.get(column);
        if (at == null) {
            throw new SQLException("no column is called " + column);
        }
        return at;
    }

    String getString(String column) throws SQLException {
        return result.getString(at(column));
    }

    String getString(int column) throws SQLException {
        return result.getString(column);
    }

    long getLong(String column) throws SQLException {
        return result.getLong(at(column));
    }

    long getLong(int column) throws SQLException {
        return result.getLong(column);
    }

    int getInt(String column) throws SQLException {
        return result.getInt(at(column));
    }

    boolean getBoolean(String column) throws SQLException {
        return result.getBoolean(at(column));
    }

    byte @Nullable [] getBytes(String column) throws SQLException {
        return result.getBytes(at(column));
    }

    @Nullable
    Object getObject(String column) throws SQLException {
        return result.getObject(at(column));
    }
}
