// Drafts of scorecards save themselves. Each is first kept in this browser, then sent; without a connection it stays
// here and is sent later, also from another page of the judge. Signing out clears what is kept (see keep.js).
const PREFIX = "gtn-draft:";
const PAUSE = 1200;
const AGAIN = 15000;

const queue = document.querySelector("[data-draft-queue]");
const form = document.querySelector("form[data-scorecard][data-draft]");
const note = form?.querySelector("[data-draft-note]");
const question = form?.querySelector("[data-question]");
const account = queue?.dataset.account;
const own = form ? `${PREFIX}${account}:${form.dataset.draft}` : "";
let timer;
let under_way = false;
let stopped = false;

if (queue) {
  // Another person signed in on this browser: what was kept for the one before is not theirs to see.
  for (const key of kept()) if (!key.startsWith(`${PREFIX}${account}:`)) localStorage.removeItem(key);
  if (form) start();
  sendOthers();
}

function start() {
  const mine = load(own);
  if (mine) restore(mine);
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
    // What is kept stays until the server has answered: the next page sends it, and learns that it is known.
  });
  question.querySelector("[data-keep-mine]").addEventListener("click", keepMine);
  question.querySelector("[data-take-theirs]").addEventListener("click", () => localStorage.removeItem(own));
  addEventListener("online", send);
  addEventListener("pagehide", () => clearTimeout(timer));
}

function kept() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

function load(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function fields() {
  return [...new FormData(form).entries()].filter(([name]) => !["csrf_token", "seen", "act"].includes(name));
}

function changed() {
  keep();
  say(note.dataset.saving);
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
}

function keep() {
  try {
    localStorage.setItem(own, JSON.stringify({ seen: form.elements.seen.value, fields: fields() }));
  } catch {
    // A full storage only means that nothing is kept here; it is sent all the same.
  }
}

function restore(mine) {
  if (JSON.stringify(mine.fields) === JSON.stringify(fields())) {
    localStorage.removeItem(own);
    return;
  }
  for (const field of form.elements) {
    const value = mine.fields.find(([name]) => name === field.name)?.[1];
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.tagName === "TEXTAREA") field.value = value ?? "";
  }
  form.dispatchEvent(new Event("change"));
  if (mine.seen !== form.elements.seen.value) ask();
  else send();
}

function ask() {
  stopped = true;
  clearTimeout(timer);
  question.hidden = false;
  say(note.dataset.clash);
}

function keepMine() {
  stopped = false;
  question.hidden = true;
  keep();
  send();
}

async function send() {
  if (stopped || under_way || load(own) === null) return;
  under_way = true;
  const sent = JSON.stringify(fields());
  const answer = await post(form.dataset.draft, fields(), form.elements.seen.value);
  under_way = false;
  if (stopped) return;
  if (answer.kind === "saved") {
    form.elements.seen.value = answer.seen;
    if (sent === JSON.stringify(fields())) localStorage.removeItem(own);
    else changed();
    say(note.dataset.saved.replace("%", new Date(answer.at).toTimeString().slice(0, 5)));
  } else if (answer.kind === "stale") {
    form.elements.seen.value = answer.seen;
    ask();
  } else if (answer.kind === "refused") {
    say(`${note.dataset.refused} ${answer.detail}`);
  } else {
    say(answer.kind === "signed-out" ? note.dataset.signedOut : note.dataset.offline);
    timer = setTimeout(send, AGAIN);
  }
}

// Drafts of other entries that were kept without a connection.
async function sendOthers() {
  let left = 0;
  for (const key of kept()) {
    if (key === own) continue;
    const mine = load(key);
    const answer = mine ? await post(key.slice(`${PREFIX}${account}:`.length), mine.fields, mine.seen) : { kind: "saved" };
    if (["saved", "refused", "gone"].includes(answer.kind)) localStorage.removeItem(key);
    // A stale one waits for its own page, which asks.
    else if (answer.kind !== "stale") left += 1;
  }
  queue.hidden = left === 0;
  queue.textContent = left === 1 ? queue.dataset.one : queue.dataset.many.replace("%", left);
  if (left) setTimeout(sendOthers, AGAIN);
}

async function post(url, pairs, seen) {
  const { token } = queue.dataset;
  const data = new URLSearchParams([...pairs, ["seen", seen], ["csrf_token", token]]);
  try {
    const answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json", "X-CSRFToken": token } });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (answer.redirected || (answer.ok && !told)) return { kind: "signed-out" };
    if (answer.ok) return { kind: told.submitted ? "refused" : "saved", ...told };
    if (answer.status === 409 && told?.seen !== undefined) return { kind: "stale", ...told };
    if (answer.status === 404) return { kind: "gone" };
    if (told?.detail && answer.status < 500) return { kind: "refused", ...told };
    return { kind: answer.status === 400 ? "signed-out" : "offline" };
  } catch {
    return { kind: "offline" };
  }
}

function say(words) {
  note.textContent = words;
}
