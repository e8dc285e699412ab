// The door: reads QR codes with the camera and sends them without loading the page again. Without script,
// or without a camera, the form on the page does the same with a typed number or a hand scanner.
import { reader } from "./qr.js";

const place = document.querySelector("[data-check-in]");
const form = place.querySelector("[data-scan-form]");
const answer = place.querySelector("[data-answer]");
const view = place.querySelector("[data-camera-view]");
const start = place.querySelector("[data-camera]");
const note = place.querySelector("[data-camera-note]");
const video = view.querySelector("video");
const PAUSE = 2500; // a code counts once for as long as it is seen, and anew when it was away for so long
let stream = null;
let last = { code: "", seen: 0 };

async function send(code) {
  const body = new FormData(form);
  body.set("code", code);
  const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (reply.redirected || !reply.ok) throw new Error(String(reply.status));
  const told = await reply.json();
  answer.innerHTML = told.html;
  place.querySelector("[data-inside]").textContent = told.inside;
  place.querySelector("[data-confirmed]").textContent = told.confirmed;
  navigator.vibrate?.(told.outcome === "in" ? 80 : [80, 60, 80]);
}

const wait = (time) => new Promise((done) => setTimeout(done, time));

async function watch() {
  const read = await reader(video);
  while (stream) {
    const code = video.readyState >= 2 ? await read().catch(() => "") : "";
    if (code && (code !== last.code || Date.now() - last.seen > PAUSE)) {
      try {
        await send(code);
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

// "Next" gets the field ready for the next person; while the camera runs, it only clears the answer.
answer.addEventListener("click", (event) => {
  if (!event.target.closest("[data-next]")) return;
  event.preventDefault();
  answer.replaceChildren();
  form.elements.code.value = "";
  if (!stream) form.elements.code.focus();
});
