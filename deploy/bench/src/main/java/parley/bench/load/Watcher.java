package parley.bench.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// One connection of an [Audience], on its thread.
interface Watcher {
    /// What takes note of what a watcher is told.
    interface Ear {
        /// He was sent totals that have read so far.
        void told(Watcher watcher, String position);
    }

    void begin();

    /// Takes what has come by now.
    void take(Buffer arrived);

    /// Who is sent an event whenever the totals change.
    final class Listening implements Watcher {
        private static final String ACCEPTED = "HTTP/1.1 200 ";
        private static final String EVENT_END = "\n\n";
        private static final String ID = "\nid:";

        private final NetSocket socket;
        private final Call call;
        private final Ear ear;
        private String unread = "";
        private boolean isAccepted;

        Listening(NetSocket socket, Call call, Ear ear) {
            this.socket = socket;
            this.call = call;
            this.ear = ear;
        }

        @Override
        public void begin() {
            socket.write(call.buffer());
        }

        /// An event comes in a chunk of its own, so nothing stands between its lines.
        @Override
        public void take(Buffer arrived) {
            unread += arrived.getString(0, arrived.length(), StandardCharsets.ISO_8859_1.name());
            if (!isAccepted && !unread.startsWith(ACCEPTED)) {
                throw new IllegalStateException("no stream: " + unread);
            }
            isAccepted = true;
            for (int end = end(); end >= 0; end = end()) {
                hear(unread.substring(0, end));
                unread = unread.substring(end + EVENT_END.length());
            }
        }

        private int end() {
            return unread.indexOf(EVENT_END);
        }

        /// A comment, which only keeps the connection, has no id.
        private void hear(String event) {
            int id = event.indexOf(ID);
            if (id >= 0) {
                int begin = id + ID.length();
                ear.told(this, event.substring(begin, event.indexOf('\n', begin)).strip());
            }
        }
    }

    /// Who asks again as soon as he is answered, with the tag of the answer.
    final class Polling implements Watcher {
        private static final Pattern TAG = Pattern.compile("(?i)\r\netag: *([^\r]+)");
        private static final Pattern POSITION = Pattern.compile("\"position\":\"([^\"]*)");
        private static final int OK = 200;
        private static final int NOT_MODIFIED = 304;

        private final NetSocket socket;
        private final Ear ear;
        private final Responses responses = new Responses();
        private Call call;

        Polling(NetSocket socket, Call call, Ear ear) {
            this.socket = socket;
            this.call = call;
            this.ear = ear;
        }

        @Override
        public void begin() {
            socket.write(call.buffer());
        }

        @Override
        public void take(Buffer arrived) {
            if (!responses.isWhole(arrived)) {
                return;
            }
            if (responses.status() == OK) {
                ear.told(this, responses.found(POSITION));
                call = Call.get(call.address(), Map.of("If-None-Match", responses.found(TAG)), OK);
            } else if (responses.status() != NOT_MODIFIED) {
                throw new IllegalStateException(responses.text());
            }
            begin();
        }
    }
}
