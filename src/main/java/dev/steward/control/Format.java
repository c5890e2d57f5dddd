package dev.steward.control;

import dev.steward.control.Method.Param;

/** Whether an answer is for people or for programs. */
final class Format {
    static final Param PARAM = new Param("format", "string", "text (default) or json");

    private Format() {}

    static boolean isJson(Params params) throws RpcError {
        return switch (params.optionalText(PARAM.name()).orElse("text")) {
            case "text" -> false;
            case "json" -> true;
            default -> throw Params.wrong(PARAM.name(), "has to be text or json");
        };
    }
}
