// Draws the charts of `charts/model.py` as HTML: words stay words, rows wrap on a phone, names are buttons.
// data: rows of a page, each with the widths of its columns and their cards. A card: key, chart (a class of the
// model as plain values), table (heads, rows, numbers, count, turn), and what is around them: headline, picture,
// mark, foot, sentences, explained (label, lines), buttons (name, words, kind: "opens", "dialog", "main" or "large"),
// open (the names of the buttons that are pressed), turn.
// Answers: triggers "open" (the link of what was clicked), "tick" (the key of a line that was ticked), "more" (the
// key of a card and the name of its button), "turn" (the key of a card and "part:2" of a chart, "page:2" of a table).
// Every word is set as text, so nothing in the data is ever read as markup.
const SVG = "http://www.w3.org/2000/svg";

function el(tag, cls, ...inside) {
  const node = document.createElement(tag);
  // What is written bold here is told from what a name could have made.
  if (cls || tag === "b") node.className = cls || "strong";
  node.append(...inside.filter((child) => child !== "" && child !== null && child !== undefined));
  return node;
}

function svg(tag, attributes, ...inside) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...inside);
  return node;
}

const hidden = (words) => el("span", "unseen", words);
const how = (words) => (words ? el("p", "how", words) : "");
const percent = (share) => `${100 * Math.min(Math.max(share, 0), 1)}%`;

// A mark at its place.
function placed(cls, style) {
  const mark = el("i", cls);
  Object.assign(mark.style, style);
  return mark;
}

function button(cls, words, act) {
  const node = el("button", cls, words);
  node.type = "button";
  node.onclick = act;
  return node;
}

// A heading of a row ("row") or a column ("col").
function heading(scope, cls, ...inside) {
  const node = el("th", cls, ...inside);
  node.scope = scope;
  return node;
}
const column = (words, cls) => heading("col", cls, words);

// A cell; on a phone, where no heading is above it, it stands below the row with its own.
function headed(head, cls, words) {
  const td = el("td", cls, words);
  td.dataset.head = head;
  return td;
}

// What is seen, but not said.
function unsaid(node) {
  node.setAttribute("aria-hidden", "true");
  return node;
}

// Rows as `line` draws each, by itself and with that of all together; a list in which some stand out.
function drawRows({ rows, whole }, line) {
  const lines = rows.map((row) => line(row, ["", row.chosen ? "chosen" : ""].join(" ")));
  const some = rows.some((row) => row.chosen) ? "some" : "";
  return { lines, every: [...lines, ...(whole ? [line(whole, ["whole", whole.chosen ? "chosen" : ""].join(" "))] : [])], some };
}

// The shape of a status: told apart without colour.
const SHAPES = {
  met: "M6 1a5 5 0 1 0 .01 0z",
  not_met: "M1 2h10L6 11z",
  rising: "M1 10h10L6 1z",
  falling: "M1 2h10L6 11z",
  unchanged: "M1 5h10v2.5H1z",
  whole_only: "M6 0l6 6-6 6-6-6z",
  uncertain: "M6 1a5 5 0 1 0 .01 0zM6 2.6a3.4 3.4 0 1 1-.01 0z",
};
function sign(status) {
  if (!SHAPES[status]) return "";
  const mark = svg("svg", { viewBox: "0 0 12 12", class: `sign ${status}`, "aria-hidden": "true" });
  mark.append(svg("path", { d: SHAPES[status], "fill-rule": "evenodd" }));
  return mark;
}

