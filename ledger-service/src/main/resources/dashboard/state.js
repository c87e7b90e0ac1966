/// What is shown: it stands in the address, so that the address is a permalink.

const NAMES = ["conflict", "asOf", "knownOn", "knownAt", "lang", "theme", "party", "category",
  "direction", "shown", "per", "since", "until", "exchange"];

export const conflict = document.body.dataset.conflict;

export function read() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.map(it => [it, query.get(it) || ""]));
}

/// Puts it into the address; `how` is `pushState` for a step that Back should undo.
export function write(changes, how = "replaceState") {
  const state = { ...read(), conflict, ...changes };
  const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
  history[how](null, "", `?${query}`);
}

/// The two clocks as the calls take them.
export function clocks() {
  const { asOf, knownOn, knownAt } = read();
  return { asOf, knownAt: knownOn ? `${knownOn}T23:59:59.999999Z` : knownAt };
}

export const isNow = () => !clocks().asOf && !clocks().knownAt;

export const path = (rest = "") => `/v1/conflicts/${encodeURIComponent(conflict)}${rest}`;
