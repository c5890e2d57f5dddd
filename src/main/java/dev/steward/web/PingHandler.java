package dev.steward.web;

import dev.steward.web.Reception.Outcome;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Brings requests to the reception and answers back. No thread waits for a client. */
final class PingHandler extends Handler.Abstract {
    private final Reception reception;

    PingHandler(Reception reception) {
        this.reception = reception;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        switch (reception.meet(head(request))) {
            case Outcome.Turned turned -> answer(turned.answer(), response, callback);
            case Outcome.LetIn guest -> new Reading(guest, request, response, callback).run();
        }
        return true;
    }

    private static Reception.Head head(Request request) {
        var uri = request.getHttpURI();
        var headers = request.getHeaders();
        return new Reception.Head(
                request.getMethod(),
                Optional.ofNullable(uri.getPath()).orElse(""),
                Optional.ofNullable(uri.getQuery()).orElse(""),
                Optional.ofNullable(headers.get(HttpHeader.HOST)),
                headers.contains(HttpHeader.ORIGIN));
    }

    private static void answer(Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        Content.Sink.write(response, true, answer.text(), callback);
    }

    /** Reads a body as it comes, on whichever thread brings more of it. */
    private final class Reading implements Runnable {
        private final Outcome.LetIn guest;
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final Body body = new Body();

        Reading(Outcome.LetIn guest, Request request, Response response, Callback callback) {
            this.guest = guest;
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public void run() {
            while (true) {
                var chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    // The client went away, or was too slow: a ping that came in half is none.
                    callback.failed(chunk.getFailure());
                    return;
                }
                body.add(chunk.getByteBuffer());
                var last = chunk.isLast();
                chunk.release();
                if (last || body.isTooLong()) {
                    answer(reception.take(guest, body), response, callback);
                    return;
                }
            }
        }
    }
}
