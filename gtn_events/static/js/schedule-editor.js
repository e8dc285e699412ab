// The schedule of a day: sessions are dragged, stretched at their lower edge and moved with the keyboard.
// Everything here can be done with the forms of the page, too.
import { announce, editor, linkOf, refresh, send, words } from "./schedule-acts.js";
import { clock, columnAt, columns, grid, isOver, minuteAt, minuteOf, showGhost, snapped, within } from "./schedule-grid.js";

const PAUSE = 600; // after the last key, so that a burst of them is one act
const LOOK_AGAIN = 20000;
const THRESHOLD = 5;
let drag = null;
let held = null;
let sent = null;
let timer = 0;
let trying = 0;

function placeOf(link) {
  const { code, title, room, start, minutes, seen } = link.dataset;
  const column = columns().find((each) => each.room === room) ?? { room: room ?? "0", column: "1", name: words.noRoom };
  const wide = Boolean(link.closest(".slot.wide"));
  return { code, title, seen, wide, ...column, minutes: Number(minutes), start: start ? minuteOf(start) : null };
}

function fieldsOf(place) {
  // What builds on an act that was under way has seen what that one left.
  const seen = place.seen ?? linkOf(place.code).dataset.seen;
  return { code: place.code, time: clock(place.start), room: place.room, minutes: String(place.minutes), seen };
}

function put(place) {
  return send(linkOf(place.code)?.dataset.put, () => fieldsOf(place));
}

function takeOff(link) {
  const { code, off, title } = link.dataset;
  if (off) send(off, () => ({ code, title, seen: linkOf(code).dataset.seen }));
}

