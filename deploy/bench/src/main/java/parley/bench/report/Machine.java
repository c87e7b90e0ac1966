package parley.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// On what it was measured, and how busy that was, without anything that tells whose it is.
public final class Machine {
    private static final int KIBIBYTES_IN_MEBIBYTE = 1024;
    private static final int MEBIBYTES_IN_GIBIBYTE = 1024;

    /// Of which the kernel tells first; guests' time, which comes after them, is in them already.
    private static final int KINDS_OF_TIME = 8;

    private Machine() {}

    /// What all cores together did since the machine was started, in ticks of its kernel.
    ///
    /// @param stolen in which a core was ready to run and did not, since the host of this virtual
    ///     machine ran something else; see `proc_stat(5)`
    public record Ticks(long stolen, long all) {
        /// As the first line of `/proc/stat` tells.
        static Ticks of(String line) {
            long[] ticks =
                    Arrays.stream(line.split(" +"))
                            .skip(1) // The name: all cores.
                            .limit(KINDS_OF_TIME)
                            .mapToLong(Long::parseLong)
                            .toArray();
            return new Ticks(ticks[KINDS_OF_TIME - 1], Arrays.stream(ticks).sum());
        }

        /// Which part of the time since then was stolen, 0 to 1.
        public double stolenSince(Ticks before) {
            return (double) (stolen - before.stolen) / Math.max(1, all - before.all);
        }
    }

    /// In words, by what they are of.
    public static Map<String, String> described() {
        var described = new LinkedHashMap<String, String>();
        described.put("processor", value(Path.of("/proc/cpuinfo"), "model name"));
        described.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        described.put("memory", memoryMebibytes() / MEBIBYTES_IN_GIBIBYTE + " GiB");
        described.put(
                "kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        described.put("JDK", System.getProperty("java.vm.version"));
        return described;
    }

    /// What all share.
    public static int memoryMebibytes() {
        String kibibytes = value(Path.of("/proc/meminfo"), "MemTotal").split(" ", 2)[0];
        return (int) (Long.parseLong(kibibytes) / KIBIBYTES_IN_MEBIBYTE);
    }

    /// How busy the machine was just now: the mean number of threads that ran or wanted to, of the
    /// last minute.
    public static double load() {
        return Double.parseDouble(lines(Path.of("/proc/loadavg")).getFirst().split(" ", 2)[0]);
    }

    /// Up to now.
    public static Ticks ticks() {
        return Ticks.of(lines(Path.of("/proc/stat")).getFirst());
    }

    private static String value(Path file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}
