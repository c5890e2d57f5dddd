package dev.steward.config;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An amount of data. Written with a unit: {@code 1MB} is a million bytes, {@code 1MiB} is 2^20 (IEC 80000-13).
 *
 * @param bytes not negative
 */
public record DataSize(long bytes) {
    static final String PATTERN = "^[0-9]+(B|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$";

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,19})([A-Za-z]*)");
    /** Largest first, so that printing takes the first that divides. */
    private static final List<Unit> UNITS = List.of(
            new Unit("TiB", 1L << 40),
            new Unit("TB", 1_000_000_000_000L),
            new Unit("GiB", 1L << 30),
            new Unit("GB", 1_000_000_000L),
            new Unit("MiB", 1L << 20),
            new Unit("MB", 1_000_000L),
            new Unit("KiB", 1L << 10),
            new Unit("kB", 1_000L),
            new Unit("KB", 1_000L),
            new Unit("B", 1L));

    private record Unit(String name, long bytes) {}

    static Parsed<DataSize> parse(String text) {
        var match = WRITTEN.matcher(text);
        if (!match.matches()) {
            return Parsed.bad("'" + Shown.of(text) + "' is not a size", "write a whole number with its unit, like 1MB");
        }
        var number = match.group(1);
        var unitName = match.group(2);
        if (unitName.isEmpty()) {
            return Parsed.bad(text + " has no unit", "write " + number + "MB, or " + number + "B for bytes");
        }
        for (var unit : UNITS) {
            if (unit.name().equals(unitName)) {
                var bytes = new BigInteger(number).multiply(BigInteger.valueOf(unit.bytes()));
                return bytes.bitLength() < Long.SIZE
                        ? Parsed.good(new DataSize(bytes.longValueExact()))
                        : Parsed.bad("'" + text + "' is more than a file can hold", "");
            }
        }
        return Parsed.bad(
                "'" + Shown.of(text) + "' has an unknown unit",
                Suggest.among(unitName, UNITS.stream().map(Unit::name).toList()));
    }

    /** The shortest way of writing it that reads back as the same number of bytes. */
    @Override
    public String toString() {
        for (var unit : UNITS) {
            if (bytes != 0 && bytes % unit.bytes() == 0) {
                return bytes / unit.bytes() + unit.name();
            }
        }
        return "0B";
    }
}
