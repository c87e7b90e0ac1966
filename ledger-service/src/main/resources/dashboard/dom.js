/// Makes elements. Nothing that the ledger says is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

function made(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.flat(Infinity).filter(it => it !== null && it !== undefined));
  return node;
}

export function el(tag, attributes = {}, ...children) {
  return made(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return made(document.createElementNS(SVG, tag), attributes, children);
}

/// A table that scrolls by itself where the screen is narrow.
export function table(caption, heads, rows) {
  return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    el("table", {},
      el("caption", { class: "hidden" }, caption),
      el("thead", {}, el("tr", {}, heads.map(it => el("th", { scope: "col" }, it)))),
      el("tbody", {}, rows.map(cells => el("tr", {}, cells.map(
        it => el("td", { class: typeof it === "object" ? null : "text" }, it)))))));
}

/// Only what a browser may safely follow becomes a link.
export function outward(url, text) {
  return /^https?:\/\//i.test(url)
    ? el("a", { href: url, rel: "noopener external", target: "_blank" }, text)
    : el("span", {}, text);
}
