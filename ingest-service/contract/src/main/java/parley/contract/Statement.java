package parley.contract;

/// What is said of a thing, as a whole: each correction says it anew.
public sealed interface Statement permits Conflict, Exchange, Agreement, Claim {}
