// The screen of a foyer: the venue's clock, and what runs now and next, asked for again and again. Without a network the
// last state stays and the screen says since when; the same state costs the server one short answer.
const PAUSE = 20_000;
const LONGEST_PAUSE = 60_000;
const stage = document.querySelector("[data-screen]");
const clock = document.querySelector("[data-clock]");
const lost = document.querySelector("[data-lost]");
const words = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: clock.dataset.zone });
let tag = "";
let ahead = Number(clock.dataset.clock) - Date.now(); // by how much the server's clock is ahead of this one
let reached = Date.now();

function tick() {
  if (clock.dataset.still === undefined) clock.textContent = words.format(Date.now() + ahead);
}

async function look(pause) {
  let next = PAUSE;
  try {
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(stage.dataset.screen, { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) });
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.statusText);
    if (answer.status !== 304) await show(answer);
    ahead = (Number(answer.headers.get("X-Server-Time")) || Date.now() + ahead) - Date.now();
    reached = Date.now();
    lost.hidden = true;
  } catch {
    next = Math.min(pause * 1.5, LONGEST_PAUSE);
    lost.textContent = lost.dataset.lost.replace("@", words.format(reached + ahead));
    lost.hidden = false;
  }
  setTimeout(() => look(next), next);
}

async function show(answer) {
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".foyer-state");
  if (!fresh) throw new Error("no screen"); // the page of a proxy, say
  tag = answer.headers.get("ETag") ?? "";
  stage.replaceChildren(fresh);
}

setInterval(tick, 1000);
look(PAUSE);
