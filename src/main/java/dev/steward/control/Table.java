package dev.steward.control;

import dev.steward.control.Cell.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Words in aligned columns, two spaces between them, nothing behind the last. */
final class Table {
    private final List<List<Cell>> rows = new ArrayList<>();

    static Table of(String... heads) {
        var table = new Table();
        table.add(Stream.of(heads).map(head -> new Cell(head, Look.HEAD)).toList());
        return table;
    }

    void add(List<Cell> row) {
        rows.add(row);
    }

    void appendTo(StringBuilder out, boolean colour) {
        var widths = widths();
        for (var row : rows) {
            var last = row.size() - 1;
            while (last > 0 && row.get(last).text().isEmpty()) {
                last--;
            }
            for (var i = 0; i <= last; i++) {
                var cell = row.get(i);
                out.append(cell.look().dress(cell.text(), colour));
                if (i < last) {
                    out.repeat(' ', widths[i] + 2 - cell.text().length());
                }
            }
            out.append('\n');
        }
    }

    private int[] widths() {
        var widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (var row : rows) {
            for (var i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).text().length());
            }
        }
        return widths;
    }
}
