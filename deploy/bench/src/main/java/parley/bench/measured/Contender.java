package parley.bench.measured;

import java.util.concurrent.Callable;

/// One of those that do the same work.
///
/// @param name in words, as the table shows it
/// @param run does the work once and says how it went
public record Contender(String name, Callable<Measured> run) {}