// What would be wrong there, asked for once the place has stood still for a moment.
function tryPlace(place) {
  clearTimeout(trying);
  trying = setTimeout(async () => {
    const address = linkOf(place.code)?.dataset.try;
    const asked = new URLSearchParams({ ...fieldsOf(place), day: editor.dataset.day });
    const answer = await fetch(`${address}?${asked}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const found = answer?.ok ? await answer.json() : [];
    const ghost = grid().querySelector(".ghost");
    if (!ghost || !found.length) return;
    ghost.classList.add(found[0].grave ? "is-grave" : "is-warned");
    ghost.firstChild.textContent = `${found[0].words}: ${place.title}`;
  }, 150);
}

function show(place) {
  showGhost(place);
  if (place) tryPlace(place);
}

// The pointer

function lift(event) {
  const edge = event.target.closest("[data-edge]");
  const link = edge ? linkOf(edge.dataset.edge) : event.target.closest("a[data-session]");
  if (!link || event.button !== 0 || event.pointerType === "touch" || event.ctrlKey || event.metaKey) return;
  const place = placeOf(link);
  const inside = place.start === null ? 0 : minuteAt(event.clientY) - place.start;
  const grip = edge ? inside - place.minutes : inside;
  drag = { link, place, grip, stretch: Boolean(edge), x: event.clientX, y: event.clientY, to: null, lifted: false };
}

function move(event) {
  if (!drag) return;
  if (!drag.lifted && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < THRESHOLD) return;
  drag.lifted = true;
  event.preventDefault();
  editor.classList.add("is-dragging");
  const to = target(event.clientX, event.clientY);
  const same = to && drag.to && to.start === drag.to.start && to.room === drag.to.room && to.minutes === drag.to.minutes;
  drag.to = to;
  if (!same) show(to);
  const edge = 48;
  if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 12);
  else if (event.clientY < edge) window.scrollBy(0, -12);
}

function target(x, y) {
  const { place } = drag;
  if (drag.stretch) return within({ ...place, minutes: snapped(minuteAt(y) - drag.grip - place.start) });
  if (!isOver(grid(), x, y)) return null;
  // What spans the grid keeps its room: people drag it to another time.
  const column = place.wide ? {} : columnAt(x);
  return column ? within({ ...place, ...column, start: snapped(minuteAt(y) - drag.grip) }) : null;
}

function drop(event) {
  if (!drag) return;
  const { lifted, link, to, stretch } = drag;
  letGo();
  if (!lifted) return;
  // The click that follows a drag opens nothing.
  const swallow = (click) => click.preventDefault();
  window.addEventListener("click", swallow, true);
  setTimeout(() => window.removeEventListener("click", swallow, true));
  if (to) put(to);
  else if (!stretch && isOver(editor.querySelector("[data-waiting]"), event.clientX, event.clientY)) takeOff(link);
  else announce(words.kept);
}

function letGo() {
  drag = null;
  clearTimeout(trying);
  editor.classList.remove("is-dragging");
  showGhost(null);
}

// The keyboard

const MOVES = {
  ArrowUp: (place) => ({ ...place, start: place.start - 5 }),
  ArrowDown: (place) => ({ ...place, start: place.start + 5 }),
  PageUp: (place) => ({ ...place, start: place.start - 30 }),
  PageDown: (place) => ({ ...place, start: place.start + 30 }),
  ArrowLeft: (place) => ({ ...place, ...beside(place, -1) }),
  ArrowRight: (place) => ({ ...place, ...beside(place, 1) }),
};
const STRETCHES = {
  ArrowUp: (place) => ({ ...place, minutes: place.minutes - 5 }),
  ArrowDown: (place) => ({ ...place, minutes: place.minutes + 5 }),
};

function beside(place, step) {
  const all = columns();
  const at = all.findIndex((each) => each.room === place.room);
  return { ...all[Math.min(Math.max(at + step, 0), all.length - 1)], wide: false };
}

function hold(link, change) {
  if (held && held.code !== link.dataset.code) settle();
  held = within(change(held ?? (sent?.code === link.dataset.code ? { ...sent, seen: null } : placeOf(link))));
  show(held);
  const told = { title: held.title, room: held.name, begins: clock(held.start), ends: clock(held.start + held.minutes) };
  announce(words.at.replace(/\{(\w+)\}/g, (_whole, name) => told[name]));
  clearTimeout(timer);
  timer = setTimeout(settle, PAUSE);
}

function settle() {
  clearTimeout(timer);
  const place = held;
  held = null;
  clearTimeout(trying);
  showGhost(null);
  if (!place) return;
  sent = place;
  put(place).then((done) => {
    if (sent === place) sent = null;
    if (!done) letGoOfKeys();
    if (held) show(held);
  });
}

function letGoOfKeys() {
  clearTimeout(timer);
  held = null;
  showGhost(null);
}

function again(which) {
  const form = editor.querySelector(`form[data-act="${which}"]`);
  if (form) send(form.action, () => ({ act: form.elements.act.value }));
  else announce(which === "undo" ? words.nothing : words.nothingAgain);
}

function key(event) {
  const link = event.target.closest?.("[data-grid] a[data-session]");
  const typing = event.target.closest?.("input, select, textarea");
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !typing && /^[zy]$/i.test(event.key)) {
    event.preventDefault();
    if (held) settle();
    again(event.shiftKey || event.key.toLowerCase() === "y" ? "redo" : "undo");
  } else if (event.key === "Escape" && (drag || held)) {
    letGoOfKeys();
    letGo();
    announce(words.kept);
  } else if (link && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const change = (event.shiftKey ? STRETCHES : MOVES)[event.key];
    if (change) hold(link, change);
    else if (event.key === "Delete") takeOff(link);
    else return;
    event.preventDefault();
  }
}

// Links and forms of the page, without loading it anew

function click(event) {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[data-session], a[data-close]");
  if (!link) return;
  event.preventDefault();
  if (held) settle();
  const code = link.dataset.code ?? "";
  const closed = new URL(link.href).hash.slice(3);
  const focus = () => (code ? document.querySelector("[data-panel]") : linkOf(closed));
  refresh({ code, focus }).catch(() => window.location.assign(link.href));
}

function submit(event) {
  const form = event.target.closest("form[data-act]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  send(form.action, () => ({ ...fields, code: new URLSearchParams(window.location.search).get("session") ?? "" }));
}

// What others do meanwhile

async function look() {
  try {
    const answer = await fetch(editor.dataset.marks, { headers: { Accept: "application/json" } });
    const told = answer.ok && !answer.redirected ? await answer.json() : null;
    const idle = !drag && !held && !editor.querySelector("details[open]") && !document.activeElement.closest("form");
    if (told && told.version !== editor.dataset.version && idle) {
      await refresh({ code: new URLSearchParams(window.location.search).get("session") ?? "" });
      announce(words.changed);
    }
  } catch {
    // Without a connection the page stays as it is.
  }
  setTimeout(look, LOOK_AGAIN);
}

if (editor) {
  editor.toggleAttribute("data-live", true);
  editor.addEventListener("pointerdown", lift);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", letGo);
  document.addEventListener("keydown", key);
  editor.addEventListener("click", click);
  editor.addEventListener("submit", submit);
  setTimeout(look, LOOK_AGAIN);
}
