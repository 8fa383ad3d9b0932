// Shows one exhibit as large as the window, in front of everything, and says which one is asked for next.
// data: screens (SVG documents), at (which of them), first, before, after, last (what to ask for; "" = none),
// said (for a screen reader), place ("3/8"), labels (of the buttons), message (in place of screens).
// Answers: trigger "to" (one of first … last, "" = leave).
const KEYS = {
  ArrowRight: "after", ArrowDown: "after", PageDown: "after", " ": "after",
  ArrowLeft: "before", ArrowUp: "before", PageUp: "before",
  Home: "first", End: "last",
};

// Of each dialog: whether an answer is awaited, and what was pressed meanwhile.
const AWAITED = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const dialog = parentElement.querySelector("dialog");
  const stage = dialog.querySelector("[data-part=stage]");
  const screen = dialog.querySelector("[data-part=screen]");
  const button = (name) => dialog.querySelector(`[data-part=${name}]`);

  const awaited = { busy: false, pressed: AWAITED.get(dialog)?.pressed ?? [] };
  AWAITED.set(dialog, awaited);
  const ask = (name) => {
    if (awaited.busy) {
      awaited.pressed.push(name);
    } else if (data[name]) {
      awaited.busy = true;
      setTriggerValue("to", data[name]);
    }
  };
  const leave = () => { dialog.close(); setTriggerValue("to", "-"); };

  // Taken in as a drawing, never as HTML: nothing in it can run.
  const drawn = data.svg ? new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement : null;
  screen.replaceChildren(drawn ? document.importNode(drawn, true) : data.message);
  dialog.setAttribute("aria-label", data.labels.present);
  button("place").textContent = data.place;
  button("said").textContent = data.said;
  for (const name of ["before", "after", "full", "leave"]) button(name).textContent = data.labels[name];
  // Not `disabled`: the focus must not be lost at the last screen.
  for (const name of ["before", "after"]) button(name).setAttribute("aria-disabled", String(!data[name]));

  button("before").onclick = () => ask("before");
  button("after").onclick = () => ask("after");
  button("leave").onclick = leave;
  button("full").hidden = !document.fullscreenEnabled;
  button("full").onclick = () => (document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen());
  dialog.onkeydown = (event) => {
    const name = KEYS[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.composedPath()[0] instanceof HTMLButtonElement) return;
    event.preventDefault();
    event.stopPropagation();
    ask(name);
  };
  dialog.oncancel = (event) => { event.preventDefault(); leave(); };

  if (!dialog.open) {
    dialog.showModal();
    stage.focus();
  }
  while (awaited.pressed.length && !awaited.busy) ask(awaited.pressed.shift());
  return () => dialog.close();
}
