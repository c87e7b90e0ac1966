/// Takes the page over from what the server has rendered.

import { agreementsView } from "./agreements.js";
import { openEntries, openExchange, restsOn } from "./behind.js";
import { discrepanciesView, reconciliationView } from "./differences.js";
import { el } from "./dom.js";
import { duplicatesView } from "./duplicates.js";
import { address, ask, has, notBefore, page } from "./ledger.js";
import { follow } from "./live.js";
import { clocks, conflict, isNow, path, read } from "./state.js";
import { timeline } from "./timeline.js";
import { showTotals } from "./totals.js";
import { day, forth, know, number, party as named, say, time, uncertainty } from "./words.js";

/// Of what is marked on the chart the newest are shown.
const LIMIT_MAX = 1000;

/// Of other lists so many are shown at first.
const LIMIT_SHORT = 20;

const announce = document.getElementById("announce");

/// A part of the page that fails says so and leaves the others alone. One that is shown again takes
/// its place when it is whole, with what was unfolded in it unfolded.
async function part(id, title, fill) {
  const section = el("section", { id, "aria-labelledby": `${id}-title` },
    el("h2", { id: `${id}-title` }, title));
  if (document.getElementById(id) === null) {
    document.getElementById("views").append(section);
  }
  try {
    await fill(section);
  } catch (failed) {
    section.append(el("p", { class: "failed" }, say("failed", { why: failed.message })));
  }
  const former = document.getElementById(id);
  if (former !== section) {
    const unfolded = [...former.querySelectorAll("details[open] > summary")]
      .map(it => it.textContent);
    for (const summary of section.querySelectorAll("details > summary")) {
      summary.parentElement.open = unfolded.includes(summary.textContent);
    }
    former.replaceWith(section);
  }
}

/// A list of which a page is shown, and what follows when it is asked for.
async function listed(section, url, view) {
  const list = el("div");
  const items = [];
  const load = async next => {
    const got = await page(next);
    items.push(...got.items);
    list.replaceChildren(...view(items, openExchange), got.next === null ? ""
      : el("button", { type: "button", onclick: () => load(got.next) }, say("more")));
  };
  await load(url);
  section.append(list);
}

function basis(totals) {
  const { asOf, knownAt } = clocks();
  const name = asOf && knownAt ? "basis.then" : asOf ? "basis.asOf" : knownAt ? "basis.knownAt"
    : "basis.now";
  const link = new URL(location.href);
  link.searchParams.set("conflict", conflict);
  link.searchParams.delete("knownOn");
  link.searchParams.set("knownAt", totals.knownAt);
  document.getElementById("basis").replaceChildren(say(name, {
    asOf: asOf && day(asOf), knownAt: time(totals.knownAt),
    last: day(totals.parties.map(it => it.lastExchangeOn).filter(Boolean).sort().at(-1) ?? null)
  }), " ", totals.knownAt === null ? "" : el("a", { href: link.href }, say("link")));
}

/// Says that something has changed, and leaves it to the reader when to see it.
function live(shown) {
  follow(newest => {
    if (JSON.stringify(newest.parties) === JSON.stringify(shown.parties)) {
      announce.replaceChildren();
      return;
    }
    announce.replaceChildren(say("changed"), " ", el("button", { type: "button", onclick: () => {
      shown = newest;
      notBefore(newest.position);
      show(newest);
      announce.replaceChildren();
      document.getElementById("totals").focus({ preventScroll: true });
      views(newest);
    } }, say("changed.show")));
  });
}

