package parley.ledger.duplicates;

import parley.contract.Exchange;

/// An exchange that stands, and who reported it.
record Report(String id, String publisher, Exchange exchange) {}
