/// Asks the ledger by its public calls.

const ENTRIES_PAGE = 100;

/// An address with those parameters that are not empty.
export function address(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value);
  const query = new URLSearchParams(given).toString();
  return query ? `${path}?${query}` : path;
}

let least = null;

/// From now on nothing older than that position is shown, whichever replica or cache answers.
export const notBefore = position => {
  least = position;
};

export async function ask(url) {
  const asked = new URL(url, location.href);
  if (least !== null) {
    asked.searchParams.set("position", least);
  }
  const response = await fetch(asked, { headers: { Accept: "application/json" } });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? response.statusText);
  }
  return response.json();
}

/// All pages of a list that is known to be short, such as the agreements.
export async function all(url) {
  const items = [];
  for (let next = url; next !== null;) {
    const page = await ask(next);
    items.push(...page.items);
    next = page.next && sameOrigin(page.next);
  }
  return items;
}

/// A page of a list, and how to ask for what follows it.
export async function page(url) {
  const answer = await ask(url);
  return { items: answer.items, next: answer.next && sameOrigin(answer.next) };
}

/// Behind a proxy that ends TLS the ledger may not know by which name it was called.
function sameOrigin(url) {
  const next = new URL(url);
  return next.pathname + next.search;
}

/// Whether this ledger has a call: asked of its own description, which is never a 404.
let described;
export async function has(path) {
  described ??= ask("/q/openapi?format=json").then(it => it.paths, () => ({}));
  return Object.keys(await described).some(it => path.test(it));
}

export { ENTRIES_PAGE };
