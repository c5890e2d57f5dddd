package dev.steward.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.FieldValue;
import com.cronutils.parser.CronParser;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The five fields of crontab(5): minute, hour, day of the month, month, day of the week; with names, lists, ranges and steps. Where both
 * kinds of days are given, a day fits that is in one of them; 0 and 7 are Sunday. cron-utils reads them; what they mean, {@link Pattern}
 * says.
 */
public final class Cron {
    private static final int LAST_MINUTE = 59;
    private static final int LAST_HOUR = 23;
    private static final int LAST_DAY = 31;
    private static final int LAST_MONTH = 12;
    private static final int SUNDAY = 7;

    private Cron() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none, with the reason for people
     */
    public static Pattern pattern(String expression) {
        var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        var cron = parser.parse(expression).validate();
        var ofMonth = cron.retrieve(CronFieldName.DAY_OF_MONTH).getExpression();
        var ofWeek = cron.retrieve(CronFieldName.DAY_OF_WEEK).getExpression();
        var days = new Days(
                numbers(ofMonth, 1, LAST_DAY),
                numbers(cron.retrieve(CronFieldName.MONTH).getExpression(), 1, LAST_MONTH),
                iso(numbers(ofWeek, 0, SUNDAY)),
                isGiven(ofMonth) && isGiven(ofWeek));
        return new Pattern(
                days,
                numbers(cron.retrieve(CronFieldName.HOUR).getExpression(), 0, LAST_HOUR),
                numbers(cron.retrieve(CronFieldName.MINUTE).getExpression(), 0, LAST_MINUTE));
    }

    /** As crontab(5) has it: a field is not given if it begins with an asterisk, also with a step. */
    private static boolean isGiven(FieldExpression field) {
        return !field.asString().startsWith("*");
    }

    private static NavigableSet<Integer> iso(NavigableSet<Integer> days) {
        var iso = new TreeSet<Integer>();
        days.forEach(day -> iso.add(day == 0 ? SUNDAY : day));
        return iso;
    }

    private static NavigableSet<Integer> numbers(FieldExpression field, int least, int most) {
        var numbers = new TreeSet<Integer>();
        switch (field) {
            case Always _ -> add(numbers, least, most, 1);
            case And list -> list.getExpressions().forEach(each -> numbers.addAll(numbers(each, least, most)));
            case Between range -> add(numbers, number(range.getFrom()), number(range.getTo()), 1);
            case On one -> numbers.add(one.getTime().getValue());
            case Every step -> {
                int period = step.getPeriod().getValue();
                switch (step.getExpression()) {
                    case Between range -> add(numbers, number(range.getFrom()), number(range.getTo()), period);
                    case On from -> add(numbers, from.getTime().getValue(), most, period);
                    default -> add(numbers, least, most, period);
                }
            }
            default -> throw new IllegalArgumentException("'" + field.asString() + "' is no field of crontab(5)");
        }
        return numbers;
    }

    private static int number(FieldValue<?> value) {
        return Integer.parseInt(String.valueOf(value.getValue()));
    }

    private static void add(NavigableSet<Integer> numbers, int from, int to, int step) {
        for (int i = from; i <= to; i += step) {
            numbers.add(i);
        }
    }
}
