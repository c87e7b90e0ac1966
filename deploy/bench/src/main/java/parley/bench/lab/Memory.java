package parley.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel says of a process' memory.
final class Memory {
    private static final String PEAK = "VmHWM:";
    private static final double KIBIBYTES_IN_MEBIBYTE = 1024;

    private Memory() {}

    /// The most that was resident at once: heap, code, threads and what libraries took.
    static double peakMebibytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(PEAK)) {
                return Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES_IN_MEBIBYTE;
            }
        }
        throw new IOException("The kernel does not say what process " + pid + " takes");
    }
}
