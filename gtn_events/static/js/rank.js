// The order of a delegation, dragged. A row ([data-person], with its data-function and the address of its menu's form in
// data-move) is lifted in [data-ranks] and stands before or after another of the same function. The drop is the act that
// the form sends, so the same rules answer, and the rows come anew. Without this file the menu of each row does the same.
let lifted = null;
let before = null;
// One act after the other: each answer shows those before it, too.
let acts = Promise.resolve();

const rows = () => document.querySelector("[data-ranks]");
const alike = (row) => row && row !== lifted && row.dataset.function === lifted.dataset.function;

document.addEventListener("pointerover", (event) => {
  const row = event.target.closest?.("[data-ranks] [data-person]");
  if (row && !row.draggable) row.draggable = true;
});
document.addEventListener("dragstart", (event) => {
  lifted = event.target.closest?.("[data-ranks] [data-person]");
  if (!lifted) return;
  before = lifted.nextElementSibling;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", lifted.dataset.person);
  requestAnimationFrame(() => lifted?.classList.add("lifted"));
});
document.addEventListener("dragover", (event) => {
  const over = lifted && event.target.closest?.("[data-ranks] [data-person]");
  if (!over) return;
  event.preventDefault();
  if (!alike(over)) return;
  const box = over.getBoundingClientRect();
  rows().insertBefore(lifted, event.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
});
document.addEventListener("drop", (event) => {
  if (lifted) event.preventDefault();
});
document.addEventListener("dragend", (event) => {
  if (!lifted) return;
  lifted.classList.remove("lifted");
  const row = lifted;
  const moved = row.nextElementSibling !== before;
  const next = row.nextElementSibling;
  const follows = alike(next) ? next : null;
  const neighbour = follows ?? (alike(row.previousElementSibling) ? row.previousElementSibling : null);
  lifted = null;
  if (!moved) return;
  // Escape ends a drag without an effect.
  if (event.dataTransfer.dropEffect === "none" || !neighbour) return rows().insertBefore(row, before);
  acts = acts.then(() => send(row.dataset.move, follows ? "before" : "after", neighbour.dataset.person));
});

async function send(address, direction, neighbour) {
  const body = new FormData();
  body.set("csrf_token", document.querySelector('main [name="csrf_token"]').value);
  body.set("direction", direction);
  body.set("neighbour", neighbour);
  rows().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
    await show(answer.type === "opaqueredirect" ? "" : said().dataset.failed);
  } catch {
    await show(said().dataset.failed).catch(() => say(said().dataset.failed));
  } finally {
    rows()?.removeAttribute("aria-busy");
  }
}

async function show(failed) {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = fresh.querySelector("[data-ranks]");
  if (!answer.ok || !list) return location.reload();
  const chosen = [...rows().querySelectorAll('[name="ids"]:checked')].map((box) => box.value);
  for (const box of list.querySelectorAll('[name="ids"]')) box.checked = chosen.includes(box.value);
  rows().replaceWith(list);
  list.closest("form").dispatchEvent(new Event("change"));
  say(failed || fresh.querySelector(".messages")?.textContent.trim() || "");
}

const said = () => document.querySelector("[data-rank-said]");

function say(words) {
  said().hidden = !words;
  said().textContent = words;
}

const hint = document.querySelector("[data-rank-hint]");
if (hint) hint.hidden = false;
