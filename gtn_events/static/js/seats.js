// Seats of an assignment that are dragged. A judge ([data-judge]) is lifted from a panel ([data-panel], with the address
// of its page in data-url), from the bench or from the list of loads, and dropped on a row with a panel, on another
// judge of a panel, or on the bench ([data-bench]). Each drop is the act that the form on the page of the entry sends,
// so the same rules answer; what is refused is said with its reason. Without this file those forms do the same.
let lifted = null;
let target = null;
// One act after the other, as on a board: the page that an act brings shows those before it, too.
let acts = Promise.resolve();

const panelOf = (node) => node?.closest("tr")?.querySelector("[data-panel]") ?? null;
const dropOf = (node) => {
  const bench = node.closest?.("[data-bench]");
  if (bench) return panelOf(lifted) && bench;
  const panel = panelOf(node.closest?.("tr"));
  if (!panel || panel === panelOf(lifted)) return null;
  const seat = node.closest("[data-judge]");
  return seat && panel.contains(seat) ? seat : panel;
};

document.addEventListener("pointerover", (event) => {
  const judge = event.target.closest?.("[data-judge]");
  if (judge && !judge.draggable) judge.draggable = true;
});
document.addEventListener("dragstart", (event) => {
  lifted = event.target.closest?.("[data-judge]");
  if (!lifted) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", lifted.dataset.judge);
  lifted.classList.add("lifted");
});
document.addEventListener("dragover", (event) => {
  if (!lifted) return;
  mark(dropOf(event.target));
  if (target) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (!lifted) return;
  event.preventDefault();
  const wanted = target && actOf(lifted, target);
  if (wanted) acts = acts.then(() => send(...wanted));
});
document.addEventListener("dragend", () => {
  lifted?.classList.remove("lifted");
  lifted = null;
  mark(null);
});

function mark(next) {
  if (next === target) return;
  target?.classList.remove("seat-target");
  target = next;
  target?.classList.add("seat-target");
}

// The page that takes the act, and what its form would send.
function actOf(judge, onto) {
  const from = panelOf(judge);
  const to = panelOf(onto);
  const number = judge.dataset.judge;
  const other = onto.dataset.judge;
  if (!to) return [from.dataset.url, { act: "remove", seat: number }];
  if (from && other) return [from.dataset.url, { act: "swap", seat: number, other: `${to.dataset.panel} ${other}` }];
  if (from) return [from.dataset.url, { act: "move", seat: number, other: to.dataset.panel }];
  if (other) return [to.dataset.url, { act: "replace", seat: other, judge: number }];
  return [to.dataset.url, { act: "add", judge: number }];
}

async function send(address, fields) {
  const main = document.querySelector("main");
  const body = new FormData();
  body.set("csrf_token", main.querySelector('[name="csrf_token"]').value);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") return await show();
    const refused = parse(await answer.text()).querySelector('main [role="alert"]');
    say(refused?.textContent.trim() ?? "", false);
  } catch {
    say("", false);
  } finally {
    document.querySelector("main").removeAttribute("aria-busy");
  }
}

async function show() {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
  const fresh = parse(await answer.text()).querySelector("main");
  if (!answer.ok || !fresh?.querySelector("[data-bench]")) return location.reload();
  const words = fresh.querySelector(".messages");
  words?.remove();
  document.querySelector("main").replaceWith(fresh);
  explain();
  say(words?.textContent.trim() ?? "", true);
}

function say(words, done) {
  const place = document.querySelector("[data-seats-said]");
  place.hidden = false;
  place.classList.toggle("seats-said-no", !done);
  place.textContent = words || place.dataset.failed;
}

function explain() {
  for (const hint of document.querySelectorAll("[data-seats-hint]")) hint.hidden = false;
}

const parse = (text) => new DOMParser().parseFromString(text, "text/html");
explain();
