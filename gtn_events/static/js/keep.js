// Keeps what is typed into form[data-keep] in this tab until the server has taken it, and brings it back when
// the form is shown again after the session or the form had expired. Never keeps passwords, files, hidden fields
// or what is marked data-private. A hidden note [data-keep-note] inside the form is shown when text came back.
//
// A form that was sent counts as taken when the page that its sending led to is any but the sign-in page or an error
// page (they carry data-keep-waiting on the body), a page with a message of refusal, or the form itself with errors.
// Without a connection no page of ours follows, and whoever comes back by the address or by Back finds the text.
const PREFIX = "gtn-kept:";
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button"]);
const waiting = document.body.hasAttribute("data-keep-waiting") || document.querySelector("[data-refusal]") !== null;

function entries() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
}

function load(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function store(key, entry) {
  try {
    sessionStorage.setItem(key, JSON.stringify(entry));
  } catch {
    // A full storage only means that nothing more is kept.
  }
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type) && !("private" in field.dataset));
}

function typed(form) {
  return fieldsOf(form)
    .filter((field) => !isTick(field) || field.checked)
    .map((field) => [field.name, field.value]);
}

function isTick(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function ledFrom(path) {
  const { type } = performance.getEntriesByType("navigation")[0];
  return type === "navigate" && document.referrer !== "" && new URL(document.referrer).pathname === path;
}

function settle() {
  for (const key of entries()) {
    const entry = load(key);
    if (!entry?.sent) continue;
    const lost = !ledFrom(entry.path);
    const refused = entry.path === location.pathname && document.querySelector("[aria-invalid='true'], .field-bad");
    if (waiting || lost || refused) store(key, { ...entry, sent: false });
    else sessionStorage.removeItem(key);
  }
}

function restore(form, key) {
  const entry = load(key);
  if (!entry || form.querySelector("[aria-invalid='true'], .field-bad")) return;
  let changed = false;
  for (const field of fieldsOf(form)) {
    const values = entry.fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isTick(field)) {
      const wanted = values.includes(field.value);
      changed ||= field.checked !== wanted;
      field.checked = wanted;
    } else if (values.length > 0 && field.value !== values[0]) {
      field.value = values[0];
      changed = true;
    }
  }
  const note = form.querySelector("[data-keep-note]");
  if (note && changed) note.hidden = false;
}

settle();
for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = `${PREFIX}${location.pathname}#${form.dataset.keep}`;
  const save = (sent) => store(key, { path: location.pathname, fields: typed(form), sent });
  restore(form, key);
  form.addEventListener("input", () => save(false));
  form.addEventListener("change", () => save(false));
  form.addEventListener("submit", () => save(true));
}

// Whoever signs out leaves nothing behind: not in this tab, and no draft of a scorecard in this browser.
for (const form of document.querySelectorAll("form[data-forget]")) {
  form.addEventListener("submit", () => {
    for (const key of entries()) sessionStorage.removeItem(key);
    for (const key of Object.keys(localStorage)) if (key.startsWith("gtn-draft:")) localStorage.removeItem(key);
  });
}
