// The screen of the hall: asks for its changing part again and again; the same state costs the server one short answer.
import { sync, tick } from "./live-clock.js";

const PAUSE = 1500;
const LONGEST_PAUSE = 12_000;
const screen = document.querySelector("[data-screen]");
let tag = "";

async function look(pause) {
  let next = PAUSE;
  try {
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(screen.dataset.screen, { headers, cache: "no-store" });
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.statusText);
    sync(Number(answer.headers.get("X-Server-Time")));
    if (answer.status !== 304) await show(answer);
  } catch {
    next = Math.min(pause * 2, LONGEST_PAUSE); // what stands there stays, and the clock goes on
  }
  setTimeout(() => look(next), next);
}

async function show(answer) {
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
  if (!fresh) return;
  // A place is lifted in once, not each time that something else changes.
  const before = screen.querySelector(".hall-new")?.textContent;
  if (before !== undefined && before === fresh.querySelector(".hall-new")?.textContent) fresh.classList.add("hall-still");
  tag = answer.headers.get("ETag") ?? "";
  screen.replaceChildren(fresh);
  tick();
}

setTimeout(() => look(PAUSE), PAUSE);