function spark({ values, target }) {
  const known = values.map((value, i) => [i, value]).filter(([, value]) => value !== null);
  if (known.length < 2) return "";
  const all = [...known.map(([, value]) => value), ...(target === null ? [] : [target])];
  const low = Math.min(...all), high = Math.max(...all);
  const x = (i) => 3 + (94 * i) / Math.max(values.length - 1, 1);
  const y = (value) => (high === low ? 14 : 24 - (20 * (value - low)) / (high - low));
  const box = { viewBox: "0 0 100 28", class: "spark", "aria-hidden": "true", preserveAspectRatio: "none" };
  const drawn = svg("svg", box);
  if (target !== null) {
    drawn.append(svg("line", { x1: 0, x2: 100, y1: y(target), y2: y(target), class: "target" }));
  }
  drawn.append(svg("polyline", { points: known.map(([i, value]) => `${x(i)},${y(value)}`).join(" ") }));
  const frame = el("span", "sparked", drawn);
  // The dot is the value of today: what is not reported has none.
  const value = values.at(-1);
  if (value !== null) frame.append(placed("", { left: `${x(values.length - 1)}%`, top: `${(100 * y(value)) / 28}%` }));
  return frame;
}

// A name that opens something is a button; others are plain words.
function name(words, link, open, cls = "") {
  return link ? button(`name ${cls}`, words, () => open(link)) : el("span", cls, words);
}

// The choice of an order of rows; `nodes` are the rows as they stand.
function sorter(orders, nodes) {
  if (!orders) return "";
  const choice = el("select", "order", ...orders.by.map(([words]) => el("option", "", words)));
  choice.setAttribute("aria-label", orders.label);
  choice.onchange = () => {
    const place = nodes[0].parentElement, before = nodes.find((node) => !nodes.includes(node.previousSibling)).previousSibling;
    const sorted = orders.by[choice.selectedIndex][1].map((n) => nodes[n]);
    if (before) before.after(...sorted);
    else place.prepend(...sorted);
  };
  return choice;
}

// What is wider or higher than its place is moved by the arrow keys, too.
function moved(place) {
  const larger = () => place.scrollWidth > place.clientWidth || place.scrollHeight > place.clientHeight;
  new ResizeObserver(() => { place.tabIndex = larger() ? 0 : -1; }).observe(place);
  return place;
}

// A long count may be broken behind its stroke, never within a number.
const counted = (words) => (words.length > 9 ? words.split("/").flatMap((part, n) => (n ? ["/", el("wbr", ""), part] : [part])) : [words]);

function keyed(kinds, cls) {
  return kinds.length < 2 ? "" : el("ul", "key", ...kinds.map(([kind, words]) => el("li", "", el("i", `${cls} ${kind}`), words)));
}

function figures({ count, share, status, status_label, unreported, vacant }) {
  return el("span", "figures",
    el("b", "", share || count), share ? el("span", "count", count) : "",
    status === "none" && !status_label ? "" : el("span", "state", sign(status), status_label),
    vacant ? el("span", "unreported", vacant) : "", unreported ? el("span", "unreported", unreported) : "");
}

