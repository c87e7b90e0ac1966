/// A step line for each series with its range as a band, drawn as SVG: it prints, scales and can be
/// read out. A period is chosen with the pointer or from the keyboard.

import { el, svg } from "./dom.js";
import { day, month, number, say, uncertainty } from "./words.js";

const WIDTH = 720;
const HEIGHT = 300;
const LEFT = 56;
const RIGHT = 12;
const TOP = 24;
const BOTTOM = 28;
const TICKS = 4;

function step(highest) {
  const raw = highest / TICKS;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map(it => it * power).find(it => it >= raw);
}

/// @param buckets with `from` and `to`; @param series with `name` and `figures`, one for a bucket
/// @param marks with `on`, `name`; @param choose is told the first and last day of a period
export function chart(title, buckets, series, marks, choose) {
  const highest = Math.max(1, ...series.flatMap(it => it.figures.map(figure => figure.high)));
  const unit = Math.max(1, step(highest));
  const top = Math.ceil(highest / unit) * unit;
  const width = (WIDTH - LEFT - RIGHT) / buckets.length;
  const x = index => LEFT + index * width;
  const y = value => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const line = pick => figures => figures
    .map((it, index) => `${index ? "L" : "M"}${x(index)} ${y(pick(it))}H${x(index + 1)}`).join("");
  const band = figures => line(it => it.high)(figures)
    + figures.map((it, index) => ({ it, index })).reverse()
      .map(({ it, index }) => `L${x(index + 1)} ${y(it.low)}H${x(index)}`).join("") + "Z";

  const drawing = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "group", tabindex: "0",
    "aria-label": `${title}. ${say("chart.help")}`
  });
  for (let value = 0; value <= top; value += unit) {
    drawing.append(
      svg("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }),
      svg("text", { class: "tick", x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" },
        number(value)));
  }
  buckets.forEach((bucket, index) => {
    if (bucket.from.slice(5, 7) === "01" || index === 0) {
      drawing.append(svg("text", { class: "tick", x: x(index), y: HEIGHT - 8 },
        bucket.from.slice(0, 4)));
    }
  });
  for (const mark of marks) {
    const index = buckets.findIndex(it => it.from <= mark.on && mark.on <= it.to);
    if (index >= 0) {
      drawing.append(mark.value === undefined
        ? svg("path", { class: "agreement", d: `M${x(index)} ${TOP}V${HEIGHT - BOTTOM}` },
          svg("title", {}, mark.name))
        : svg("circle", { class: "claimed", cx: x(index + 1), cy: y(Math.min(mark.value, top)),
          r: 3 }, svg("title", {}, mark.name)));
    }
  }
  series.forEach((it, index) => drawing.append(
    svg("path", { class: `band s${index}`, d: band(it.figures) }),
    svg("path", { class: `line s${index}`, d: line(figure => figure.best)(it.figures) })));
  const selection = svg("rect", { class: "selection", y: TOP, height: HEIGHT - TOP - BOTTOM });
  drawing.append(selection);

  const read = el("p", { class: "reading", role: "status" });
  brush(drawing, selection, buckets, x, width, choose, index => {
    read.textContent = series.map(it => say("chart.label", {
      title: it.name, from: month(buckets[index].from), to: day(buckets[index].to),
      value: `${number(it.figures[index].best)} (${uncertainty(it.figures[index])})`
    })).join(" · ");
  });
  const legend = el("p", { class: "legend" }, series.map((it, index) =>
    el("span", { class: `key s${index}` }, it.name)),
    marks.some(it => it.value === undefined)
      ? el("span", { class: "key agreed" }, say("marks")) : "",
    marks.some(it => it.value !== undefined)
      ? el("span", { class: "key told" }, say("marks.claims")) : "");
  return el("figure", {}, el("figcaption", {}, title), legend, drawing, read);
}

function brush(drawing, selection, buckets, x, width, choose, tell) {
  let start = null;
  let at = buckets.length - 1;
  const limited = index => Math.max(0, Math.min(buckets.length - 1, index));
  const paint = () => {
    const first = Math.min(start ?? at, at);
    selection.setAttribute("x", x(first));
    selection.setAttribute("width", (Math.abs(at - (start ?? at)) + 1) * width);
    tell(at);
  };
  const finish = () => {
    const [first, last] = [Math.min(start, at), Math.max(start, at)];
    start = null;
    choose(buckets[first].from, buckets[last].to);
  };
  const under = event => {
    const box = drawing.getBoundingClientRect();
    return limited(Math.floor(((event.clientX - box.left) / box.width * WIDTH - LEFT) / width));
  };
  drawing.addEventListener("pointerdown", event => {
    if (event.button !== 0) {
      return;
    }
    start = at = under(event);
    drawing.setPointerCapture(event.pointerId);
    paint();
  });
  drawing.addEventListener("pointermove", event => {
    at = under(event);
    paint();
  });
  drawing.addEventListener("pointerup", () => start !== null && finish());
  drawing.addEventListener("pointercancel", () => {
    start = null; // The reader scrolls.
    paint();
  });
  drawing.addEventListener("keydown", event => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -buckets.length, End: buckets.length };
    if (event.key in steps) {
      at = limited(at + steps[event.key]);
      paint();
    } else if (event.key === "Enter") {
      start === null ? (start = at, paint()) : finish();
    } else if (event.key === "Escape") {
      start = null;
      paint();
    } else {
      return;
    }
    event.preventDefault();
  });
}
