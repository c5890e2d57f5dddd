package dev.steward.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logback's configuration, in code, so that no XML parser is loaded for it: messages go to standard error, which is the daemon's log
 * in the background. Found by Logback through {@code META-INF/services}.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    /** Leaves out what a person sees on the screen anyway. */
    static void onlyWarnings() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %msg%n%ex{full}");
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty("steward.log", "INFO"), Level.INFO));
        root.addAppender(appender);
        // Below this a client could write to the log with every request; what keeps all clients out is told once a
        // second at most.
        context.getLogger("org.eclipse.jetty").setLevel(Level.ERROR);
        context.getLogger("org.eclipse.jetty.server.AbstractConnector").setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