const CHARTS = {
  Tiles({ rows }) {
    return el("div", "tiles", ...rows.map((tile) =>
      el("section", "tile",
        el("p", "label", tile.name),
        el("p", tile.value.length > 8 ? "value long" : "value", ...counted(tile.value), tile.trend ? spark(tile.trend) : ""),
        ...tile.notes.map((note, n) => el("p", "note", n ? "" : sign(tile.status), note)))));
  },

  Bullets(chart, open) {
    const trends = chart.rows.some((row) => row.trend);
    const { every, some } = drawRows(chart, (row, cls) => {
      const { share, target } = row, track = unsaid(el("span", share === null && target === null ? "" : "track"));
      if (share !== null) track.append(placed("bar", { width: percent(share) }));
      if (share !== null && target !== null && target > share) {
        track.append(placed("gap", { left: percent(share), width: percent(target - share) }));
      }
      if (target !== null) track.append(placed("goal", { left: percent(target) }));
      return el("li", cls, name(row.name, row.link, open, "label"), track, figures(row.label), row.trend ? spark(row.trend) : "");
    });
    return el("div", "", el("ul", ["bullets", some, trends ? "" : "plain"].join(" "), ...every), how(chart.key));
  },

  HeatTable(chart, open) {
    const { order, heads, total, rows, key, orders } = chart;
    const cell = ({ label, needed, missing, unreported }) => {
      const seen = unsaid(el("span", "", sign(label.status), needed ? el("b", "", needed) : "", " ", ...counted(label.count), " ",
        unreported ? el("span", "unknown", unreported) : ""));
      const words = [label.status_label, label.count, label.share, label.vacant, label.unreported].filter(Boolean).join(" · ");
      const td = el("td", missing ? "missing" : "", seen, hidden(words));
      if (missing) td.style.setProperty("--depth", `${20 + 60 * missing}%`);
      td.title = words;
      return td;
    };
    const { lines, every, some } = drawRows(chart, (row, cls) =>
      el("tr", cls, heading("row", "", name(row.name, row.link, open)), ...row.cells.map(cell), el("td", "sum", row.total)));
    const longest = Math.max(...rows.flatMap(({ cells }) => cells.map(({ label }) => (label.count || "").length)));
    const size = heads.length > 5 || longest > 9 ? "wide" : longest > 5 ? "" : "roomy";
    return el("div", "scroll",
      el("table", `heat ${some} ${size}`,
        el("thead", "", el("tr", "", column(sorter(orders, lines) || order, "first"), ...heads.map((head) => column(el("span", "", head), "")), column(el("span", "", total), "sum"))),
        el("tbody", "", ...every)),
      how(key));
  },

  Units(chart, open) {
    const { kinds, key, orders } = chart, words = Object.fromEntries(kinds);
    const { lines, every, some } = drawRows(chart, (row, cls) => {
      const counted = kinds.map(([kind]) => [kind, row.units.filter((unit) => unit === kind).length]);
      const squares = el("span", "squares", ...row.units.map((unit) => { const i = el("i", `unit ${unit}`); i.title = words[unit]; return i; }));
      squares.setAttribute("role", "img");
      squares.setAttribute("aria-label", counted.filter(([, n]) => n).map(([kind, n]) => `${words[kind]}: ${n}`).join("; "));
      return el("li", cls, name(row.name, row.link, open, "label"), row.units.length ? squares : el("span", ""), figures(row.label));
    });
    return el("div", "", keyed(kinds, "unit"), sorter(orders, lines), el("ul", some ? "units some" : "units", ...every), how(key));
  },

  PostMatrix({ heads, states, groups, key }, open) {
    const step = heads.length > 8 ? 33 : heads.length > 3 ? 36 : 28, width = step * heads.length;
    const x = (post) => step * (post + 0.5);
    const sign = (state, at, inside) => {
      if (state === "vacant") return svg("line", { x1: at - 4, x2: at + 4, y1: 8, y2: 8, class: "post vacant" });
      if (state === "not_reported") {
        const mark = svg("text", { x: at, y: 12.5, class: "post not_reported" });
        mark.textContent = "?";
        return mark;
      }
      return svg("circle", { cx: at, cy: 8, r: inside ? 3.2 : 4.2, class: `post ${state}` });
    };
    const capsule = (from, to) => svg("rect", { x: from - 6.5, y: 2, width: to - from + 13, height: 12, rx: 6, class: "joined" });
    const drawn = (row) => {
      const picture = svg("svg", { viewBox: `0 0 ${width} 16`, width, height: 16, role: "img", "aria-label": row.label });
      const title = svg("title", {});
      title.textContent = row.label;
      picture.append(title);
      row.joined.forEach((posts, person) => {
        const runs = [];
        for (const post of posts) {
          if (runs.at(-1)?.at(-1) === post - 1) runs.at(-1).push(post);
          else runs.push([post]);
        }
        runs.forEach((run, n) => {
          picture.append(capsule(x(run[0]), x(run.at(-1))));
          if (!n) return;
          // The same person further on: round the posts between, never over them; a second person the other
          // way, two more and two more (of twelve posts six may have two each) in other dashes.
          const from = x(runs[n - 1].at(-1)), to = x(run[0]), way = person % 2 ? -6 : 22;
          const dashes = person > 1 ? { "stroke-dasharray": person > 3 ? "2 2" : "6 3" } : {};
          picture.append(svg("path", { d: `M${from} 8 C${from + 8} ${way} ${to - 8} ${way} ${to} 8`, class: "round", ...dashes }));
        });
      });
      const joined = new Set(row.joined.flat());
      row.posts.forEach((state, post) => {
        if (!(joined.has(post) && state === "member")) picture.append(sign(state, x(post), joined.has(post)));
      });
      return picture;
    };
    const sample = (state) => svg("svg", { viewBox: state === "joined" ? "0 0 30 16" : "7 0 16 16", width: state === "joined" ? 30 : 16, height: 16, "aria-hidden": "true" },
      state === "joined" ? capsule(9, 21) : sign(state, 15, false));
    const head = (words) => {
      const cell = el("span", "", words);
      cell.style.width = `${step}px`;
      return cell;
    };
    const matrix = el("div", heads.length > 3 ? "matrix wide" : "matrix", ...groups.map((group) =>
      el("section", "",
        el("div", "heads", name(group.name, group.link, open), el("span", "posts", ...heads.map(head))),
        el("ul", "", ...group.rows.map((row) => el("li", "", name(row.name, row.link, open), drawn(row)))))));
    if (heads.length > 7) { // beside more posts a name still has room
      matrix.classList.add("many");
      matrix.style.columnWidth = `${width + 90}px`;
      for (const section of matrix.children) section.style.minWidth = matrix.style.columnWidth;
    }
    return el("div", "",
      el("ul", "key", ...states.map(([state, words]) => el("li", "", sample(state), words))), matrix,
      how(key));
  },

  Bars(chart, open) {
    const { rows, kinds, whole, key, heads, orders } = chart;
    const sum = (row) => row.segments.reduce((total, segment) => total + segment.value, 0);
    const most = Math.max(...rows.map(sum), 0) || 1;
    const furthest = Math.max(...rows.map((row) => row.beside?.value ?? 0), 0) || 1;
    const words = Object.fromEntries(kinds);
    const stack = (segments, full) => unsaid(el("span", "stack", ...segments.filter((segment) => segment.value).map((segment) => {
      const part = placed(`part ${segment.kind}`, { width: percent(segment.value / full) });
      if (words[segment.kind]) part.title = words[segment.kind];
      return part;
    })));
    const { lines, every, some } = drawRows(chart, (row, cls) => {
      const beside = heads.length < 2 ? [] : [row === whole || !row.beside ? el("span", "") : stack([row.beside], furthest), figures(row.beside_label)];
      return el("li", cls, name(row.name, row.link, open, "label"),
        row === whole ? el("span", "") : stack(row.segments, most), figures(row.label), ...beside);
    });
    const short = rows.every((row) => row.name.length <= 12);
    const long = rows.some((row) => row.name.length > 18);
    const head = heads.length < 2 ? [] : [el("li", "heads", el("span", ""), el("span", "", heads[0]), el("span", "", heads[1]))];
    return el("div", "", keyed(kinds, "part"), sorter(orders, lines),
      el("ul", ["bars", some, heads.length < 2 ? "" : "two", short ? "short" : "", long ? "long" : ""].join(" "), ...head, ...every),
      how(key));
  },

  Dumbbells(chart, open) {
    const { low, high, ends, dates, head, change, rows, folded, key, whole, more, orders } = chart;
    const at = (value) => percent((value - low) / (high - low || 1));
    const { lines, every, some } = drawRows(chart, (row, cls) => {
      const axis = unsaid(el("span", "axis"));
      if (row.before !== null && row.now !== null) {
        const width = percent(Math.abs(row.now - row.before) / (high - low || 1));
        axis.append(placed("between", { left: at(Math.min(row.before, row.now)), width }));
      }
      for (const [value, mark] of [[row.target, "goal"], [row.before, "ring"], [row.now, "dot"]]) {
        if (value !== null) axis.append(placed(mark, { left: at(value) }));
      }
      axis.title = [row.name, `${dates[0]}: ${row.before_label}`, `${dates[1]}: ${row.now_label}`, row.change.count].join(" · ");
      return el("tr", cls, heading("row", "", name(row.name, row.link, open)), el("td", "on", row === whole ? "" : axis),
        el("td", "number", row.before_label), el("td", "number", row.now_label),
        el("td", "change", sign(row.change.status), el("b", "", row.change.count), row.change.unreported ? el("span", "unreported", row.change.unreported) : ""),
        more ? headed(more, "more", row.more) : "");
    });
    const scale = el("td", "on", el("span", "ends", el("span", "", ends[0]), el("span", "", ends[1])));
    const table = el("table", ["dumbbells", some, more ? "further" : ""].join(" "),
      el("thead", "", el("tr", "", column(head, ""), scale, column(dates[0], "number"), column(dates[1], "number"), column(change, "change"), more ? column(more, "more") : "")),
      el("tbody", "", ...every));
    return el("div", "", sorter(orders, lines), rows.length ? el("div", "scroll", table) : "",
      folded ? el("p", "folded", folded) : "", how(key));
  },

  Names({ columns, empty, key }, open) {
    if (!columns.length) return el("p", "how", empty);
    return el("div", "", moved(el("div", "names tall", ...columns.map((column) => {
      const list = el("section", "",
        column.head ? el("h3", "", sign(column.status), column.head) : "",
        ...column.groups.map((group) => {
          const line = el("p", "", ...(group.name ? [name(`${group.name}:`, group.link, open, "group"), " "] : []));
          group.items.forEach(([words, behind, link], n) => {
            // What parts two names stays with the first.
            const last = n === group.items.length - 1;
            line.append(el("span", "item", name(words, link, open), behind ? " " : "", behind ? el("span", "soft", behind) : "", last ? "" : ";"), " ");
          });
          return line;
        }),
        how(column.more));
      // The longest list gets most of the room.
      list.style.flexGrow = String(column.groups.reduce((n, group) => n + group.items.length, 0));
      return list;
    }))), how(key));
  },

  Choices({ heads, rows, search, nothing, tick, key }, open, ticked) {
    const sought = el("input", "search");
    sought.type = "search";
    sought.placeholder = search;
    sought.setAttribute("aria-label", search);
    const lines = rows.map((row) => {
      const cells = row.cells.map((words, n) => (n ? el("td", "", words) : el("td", "", name(words, row.link, open))));
      if (tick) {
        const box = el("input", "");
        box.type = "checkbox";
        box.checked = row.ticked;
        box.setAttribute("aria-label", `${tick}: ${row.cells.join(", ")}`);
        box.onchange = () => ticked(row.key);
        cells.push(el("td", "tick", row.key ? box : ""));
      }
      return { node: el("tr", row.ticked ? "ticked" : "", ...cells), cells: row.cells, folded: fold(row.cells.join(" ")) };
    });
    const body = el("tbody", "", ...lines.map((line) => line.node));
    const none = el("p", "how", nothing);
    none.hidden = true;
    none.setAttribute("role", "status");
    const find = () => {
      const parts = fold(sought.value).split(" ");
      for (const line of lines) line.node.hidden = !parts.every((part) => line.folded.includes(part));
      none.hidden = lines.some((line) => !line.node.hidden);
    };
    sought.oninput = find;
    let sorted = [-1, 1];
    const sortable = (words, n) => {
      const th = heading("col", "", button("name", words, () => {
        sorted = [n, sorted[0] === n ? -sorted[1] : 1];
        for (const other of th.parentElement.children) other.removeAttribute("aria-sort");
        th.setAttribute("aria-sort", sorted[1] > 0 ? "ascending" : "descending");
        const by = (a, b) => sorted[1] * a.cells[n].localeCompare(b.cells[n], "vi", { numeric: true });
        body.append(...[...lines].sort(by).map((line) => line.node));
      }));
      return th;
    };
    const table = el("table", tick && heads.length > 3 ? "choices placed" : "choices", el("thead", "", el("tr", "", ...heads.map(sortable), tick ? column(tick, "tick") : "")), body);
    return el("div", "listed", search ? sought : "", el("div", "scroll tall", table), none, how(key));
  },

  Lines({ dates, low, high, ends, panels, key }) {
    const x = (i) => (dates.length > 1 ? (100 * i) / (dates.length - 1) : 50);
    const y = (value) => 60 - (60 * (value - low)) / (high - low || 1);
    const order = { other: 0, whole: 1, chosen: 2 };
    return el("div", "", el("div", "panels", ...panels.map((panel) => {
      const drawn = svg("svg", { viewBox: "0 0 100 60", preserveAspectRatio: "none", "aria-hidden": "true" });
      if (panel.target !== null) drawn.append(svg("line", { x1: 0, x2: 100, y1: y(panel.target), y2: y(panel.target), class: "target" }));
      for (const series of [...panel.series].sort((a, b) => order[a.role] - order[b.role])) {
        let run = [];
        const flush = () => {
          if (run.length > 1) drawn.append(svg("polyline", { points: run.join(" "), class: series.role }));
          run = [];
        };
        series.values.forEach((value, i) => (value === null ? flush() : run.push(`${x(i)},${y(value)}`)));
        flush();
      }
      const plot = el("div", "plot", drawn);
      if (panel.target !== null) {
        const label = el("span", y(panel.target) < 12 ? "target below" : "target", panel.target_label);
        label.style.top = `${(100 * y(panel.target)) / 60}%`;
        plot.append(label);
      }
      const marked = panel.series.filter((series) => series.role !== "other");
      for (const series of marked) {
        series.values.forEach((value, i) => {
          if (value === null) return;
          const dot = placed(`point ${series.role}`, { left: `${x(i)}%`, top: `${(100 * y(value)) / 60}%` });
          dot.title = `${series.name} · ${dates[i]} · ${series.labels[i] ?? ""}`;
          plot.append(dot);
        });
      }
      const scale = unsaid(el("div", "scale", el("span", "", ends[1]), el("span", "", ends[0])));
      return el("section", "panel", el("h3", "", panel.name), el("div", "drawn", scale, plot),
        el("p", "dates", el("span", "", dates[0]), dates.length > 1 ? el("span", "", dates.at(-1)) : ""),
        ...marked.map((series) => hidden(`${series.name}: ${dates.map((date, i) => `${date} ${series.labels[i] ?? ""}`).join("; ")}. `)));
    })), how(key));
  },

  Icicle({ root, key }, open) {
    let chosen = false;
    // Most rows below each other; more flow as tiles.
    const MOST = 26;
    const mark = (node, cls) => { chosen ||= node.chosen; return node.chosen ? `${cls} chosen` : cls; };
    // All cells have one scale: that of the largest row.
    const deep = root.children.some((child) => child.children.length);
    const most = Math.max(...(deep ? root.children.flatMap((child) => child.children) : root.children).map((node) => node.size), 0) || 1;
    const box = (node, cls) => {
      const inside = el("div", cls, name(node.name, node.link, open), node.label ? el("span", "soft", node.label) : "");
      inside.title = [node.name, node.label].filter(Boolean).join(" · ");
      return inside;
    };
    const cell = (node) => {
      const inside = el("li", mark(node, "cell"), hidden(`${node.name}: `), el("span", "", node.label));
      inside.style.flexGrow = String(node.size);
      inside.title = `${node.name} · ${node.label}`;
      return inside;
    };
    const branch = (node) => {
      const bar = node.children.length ? el("ul", "cells", ...node.children.map(cell)) : el("span", "cells", el("i", "cell"));
      bar.style.width = percent(node.size / most);
      return el("div", mark(node, "branch"), box(node, "head"), el("div", "row", bar));
    };
    const below = (nodes) => (nodes.length > MOST || !nodes.some((node) => node.children.length)
      ? el("div", "tilesof", ...nodes.map((node) => box(node, mark(node, "leaf"))))
      : el("div", "branches", ...nodes.map(branch)));
    const group = (node) => el("div", mark(node, "group"), box(node, "title"), node.children.length ? below(node.children) : "");
    const inside = deep ? el("div", "groups", ...root.children.map(group))
      : root.children.length > MOST ? below(root.children) : el("div", "branches rows", ...root.children.map(branch));
    const drawn = el("div", "icicle", box(root, "root"), root.children.length ? inside : "");
    if (chosen) drawn.classList.add("some");
    return el("div", "", drawn, how(key));
  },
};

