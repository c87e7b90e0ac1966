/// Where claimants and the ledger differ: about one transfer, and about running totals.

import { el, table } from "./dom.js";
import { counted, day, number, say, uncertainty, way } from "./words.js";

export function discrepanciesView(items, openExchange) {
  return items.length === 0 ? [el("p", {}, say("discrepancies.none"))]
    : [table(say("discrepancies"), ["day", "from.to", "ledger", "claims", "spread"]
      .map(head => say(head)), items.map(it => [
        el("button", { type: "button", class: "link",
          onclick: event => openExchange(it.exchange, event.currentTarget) },
          day(it.occurredOn)),
        el("span", {}, way(it), el("br"), say(it.category)),
        el("span", {}, el("strong", {}, counted(it.ledger)),
          el("small", { class: "unsure" }, uncertainty(it.ledger.figure))),
        el("ul", { class: "sources" }, it.claims.map(claim => el("li", {}, counted(claim),
          el("small", { class: "unsure" }, `${claim.claimant.name}, ${day(claim.statedOn)}`)))),
        el("span", {}, number(it.spread))]))];
}

/// The ledger's own sentences are English whatever the language of the page.
const ENGLISH = { lang: "en", dir: "ltr" };

/// The findings as sentences, each with what it rests on. A gap that an earlier total opened is that
/// one's, and is not told as if it were new.
export function reconciliationView(items, openExchange) {
  const claims = new Map(items.map(it => [it.claim, it]));
  return [el("ul", { class: "findings" }, items.map(it => el("li", { class: it.verdict },
    el("p", {}, say(`reconciliation.${it.claimed === null ? "unsaid" : it.verdict}`, {
      ...told(it), best: number(it.ledger.best), low: number(it.ledger.low),
      high: number(it.ledger.high), unstated: number(it.ledger.unstated),
      gap: number(Math.abs(it.gap)) })),
    el("p", { class: "unsure" }, scope(it.scope), el("br"), uncertainty(it.ledger)),
    opened(it, claims.get(it.openedBy)),
    it.explanations.length === 0 ? ""
      : el("ul", {}, it.explanations.map(of => el("li", ENGLISH, ...sentence(of, openExchange)))))))];
}

const told = it => ({ who: it.claimant.name, statedOn: day(it.statedOn),
  claimed: it.claimed === null ? "" : counted({ count: it.claimed, qualifier: it.qualifier }) });

function scope(of) {
  return [of.from === null ? say("reconciliation.both") : way(of),
    `: ${of.categories.map(it => say(it)).join(", ")}, `
    + (of.since === null ? "– " : `${day(of.since)} – `) + day(of.until)
    + (of.agreement === null ? "" : ` (${of.agreement})`)];
}

function opened(it, opener) {
  return it.openedBy === it.claim && it.since && it.gap !== it.since.gap
    ? el("p", {}, say("reconciliation.since", { from: day(it.since.statedOn),
      to: day(it.statedOn), before: number(it.since.gap) }))
    : opener && opener !== it ? el("p", {}, say("reconciliation.same", told(opener))) : "";
}

/// The exchanges that it names lead to their entries, claims and sources.
function sentence(of, openExchange) {
  const link = id => el("button", { type: "button", class: "link",
    onclick: event => openExchange(id, event.currentTarget) }, id);
  return of.sentence.split(/(\([\w.~-]+\))/).flatMap(part => {
    const id = part.slice(1, -1);
    return of.exchanges.includes(id) ? ["(", link(id), ")"] : [part];
  });
}
