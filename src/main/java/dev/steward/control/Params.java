package dev.steward.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request's parameters by name: strings, whole numbers, booleans, lists of strings. */
final class Params {
    private final Map<String, Object> values;

    Params(Map<String, Object> values) {
        this.values = values;
    }

    void allowOnly(Set<String> names) throws RpcError {
        for (var name : values.keySet()) {
            if (!names.contains(name)) {
                throw wrong(
                        name,
                        names.isEmpty() ? "there are no parameters here" : "known here: " + String.join(", ", names));
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) throws RpcError {
        return optionalText(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    Optional<String> optionalText(String name) throws RpcError {
        return switch (values.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw wrong(name, "has to be a string");
        };
    }

    boolean flag(String name) throws RpcError {
        return flag(name, false);
    }

    boolean flag(String name, boolean otherwise) throws RpcError {
        return switch (values.get(name)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            default -> throw wrong(name, "has to be true or false");
        };
    }

    int number(String name, int otherwise, int largest) throws RpcError {
        return switch (values.get(name)) {
            case null -> otherwise;
            case Long number when number >= 0 && number <= largest -> number.intValue();
            default -> throw wrong(name, "has to be a whole number from 0 to " + largest);
        };
    }

    List<String> texts(String name) throws RpcError {
        return switch (values.get(name)) {
            case null -> throw wrong(name, "is missing");
            case List<?> list -> strings(name, list);
            default -> throw wrong(name, "has to be a list of strings");
        };
    }

    private static List<String> strings(String name, List<?> list) throws RpcError {
        for (var element : list) {
            if (!(element instanceof String)) {
                throw wrong(name, "has to be a list of strings");
            }
        }
        return list.stream().map(String.class::cast).toList();
    }

    static RpcError wrong(String name, String message) {
        return new RpcError(RpcError.INVALID_PARAMS, "parameter " + name + ": " + message);
    }
}
