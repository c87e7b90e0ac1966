package parley.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parley.stack.FreePort;

/// Where the four processes listen, all on 127.0.0.1.
public record Ports(int ingest, int ledger, int kafka, int postgres) {
    private static final int HIGHEST = 65_535;

    public Ports {
        var all = new TreeSet<Integer>();
        for (var port : new int[] {ingest, ledger, kafka, postgres}) {
            if (port < 1 || port > HIGHEST) {
                throw new UpException("%d is not a port: 1 to %d".formatted(port, HIGHEST));
            }
            if (!all.add(port)) {
                throw new UpException("Port %d is given to two processes".formatted(port));
            }
        }
    }

    public static Ports free() {
        return new Ports(FreePort.any(), FreePort.any(), FreePort.any(), FreePort.any());
    }

    /// Names all that are taken, not only the first.
    void requireFree() {
        var byOption = new LinkedHashMap<String, Integer>();
        byOption.put("--ingest-port", ingest);
        byOption.put("--ledger-port", ledger);
        byOption.put("--kafka-port", kafka);
        byOption.put("--postgres-port", postgres);
        var taken =
                byOption.entrySet().stream()
                        .filter(port -> !FreePort.isFree(port.getValue()))
                        .map(Ports::asError)
                        .collect(Collectors.joining("\n"));
        if (!taken.isEmpty()) {
            throw new UpException(taken);
        }
    }

    private static String asError(Map.Entry<String, Integer> port) {
        return "Port %d is taken by another program: stop that, or choose another port with %s"
                .formatted(port.getValue(), port.getKey());
    }
}
