// The clock on stage: counts on from the time of the server, which the page and every look at the state bring.
// [data-clock] has its length and what ran before in milliseconds, and since when it runs; empty while it stands.
const AMBER = 60_000;
const RED = 15_000;
let ahead = 0; // by how much the server's clock is ahead of this browser's

export function sync(serverTime) {
  if (serverTime > 0) ahead = serverTime - Date.now();
}

export function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) show(clock);
}

function show(clock) {
  const { total, used, since } = clock.dataset;
  const ran = Number(used) + (since ? Math.max(Date.now() + ahead - Number(since), 0) : 0);
  const left = Number(total) - ran;
  const seconds = Math.abs(Math.ceil(left / 1000));
  const words = `${left <= -1000 ? "−" : ""}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (clock.textContent !== words) clock.textContent = words;
  clock.classList.toggle("clock-soon", left <= AMBER && left > RED);
  clock.classList.toggle("clock-over", left <= RED);
}

const page = document.querySelector("[data-now]");
sync(Number(page?.dataset.now));
tick();
setInterval(tick, 250);
