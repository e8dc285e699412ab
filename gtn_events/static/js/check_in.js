// The door: reads QR codes with the camera or numbers from the field, and sends them without loading the page again.
// Without a connection it decides by the signed list and keeps what was scanned until it can be sent. Without script
// the forms on the page do the same with a connection.
import { DoorState } from "./door-state.js";
import { reader } from "./qr.js";
import { isMuted, mute, signal } from "./door-signal.js";

const place = document.querySelector("[data-check-in]");
const form = place.querySelector("[data-scan-form]");
const answer = place.querySelector("[data-answer]");
const view = place.querySelector("[data-camera-view]");
const start = place.querySelector("[data-camera]");
const note = place.querySelector("[data-camera-note]");
const noNames = place.querySelector("[data-no-names]");
const undecided = place.querySelector("[data-undecided]");
const mutes = place.querySelector("[data-mute]");
const video = view.querySelector("video");
const door = new DoorState(place);
const PAUSE = 2500; // a code counts once for as long as it is seen, and anew when it was away for so long
const PATIENCE = 5000; // how long the server may take to answer before the list decides
const narrow = matchMedia("(max-width: 48rem)");
let stream = null;
let last = { code: "", seen: 0 };
let failed = { code: "", nonce: "" };

async function scan(code) {
  const nonce = failed.code === code ? failed.nonce : crypto.randomUUID();
  failed = { code, nonce };
  const outcome = (await online(code, nonce)) ?? (await offline(code, nonce));
  failed = { code: "", nonce: "" };
  undecided.hidden = true;
  signal(outcome);
  if (narrow.matches) answer.scrollIntoView({ block: "start" });
}

// Returns the outcome, or nothing when there is no connection or nobody is signed in any more.
async function online(code, nonce) {
  if (door.offline) return null;
  const body = new FormData(form);
  body.set("code", code);
  body.set("nonce", nonce);
  body.set("device", door.device);
  let reply;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    reply = await fetch(form.action, { method: "POST", body, signal, headers: { Accept: "application/json" } });
  } catch {
    door.cut();
    return null;
  }
  if (reply.redirected || !reply.ok) {
    await door.look();
    if (door.refused) throw new Error("403");
    return null;
  }
  const told = await reply.json();
  answer.innerHTML = told.html;
  await door.passed(told, { code, nonce, way: body.get("way") ?? "in" });
  return told.outcome;
}

async function offline(code, nonce) {
  const told = await door.decide(code, nonce, new FormData(form).get("way") ?? "in");
  const words = place.querySelector(`template[data-offline="${told.outcome}"]`).content.cloneNode(true);
  for (const part of words.querySelectorAll("[data-fill]")) part.textContent = told[part.dataset.fill] ?? "";
  answer.replaceChildren(words);
  return told.outcome;
}

const wait = (time) => new Promise((done) => setTimeout(done, time));

async function watch() {
  const read = await reader(video);
  while (stream) {
    const code = video.readyState >= 2 ? await read().catch(() => "") : "";
    if (code && (code !== last.code || Date.now() - last.seen > PAUSE)) {
      try {
        await scan(code);
        note.textContent = note.dataset.ready;
      } catch {
        note.textContent = note.dataset.offline;
        await wait(PAUSE);
        continue; // it is not remembered, so it is sent again while it is still seen
      }
    }
    if (code) last = { code, seen: Date.now() };
    await wait(150);
  }
}

async function open() {
  view.hidden = false;
  note.textContent = note.dataset.starting;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    note.textContent = note.dataset.refused;
    return;
  }
  video.srcObject = stream;
  await video.play();
  note.textContent = note.dataset.ready;
  watch();
}

function close() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  view.hidden = true;
}

if (navigator.mediaDevices?.getUserMedia) {
  start.hidden = false;
  start.addEventListener("click", open);
  view.querySelector("[data-camera-stop]").addEventListener("click", close);
  addEventListener("pagehide", close);
}

mutes.hidden = false;
mutes.setAttribute("aria-pressed", String(isMuted()));
mutes.addEventListener("click", () => {
  mute(!isMuted());
  mutes.setAttribute("aria-pressed", String(isMuted()));
});

async function searchName() {
  await door.look(); // the connection may be back
  if (door.offline) noNames.hidden = false;
  else form.requestSubmit();
}

const isName = (typed) => !/\d/.test(typed) || (typed.includes(" ") && !door.offline);

// A number is scanned in place; a name is searched by the form itself, which needs a connection. On the window, so
// that it comes before the page's own word about a missing connection (offline.js).
addEventListener(
  "submit",
  async (event) => {
    const code = form.elements.code.value.trim();
    if (event.target !== form) return;
    noNames.hidden = true;
    undecided.hidden = true;
    if (isName(code)) answer.replaceChildren(); // the answer of the last scan is not one about this name
    if (isName(code) && !door.offline) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isName(code)) {
      await searchName();
      return;
    }
    form.elements.code.value = "";
    try {
      await scan(code);
    } catch {
      form.elements.code.value = code;
      answer.replaceChildren(); // the answer of the last scan is not one about this number
      undecided.hidden = false;
      door.say();
    }
    form.elements.code.focus();
  },
  { capture: true },
);

// "Next" gets the field ready for the next person; while the camera runs, it only clears the answer.
answer.addEventListener("click", (event) => {
  if (!event.target.closest("[data-next]")) return;
  event.preventDefault();
  answer.replaceChildren();
  form.elements.code.value = "";
  if (!stream) form.elements.code.focus();
});

door.begin();
