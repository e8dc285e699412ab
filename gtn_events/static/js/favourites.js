// The star on sessions. With an account the site keeps favourites, without one this browser does; what it kept before
// somebody signed in is added to theirs. The page itself is the same for everybody, so the stars are put in here.
const mark = document.querySelector("[data-favourites]");
const template = mark?.querySelector("template");
const stage = document.querySelector("[data-stage]");
const list = document.querySelector("[data-mine]");
const form = document.querySelector("[data-star-form]");
const lost = document.querySelector("[data-star-lost]");
const token = mark?.dataset.account;
const key = `gtn-favourites:${mark?.dataset.forum}`;
let codes = new Set();

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? found.map(String) : [];
  } catch {
    return []; // a browser that keeps nothing, or something that is no list
  }
}

function keep() {
  try {
    localStorage.setItem(key, JSON.stringify([...codes]));
  } catch {
    // The star holds until the page is left.
  }
}

async function ask(path = "", sent = null) {
  const body = sent && new URLSearchParams([...sent.map((code) => ["code", code]), ["csrf_token", token]]);
  const headers = { Accept: "application/json" };
  const answer = await fetch(mark.dataset.favourites + path, { method: body ? "POST" : "GET", headers, body });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  codes = new Set(await answer.json());
}

async function toggle(code) {
  const wanted = !codes.has(code);
  if (token) {
    await ask(wanted ? "" : "/remove", [code]);
  } else {
    codes = new Set(kept()); // another tab may have changed them
    if (wanted) codes.add(code);
    else codes.delete(code);
    keep();
  }
  draw();
  if (list) await fill();
}

// Only an account's stars can fail; without one the browser has kept the star before it asks for anything.
function tell(failed) {
  if (lost) lost.hidden = !failed;
  draw();
}

function star(code, title) {
  const button = template.content.firstElementChild.cloneNode(true);
  button.dataset.code = code;
  button.setAttribute("aria-label", button.getAttribute("aria-label").replace("@", title));
  button.addEventListener("click", () => toggle(code).then(() => tell(false), () => tell(true)));
  return button;
}

function place() {
  for (const slot of document.querySelectorAll(".slot[id^='s-']:not(.is-break):not(:has(.star))")) {
    slot.append(star(slot.id.slice(2), slot.querySelector("strong").textContent));
  }
  for (const spot of document.querySelectorAll("[data-star]:empty")) spot.append(star(spot.dataset.star, spot.dataset.title));
  draw();
}

function draw() {
  for (const button of document.querySelectorAll(".star")) {
    const pressed = String(codes.has(button.dataset.code));
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
  }
}

async function fill() {
  // The site knows by itself what an account marked and signed up for.
  const answer = await fetch(token ? list.dataset.mine : `${list.dataset.mine}?codes=${encodeURIComponent([...codes].join(","))}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".mine");
  if (answer.ok && fresh) list.replaceChildren(fresh);
  place();
}

// The page of one session shows whether it is marked, as the site knew it before the browser's stars were added.
async function renew(form) {
  const answer = await fetch(location.pathname + location.search);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-star-form]");
  if (answer.ok && fresh) form.replaceWith(fresh);
}

async function start() {
  const before = kept();
  if (!token) {
    codes = new Set(before);
  } else if (before.length) {
    await ask("", before);
    localStorage.removeItem(key);
  } else {
    await ask();
  }
  place();
  if (list && (before.length || !token)) await fill();
  if (form && token && before.length) await renew(form);
  if (stage) new MutationObserver(place).observe(stage, { childList: true });
}

if (mark) start().catch(() => {});
