// The form that checks a certificate's PDF: here, unless this browser cannot or the visitor sends the file.
import { canCheck, checkFile } from "./certificate-proof.js";

const form = document.querySelector("[data-file-check]");
const result = document.querySelector("[data-file-result]");
const words = document.querySelector("[data-file-words]");
const input = form.elements.namedItem("file");
const copy = (selector) => words.querySelector(selector).cloneNode(true);
// As the pages write it: 7 June 2013.
const days = new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB"), { dateStyle: "long", timeZone: "UTC" });
const day = (text) => days.format(new Date(text));

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function sentence(found, on) {
  const row = copy(`[data-found="${CSS.escape(found)}"]`);
  const span = row.querySelector("span");
  if (on) span.textContent = span.textContent.replace("@", day(on));
  return row;
}

function facts({ statement, kid }) {
  const { holder, event } = statement;
  const texts = {
    serial: statement.serial,
    replaces: statement.replaces,
    event: [event.title, event.city, event.economy, event.dates].join(", "),
    role: statement.role,
    prize: statement.prize,
    entry: statement.entry,
    organisation: holder.organisation,
    economy: holder.economy,
    issued_on: day(statement.issued_on),
    key: kid,
  };
  const rows = Object.entries(texts).filter(([, value]) => value);
  const list = rows.map(([name, value]) =>
    element("div", "", element("dt", "", copy(`[data-label="${name}"]`).textContent), element("dd", "", value)),
  );
  const kind = words.querySelector(`[data-kind="${CSS.escape(statement.kind)}"]`)?.textContent ?? "";
  const own = element("p", "verified-own own-script", holder.own_script_name);
  own.lang = holder.own_script_language;
  const name = element("h3", "", `${holder.given_name} `, element("span", "family", holder.family_name));
  const text = element("div", "verified-text", element("p", "verified-kind", kind), name, ...(own.textContent ? [own] : []));
  const link = copy("[data-look-up]");
  link.firstElementChild.href = `${form.dataset.verify}/${encodeURIComponent(statement.serial)}`;
  const summary = element("dl", "summary", ...list);
  return [element("div", "verified-body", text), element("div", "verified-facts", summary, link)];
}

function show(report) {
  const tone = { genuine: "", false: " verified-revoked", unknown: " verified-unknown" }[report.verdict];
  const found = report.found.map((each) => sentence(each, report.on));
  const list = element("ul", "verified-found", ...found);
  const band = copy(`[data-verdict="${report.verdict}"]`).firstElementChild;
  result.replaceChildren(element("article", `panel verified${tone}`, band, list, ...(report.statement ? facts(report) : [])));
  result.focus();
}

async function published(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

async function check(file) {
  result.replaceChildren(copy("[data-busy]"));
  try {
    const lists = [published(form.dataset.keys), published(form.dataset.revocations).catch(() => null)];
    const [keys, revocations] = await Promise.all(lists);
    // More than any certificate has is not even read.
    const bytes = new Uint8Array(await file.slice(0, 20 * 2 ** 20 + 1).arrayBuffer());
    show(await checkFile(bytes, keys, revocations));
  } catch {
    result.replaceChildren(copy("[data-trouble]"));
  }
}

function say(when) {
  for (const each of form.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== when;
}

if (await canCheck()) {
  say("here");
  input.addEventListener("change", () => input.files.length && check(input.files[0]));
  // Beside the form, too: a browser would open the file in place of the page.
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("is-over");
  });
  document.addEventListener("dragleave", () => form.classList.remove("is-over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    check(input.files[0]);
  });
} else {
  say("unable");
}
form.dataset.ready = "";