/// What changed last, newest first, with what it did to what was received.
async function latest(section) {
  const got = await page(address(path("/changes"), { ...clocks(), last: 5 }));
  section.append(el("ul", { class: "latest" }, got.items.toReversed().map(it => el("li", {},
    time(it.event.recordedAt), " · ", say(`kind.${it.kind}`), " ",
    it.kind === "exchange" ? el("button", { type: "button", class: "link",
      onclick: event => openExchange(it.id, event.currentTarget) }, it.id)
    : el("bdi", {}, it.id),
    ": ", say(`change.${it.change}`, { into: it.mergedInto }),
    it.reason ? `. ${say("reason", { reason: it.reason })}` : "",
    it.effects.filter(of => of.direction === "received").map(of => el("small",
      { class: "unsure" }, named(of.party), ", ", say("received").toLowerCase(), ", ",
      say(of.category).toLowerCase(), ": ", number(of.before.best), forth, number(of.after.best),
      ` (${uncertainty(of.after)})`))))));
}

function embed(section) {
  const lang = document.documentElement.lang;
  const frame = kind => `<iframe src="${location.origin}/embed/${kind}/${conflict}`
    + `?lang=${lang}&theme=auto" title="Parley" width="100%" height="480"`
    + ` style="border:0" loading="lazy"></iframe>`;
  section.append(el("p", { class: "note" }, say("embed.help")),
    ...[["totals", "totals"], ["timeline", "over.time"]].flatMap(([kind, title]) => [
      el("pre", { tabindex: "0", role: "group", "aria-label": say(title), dir: "ltr" },
        frame(kind)),
      el("p", { class: "tools" }, ["svg", "png"].map(format => el("a", {
        href: address(`/embed/${kind}/${encodeURIComponent(conflict)}/card.${format}`,
          { lang, ...clocks() })
      }, `${say(title)}, ${format.toUpperCase()}`)))]));
}

async function start() {
  const form = document.querySelector(".clocks");
  const now = form.querySelector("button[type=reset]");
  now.hidden = isNow();
  now.addEventListener("click", () => {
    location.search = new URLSearchParams({ conflict, lang: document.documentElement.lang });
  });
  const totals = await ask(address(path("/totals"), clocks()));
  show(totals);
  if (isNow()) {
    live(totals);
  }
  const { exchange, party, direction, category, since, until } = read();
  if (exchange) {
    await openExchange(exchange);
  } else if (category && (since || party && direction)) {
    await openEntries({ party, direction, category, since, until }, since || until ? null
      : totals.parties.find(it => it.party === party)?.totals
        .find(it => it.category === category)?.[direction] ?? null);
  }
  await views(totals);
  document.documentElement.dataset.ready = "true";
}

function show(totals) {
  know(totals.parties);
  restsOn(totals.knownAt);
  showTotals(totals, openEntries);
  basis(totals);
}

/// All but the totals; shown again, they are of the same books as these.
async function views(totals) {
  await part("latest", say("latest"), latest);
  const [{ items: agreements }, { items: claims }] = await Promise.all(
    ["/agreements", "/claims"].map(it =>
      page(address(path(it), { ...clocks(), limit: LIMIT_MAX }))));
  if (totals.parties.some(it => it.totals.length > 0)) {
    await part("timeline", say("over.time"),
      section => timeline(section, totals, agreements, claims, openEntries));
  }
  await part("agreements", say("agreements"),
    section => section.append(...agreementsView(agreements)));
  if (await has(/^\/v1\/conflicts\/\{\w+\}\/reconciliation$/)) {
    await part("reconciliation", say("reconciliation"), async section => section.append(
      ...reconciliationView((await page(address(path("/reconciliation"),
        { ...clocks(), limit: LIMIT_MAX }))).items, openExchange)));
  }
  await part("discrepancies", say("discrepancies"), section => listed(section,
    address(path("/discrepancies"), { ...clocks(), limit: LIMIT_SHORT }), discrepanciesView));
  await part("duplicates", say("duplicates"), section => listed(section,
    address(path("/duplicates"), { ...clocks(), limit: LIMIT_SHORT }), duplicatesView));
  await part("embed", say("embed"), embed);
}

addEventListener("popstate", () => location.reload());
if (conflict) {
  start().catch(failed => {
    announce.textContent = say("failed", { why: failed.message });
  });
}