// Letters without accents, as people type them.
function fold(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

// The table behind a chart; on a phone each row of a wide one stands as a block, every cell with its heading.
function figuresTable({ heads, rows, numbers, count, turn }, turned) {
  const align = (n) => (numbers[n] ? "number" : "");
  const cell = (words, n) => headed(heads[n], align(n), words);
  const table = el("table", heads.length > 3 ? "behind wide" : "behind",
    el("thead", "", el("tr", "", ...heads.map((words, n) => column(words, align(n))))),
    el("tbody", "", ...rows.map((row) => el("tr", "", ...row.map(cell)))));
  return el("div", "chart", moved(el("div", "scroll", table)), how(count), pager(turn, turned));
}

function pager({ kind, number, of, label, before, after }, turned) {
  if (of < 2) return "";
  const step = (words, to) => {
    const way = button("more", words, () => turned(`${kind}:${to}`));
    way.disabled = to < 1 || to > of;
    return way;
  };
  const nav = el("nav", "turn", step(before, number - 1), el("span", "", `${number}/${of}`), step(after, number + 1));
  nav.setAttribute("aria-label", label);
  return nav;
}

// What tells an element from the others after all are made again.
const identity = (element) => [element.localName, element.getAttribute("aria-label") ?? element.textContent].join("|");
// What each card shows, so that one that stays the same is left alone; the way to the server, by page.
const SHOWN = new WeakMap(), SENDERS = new WeakMap();

const noteScrolled = ({ target, currentTarget }) => {
  if (target.matches(".tall")) currentTarget.dataset.scrolled = target.scrollTop;
};

// The frame around the cards: rows of columns, their cards kept where the same frame stands.
function frame(page, rows) {
  const plan = JSON.stringify(rows.map(({ widths, columns }) => [widths, columns.map((cards) => cards.map(({ key }) => key))]));
  if (page.dataset.plan === plan) return;
  page.dataset.plan = plan;
  const before = new Map([...page.querySelectorAll("article")].map((article) => [article.dataset.key, article]));
  const article = ({ key }) => {
    const card = before.get(key) ?? el("article", "");
    card.dataset.key = key;
    // Noted as it happens: to ask where a list stands while cards are drawn lays the page out once a card.
    card.addEventListener("scroll", noteScrolled, true);
    return card;
  };
  page.replaceChildren(...rows.map(({ widths, columns }) => {
    const below = columns.map((cards) => el("div", cards.length > 1 ? "below" : "below alone", ...cards.map(article)));
    below.forEach((column, n) => column.style.setProperty("--width", widths[n]));
    return el("div", "beside", ...below);
  }));
}

// Once the dialog that a card has opened is closed, the keyboard is where it was: Streamlit finds no way back into
// a component.
function backTo(root) {
  let opened = false;
  new MutationObserver((_, watching) => {
    const stands = document.querySelector("[role=dialog]");
    opened ||= Boolean(stands);
    // A button that is shut while it works loses the keyboard, and with it the Escape key its way.
    if (stands && document.activeElement === document.body) stands.focus();
    if (!opened || stands) return;
    watching.disconnect();
    root.querySelector("[aria-haspopup=dialog]")?.focus({ preventScroll: true });
  }).observe(document.body, { childList: true, subtree: true });
}

function drawCard(root, { key, headline, picture, mark, foot, sentences = [], explained, buttons = [], turn, chart, table, open = [] }, send) {
  const answered = (trigger) => (words) => send(trigger, `${key}:${words}`);
  // A tick that the server refuses is taken back by what it sends, though that is the same as before.
  const ticked = (line) => { SHOWN.delete(root); send("tick", line); };
  const turned = answered("turn");
  const opened = root.querySelector("details")?.open;
  const focused = root.getRootNode().activeElement;
  const was = focused && root.contains(focused) ? identity(focused) : "";
  const typed = root.querySelector("input.search")?.value;
  const order = root.querySelector("select.order")?.selectedIndex;
  const drawn = chart ? CHARTS[chart.kind](chart, (link) => send("open", link), ticked) : "";
  const parts = [];
  if (picture) {
    const image = el("img", "");
    image.alt = "";
    image.src = picture;
    parts.push(image);
  }
  if (headline) parts.push(el("h2", "", headline));
  if (drawn) parts.push(el("div", "chart", drawn));
  if (sentences.length === 1) parts.push(el("p", "sentence", sentences[0]));
  else if (sentences.length) parts.push(el("ul", "sentences", ...sentences.map((line) => el("li", "", line))));
  if (turn) parts.push(pager(turn, turned));
  if (table && !drawn) parts.push(figuresTable(table, turned));
  const source = foot || mark ? el("p", "foot", mark ? el("b", "mark", mark) : "", foot) : "";
  if (!headline) parts.push(source);
  else {
    const more = explained ? el("details", "", el("summary", "", explained.label), ...explained.lines.map((line) => el("p", "", line))) : "";
    if (more) more.open = Boolean(opened);
    const pressed = buttons.map(([named, words, kind]) => {
      const shown = button(`more ${kind}`, words, () => {
        answered("more")(named);
        if (kind === "dialog") backTo(root);
      });
      if (kind === "opens") shown.setAttribute("aria-expanded", String(open.includes(named)));
      if (kind === "dialog") shown.setAttribute("aria-haspopup", "dialog");
      return shown;
    });
    parts.push(el("div", "end", source, el("div", "ways", more, ...pressed)));
  }
  if (table && drawn) parts.push(figuresTable(table, turned));
  root.replaceChildren(...parts.filter(Boolean));
  const broad = chart?.kind === "HeatTable" && Boolean(root.querySelector(".heat.wide"));
  root.className = [headline ? "framed" : "", broad ? "broad" : ""].join(" ").trim();
  // What was typed and sorted, where the list stood and where the keyboard was outlive an answer.
  const field = root.querySelector("input.search");
  if (field && typed) { field.value = typed; field.oninput(); }
  const tall = root.querySelector(".tall");
  if (tall && root.dataset.scrolled > 0) tall.scrollTop = root.dataset.scrolled;
  const sorted = root.querySelector("select.order");
  if (sorted && order > 0 && order < sorted.length) { sorted.selectedIndex = order; sorted.onchange(); }
  if (was) [...root.querySelectorAll("button, input, select, summary")].find((element) => identity(element) === was)?.focus({ preventScroll: true });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const page = parentElement.querySelector("[data-part=page]");
  SENDERS.set(page, setTriggerValue);
  frame(page, data.rows);
  const cards = new Map(data.rows.flatMap(({ columns }) => columns.flat()).map((card) => [card.key, card]));
  for (const root of page.querySelectorAll("article")) {
    const card = cards.get(root.dataset.key), shown = JSON.stringify(card);
    if (SHOWN.get(root) === shown) continue;
    drawCard(root, card, (trigger, words) => SENDERS.get(page)(trigger, words));
    SHOWN.set(root, shown);
  }
  for (const row of page.querySelectorAll(".beside")) row.classList.toggle("stacked", Boolean(row.querySelector(".broad")));
}
