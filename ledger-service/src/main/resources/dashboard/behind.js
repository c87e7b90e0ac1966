/// Behind a number: the entries that it is the sum of, from there the exchange with its claims, its
/// history and its sources.

import { el, outward, table } from "./dom.js";
import { address, ask, ENTRIES_PAGE, page } from "./ledger.js";
import { clocks, path, write } from "./state.js";
import { counted, day, number, party as named, say, time, uncertainty, way } from "./words.js";

const dialog = el("dialog", { class: "behind", "aria-labelledby": "behind-title" });
document.body.append(dialog);

let opener = null;
dialog.addEventListener("close", () => {
  write({ party: "", direction: "", since: "", until: "", exchange: "" });
  opener?.focus();
});

function show(title, ...content) {
  dialog.replaceChildren(
    el("header", {}, el("h2", { id: "behind-title", tabindex: "-1" }, title),
      el("button", { type: "button", class: "close", onclick: () => dialog.close() },
        say("close"))),
    ...content);
  if (!dialog.open) {
    dialog.showModal();
  }
  dialog.querySelector("h2").focus();
}

/// @param query as `/entries` takes it; @param figure what they add up to, where it is known
export async function openEntries(query, figure, from = null) {
  opener = from ?? opener;
  write({ ...query, exchange: "" }, "pushState");
  const asked = { ...query, ...clocks() };
  const url = address(path("/entries"), { ...asked, limit: ENTRIES_PAGE });
  const title = [query.party && named(query.party),
    query.direction && say(query.direction), say(query.category),
    query.since && `${day(query.since)} – ${day(query.until)}`].filter(Boolean).join(" · ");
  const list = el("div");
  const sum = el("p", { class: "sum", role: "status" });
  const entries = [];
  const load = async next => {
    const got = await page(next);
    entries.push(...got.items);
    const best = entries.reduce((total, it) => total + it.figure.best, 0);
    // What went both ways is no sum of anything.
    sum.textContent = query.party
      ? say("behind.sum", { count: number(entries.length), sum: number(best) }) : "";
    list.replaceChildren(entryTable(title, entries),
      got.next ? el("button", { type: "button", onclick: () => load(got.next) },
        say("behind.more")) : "");
  };
  show(title,
    figure ? el("p", { class: "figure" }, el("strong", {}, number(figure.best)), " ",
      el("span", { class: "unsure" }, uncertainty(figure))) : "", sum, list,
    tools(url, address(path("/entries"), { ...asked, limit: 1000, format: "csv" }),
      figure && (() => cite(query, figure))));
  await load(url).catch(failed => list.replaceChildren(say("failed", { why: failed.message })));
}

function entryTable(title, entries) {
  return table(title, [say("day"), say("from.to"), say("number"), say("sources")],
    entries.map(it => [
      el("button", { type: "button", class: "link", "data-exchange": it.exchange,
        onclick: () => openExchange(it.exchange) }, day(it.occurredOn)),
      el("span", {}, way(it)),
      el("span", {}, el("strong", {}, counted(it)),
        el("small", { class: "unsure" }, uncertainty(it.figure)),
        el("small", { class: "unsure" }, say("stated.by",
          { who: it.statedBy.map(of => named(of)).join(", ") || say("nobody") }))),
      sources(it.sources)]));
}

function sources(list) {
  return el("ul", { class: "sources" }, list.map(it =>
    el("li", {}, outward(it.url, it.title), ` ${it.publisher}`,
      it.publishedOn ? `, ${day(it.publishedOn)}` : "")));
}

function tools(url, csv, citation) {
  const status = el("span", { role: "status" });
  return el("p", { class: "tools" },
    csv ? el("a", { href: csv }, "CSV") : "", " ", el("a", { href: url }, say("call")), " ",
    citation ? [el("button", { type: "button", class: "cite",
      onclick: () => copy(citation(), status) }, say("copy")), " ", status] : "");
}

/// Where a page may not write to the clipboard, the text is shown, to be copied by hand.
async function copy(text, status) {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = say("copied");
  } catch {
    status.textContent = text;
  }
}

let shownAt = null;

/// @param moment that the totals shown rest on
export const restsOn = moment => {
  shownAt = moment;
};

/// With the moment that the number rests on, so that its address gives the same number for good.
function cite(query, figure) {
  const link = new URL(location.href);
  link.searchParams.delete("knownOn");
  link.searchParams.set("knownAt", shownAt);
  return say("citation", { who: named(query.party), direction: say(query.direction).toLowerCase(),
    best: number(figure.best), category: say(query.category).toLowerCase(),
    uncertainty: uncertainty(figure), knownAt: time(shownAt), address: link.href });
}

export async function openExchange(id, from = null) {
  opener = from ?? opener;
  write({ exchange: id }, "pushState");
  const at = `/v1/exchanges/${encodeURIComponent(id)}`;
  const { knownAt } = clocks();
  try {
    const [exchange, history] = await Promise.all([
      ask(address(at, { knownAt })), page(address(`${at}/history`, { knownAt }))]);
    showExchange(at, exchange, history);
  } catch (failed) {
    show(say("exchange"), el("p", {}, say("failed", { why: failed.message })));
  }
}

function showExchange(at, exchange, history) {
  const isVoid = exchange.status !== "standing";
  show(`${say("exchange")} · ${day(exchange.occurredOn)}`,
    el("p", {}, say(`status.${exchange.status}`, { into: exchange.mergedInto }),
      exchange.place ? ` · ${exchange.place}` : ""),
    exchange.summary ? el("p", {}, exchange.summary) : "",
    el("div", { class: isVoid ? "void" : null }, table(say("exchange"),
      [say("from.to"), say("category"), say("number")],
      exchange.transfers.map(it => [el("span", {}, way(it)),
        el("span", {}, say(it.category)),
        el("span", {}, el("strong", {}, counted(it)),
          el("small", { class: "unsure" }, say("stated.by", { who:
            (it.statedBy ?? []).map(of => named(of)).join(", ") || say("nobody") })))]))),
    el("h3", {}, say("claims")), claims(exchange.claims ?? []),
    el("h3", {}, say("history")), el("ol", { class: "history" }, history.items.map(event)),
    el("h3", {}, say("sources")), sources(exchange.sources), tools(at, null, null));
}

function claims(list) {
  return list.length === 0 ? el("p", {}, say("claims.none"))
    : table(say("claims"), [say("claimant"), say("day"), say("claim")], list.map(it => [
      el("span", {}, el("strong", {}, it.claimant.name), it.claimant.party
        ? el("small", { class: "unsure" }, named(it.claimant.party)) : ""),
      el("span", {}, day(it.statedOn)),
      el(it.status === "standing" ? "span" : "s", {}, it.assertion?.count !== undefined
        ? el("strong", {}, counted(it.assertion), it.statement ? " · " : "") : "",
        it.statement ? el("span", { lang: it.language, dir: "auto" }, it.statement) : "",
        sources(it.sources ?? []))]));
}

/// What was said before is struck through.
function event(it) {
  return el("li", {},
    el("p", {}, `${time(it.event?.recordedAt ?? it.recordedAt ?? null)} · ${it.event?.type ?? it.type}`),
    it.reason ? el("p", {}, say("reason", { reason: it.reason })) : "",
    el("ul", {}, (it.changes ?? []).map(change => el("li", {}, el("code", {}, change.pointer), " ",
      el("s", {}, brief(change.before)), " ", el("ins", {}, brief(change.after))))));
}

const brief = value => typeof value === "object" ? JSON.stringify(value) : String(value);
