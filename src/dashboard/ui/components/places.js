// The choice of places: a field that finds names as they are typed, without accents too, and their list.
// data: parameter (of the link), page (another one is drawn anew), label, everything, options ([name, plain]),
// named (in the link that this answers), chosen (names), several, nothing, more, remove, search (whether the
// server finds the names).
// Choosing is one step of the browser's history, so Back undoes it. Answers: trigger "search" (what is sought).
const STATE = new WeakMap();

function linked(parameter, names) {
  const address = new URL(window.location.href);
  address.searchParams.delete(parameter);
  for (const name of names) address.searchParams.append(parameter, name);
  return address;
}

function go(parameter, names) {
  const address = linked(parameter, names);
  if (address.href === window.location.href) return;
  window.history.pushState({}, "", address.href);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase()
  .replace(/[^a-z0-9]+/g, " ").trim();

function matching(options, sought) {
  const parts = fold(sought).split(" ").filter(Boolean);
  if (sought.trim() && !parts.length) return [];
  const matches = options.filter(([, plain]) => parts.every((part) => plain.includes(part)));
  const begins = ([, plain]) => ` ${plain}`.includes(` ${parts[0]}`);
  return parts.length ? [...matches.filter(begins), ...matches.filter((option) => !begins(option))] : matches;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const part = (name) => parentElement.querySelector(`[data-part=${name}]`);
  const field = part("field"), list = part("list"), chips = part("chips"), several = part("several");
  const state = STATE.get(field) ?? { open: false, active: -1, many: false, typed: false, timer: 0, answer: "" };
  STATE.set(field, state);
  if (data.chosen.length > 1) state.many = true;
  // The way to another page leaves the names behind, other boundaries have others. Once for each answer, and not
  // where the reader has gone on, or back, since: that link is the newer one.
  const answer = JSON.stringify([data.page, data.named, data.chosen]);
  const named = new URL(window.location.href).searchParams.getAll(data.parameter);
  if (state.answer !== answer && named.join("\n") === data.named.join("\n")) {
    window.history.replaceState(window.history.state, "", linked(data.parameter, data.chosen).href);
  }
  state.answer = answer;

  const shown = () => (data.chosen.length === 1 && !state.many ? data.chosen[0] : "");
  const rest = () => { field.value = shown(); state.typed = false; };
  const close = () => { state.open = false; state.active = -1; rest(); draw(); };
  const choose = (name) => {
    if (!name) go(data.parameter, []);
    else if (!state.many) go(data.parameter, [name]);
    else go(data.parameter, data.chosen.includes(name) ? data.chosen.filter((commune) => commune !== name) : [...data.chosen, name]);
    if (!state.many || !name) close();
    else { field.value = ""; state.typed = false; draw(); }
  };

  function draw() {
    const matches = state.typed && !data.search ? matching(data.options, field.value) : data.options;
    const offered = [...(state.typed && field.value.trim() ? [] : [["", ""]]), ...matches];
    if (state.active >= offered.length) state.active = offered.length - 1;
    list.replaceChildren(...offered.map(([name], n) => {
      const line = document.createElement("li");
      line.id = `place-${n}`;
      line.setAttribute("role", "option");
      const chosen = name ? data.chosen.includes(name) : !data.chosen.length;
      line.setAttribute("aria-selected", String(chosen));
      line.className = n === state.active ? "active" : "";
      line.textContent = name || data.everything;
      // Before the field loses the focus, which closes the list.
      line.onpointerdown = (event) => { event.preventDefault(); choose(name); };
      return line;
    }));
    part("none").textContent = offered.length ? (state.typed ? data.more : "") : data.nothing;
    list.hidden = several.hidden = part("none").hidden = !state.open;
    field.setAttribute("aria-expanded", String(state.open));
    if (state.active >= 0) field.setAttribute("aria-activedescendant", `place-${state.active}`);
    else field.removeAttribute("aria-activedescendant");
    list.children[state.active]?.scrollIntoView({ block: "nearest" });
    chips.replaceChildren(...(state.many || data.chosen.length > 1 ? data.chosen : []).map((name) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.textContent = `${name} ×`;
      chip.setAttribute("aria-label", data.remove.replace("{name}", name));
      chip.onclick = () => go(data.parameter, data.chosen.filter((commune) => commune !== name));
      return chip;
    }));
    several.textContent = data.several;
    several.setAttribute("aria-pressed", String(state.many));
    state.names = offered.map(([name]) => name);
  }

  part("label").textContent = data.label;
  list.setAttribute("aria-label", data.label);
  field.placeholder = data.chosen.length > 1 ? "" : data.everything;
  field.onfocus = () => { field.select(); };
  field.onclick = () => { state.open = true; draw(); };
  field.onblur = (event) => { if (!parentElement.contains(event.relatedTarget)) close(); };
  field.oninput = () => {
    state.open = state.typed = true;
    state.active = field.value.trim() ? 0 : -1;
    if (data.search) {
      clearTimeout(state.timer);
      state.timer = setTimeout(() => setTriggerValue("search", field.value), 200);
    }
    draw();
  };
  field.onkeydown = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const last = state.names.length - 1;
      if (!state.open) state.open = true;
      else state.active = event.key === "ArrowDown" ? Math.min(state.active + 1, last) : Math.max(state.active - 1, 0);
      draw();
    } else if (event.key === "Enter") {
      event.preventDefault();
      // Where nothing matches nothing is chosen.
      if (state.open && state.active in state.names) choose(state.names[state.active]);
    } else if (event.key === "Escape" && state.open) {
      event.stopPropagation();
      close();
    }
  };
  several.onpointerdown = (event) => event.preventDefault();
  several.onclick = () => { state.many = !state.many; field.focus(); state.open = true; draw(); };
  if (!state.typed) rest();
  draw();
}
