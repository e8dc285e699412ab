// The editor of a design: form[data-design] is sent to that address while it is typed, and the picture that comes
// back is shown in [data-picture]; what is wrong is said in [data-said] and the last good picture stays.
// Parts of the form, [data-part], are drawn anew by the server where a choice or a button changes them.
const PAUSE = 400;
const LONGEST_PAUSE = 10000;
// What a field's change draws anew.
const REDRAWS = {
  template: ["shape", "texts", "fields", "logos", "signatories"],
  language: ["texts"],
  show: ["fields"],
};
const ROWS = ["logos", "signatories"];
// Acts that leave every row where it is: what is typed until the answer comes stays in its field.
const IN_PLACE = ["keep", "show"];
const TEXTS = "input[type='text'], textarea";

for (const form of document.querySelectorAll("form[data-design]")) {
  const picture = form.querySelector("[data-picture]");
  const said = form.querySelector("[data-said]");
  const person = form.querySelector("[name='show']");
  let timer;
  let drawing = null;
  let shown = null;
  let written = null; // the text that a name in braces goes to
  let asked = 0; // how often parts were asked for: only the newest answer knows everything that was sent
  const awaited = new Set();

  const say = (words, isWell = false) => {
    said.textContent = words;
    said.classList.toggle("is-well", isWell);
  };

  const later = (pause = PAUSE) => {
    clearTimeout(timer);
    timer = setTimeout(preview, pause);
  };

  const preview = async () => {
    clearTimeout(timer);
    drawing?.abort();
    const mine = new AbortController();
    drawing = mine;
    picture.setAttribute("aria-busy", "true");
    const sent = new FormData(form);
    for (const [name, value] of [...sent]) if (value instanceof File) sent.delete(name);
    try {
      const answer = await fetch(form.dataset.design, { method: "POST", body: sent, signal: mine.signal, headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) show(await answer.blob());
      else if (answer.status === 422) say((await answer.json()).errors.map(({ label, message }) => (label ? `${label}: ${message}` : message)).join(" "));
      else if (answer.status === 429 || answer.status === 503) later(Math.min(Number(answer.headers.get("Retry-After")) * 1000 || LONGEST_PAUSE, LONGEST_PAUSE));
      else say(form.dataset.failed);
    } catch (error) {
      if (error.name !== "AbortError") say(form.dataset.failed);
    } finally {
      if (drawing === mine) picture.removeAttribute("aria-busy");
    }
  };

  const show = (blob) => {
    const before = shown;
    shown = URL.createObjectURL(blob);
    picture.src = shown;
    picture.alt = person.selectedOptions[0].text;
    if (before) URL.revokeObjectURL(before);
    say(said.textContent && !said.classList.contains("is-well") ? form.dataset.mended : "", true);
  };

  const redraw = async (parts, act) => {
    const turn = ++asked;
    const sent = new FormData(form);
    const before = IN_PLACE.includes(act) ? sent : null;
    for (const part of parts) awaited.add(part);
    sent.append("act", act);
    let page;
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "text/html" } });
      if (answer.redirected || (!answer.ok && answer.status !== 422)) throw new Error(answer.statusText);
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      if (turn === asked) say(form.dataset.failed);
      return;
    }
    if (turn !== asked) return;
    for (const part of awaited) put(page, part, before);
    awaited.clear();
    dress();
    form.dispatchEvent(new Event("change"));
    preview();
  };

  const put = (page, part, before) => {
    const old = form.querySelector(`[data-part='${part}']`);
    const fresh = page.querySelector(`[data-part='${part}']`);
    if (!old || !fresh) return;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const open = old.querySelector("details")?.open;
    if (before) keepTyped(old, fresh, before);
    const caret = focused?.matches(TEXTS) ? [focused.selectionStart, focused.selectionEnd] : null;
    old.replaceWith(fresh);
    if (open) fresh.querySelector("details").open = true;
    if (!focused) return;
    const now = again(fresh, focused) ?? fresh.querySelector("input:not([type='hidden']), select, textarea");
    now?.focus();
    if (caret && now?.id === focused.id) now.setSelectionRange(...caret);
  };

  // What was typed since the form was sent.
  const keepTyped = (old, fresh, before) => {
    for (const field of old.querySelectorAll(TEXTS)) {
      const same = fresh.querySelector(`[name='${CSS.escape(field.name)}']`);
      if (same && field.value !== before.get(field.name)) same.value = field.value;
    }
  };

  // Where the focus goes when what had it was drawn anew: a button that moved its row stays with the row.
  const again = (fresh, focused) => {
    const [verb, row = ""] = (focused.value ?? "").split(":");
    const step = { up: -1, down: 1 }[verb];
    if (focused.name !== "act" || !step) return focused.id ? fresh.querySelector(`#${CSS.escape(focused.id)}`) : null;
    const [sort, number] = row.split("-");
    const moved = `${sort}-${Number(number) + step}`;
    return fresh.querySelector(`[value='${verb}:${moved}']`) ?? fresh.querySelector(`[value$=':${moved}']`);
  };

  // What only works with this script.
  const dress = () => {
    for (const button of form.querySelectorAll("[data-own-words]")) {
      button.hidden = form.elements[button.dataset.ownWords].value === "";
    }
    for (const button of form.querySelectorAll("[data-begin-words]")) {
      button.hidden = form.elements[button.dataset.beginWords].value !== "";
    }
    for (const code of form.querySelectorAll("code[data-insert]")) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "btn-link", textContent: code.textContent });
      button.dataset.insert = "";
      code.replaceWith(button);
    }
  };

  const insert = (words) => {
    const field = written?.isConnected ? written : form.querySelector("[data-part='texts'] :is(input, textarea)");
    if (!field) return;
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  form.addEventListener("focusin", ({ target }) => {
    if (target.matches("[data-part='texts'] :is(input, textarea)")) written = target;
  });
  form.addEventListener("input", ({ target }) => {
    if (target.type === "file" || target.name in REDRAWS) return;
    dress();
    later();
  });
  form.addEventListener("change", ({ target }) => {
    if (target.type === "file" && target.files.length) redraw(ROWS, "keep");
    else if (target.name in REDRAWS) redraw(REDRAWS[target.name], "show");
  });
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name !== "act") return;
    event.preventDefault();
    if (button.value === "preview") preview();
    else redraw(ROWS, button.value);
  });
  form.addEventListener("click", ({ target }) => {
    const own = target.closest("[data-own-words], [data-begin-words]");
    const step = target.closest("[data-step]");
    if (own) {
      const field = form.elements[own.dataset.ownWords ?? own.dataset.beginWords];
      field.value = "beginWords" in own.dataset ? field.placeholder : "";
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (step) {
      const count = person.options.length;
      person.selectedIndex = (person.selectedIndex + Number(step.dataset.step) + count) % count;
      person.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (target.matches("button[data-insert]")) insert(target.textContent);
  });

  for (const button of form.querySelectorAll("[data-step]")) button.hidden = false;
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
  dress();
  // The first picture had to wait for those of the page before: it is asked for as any other preview.
  picture.addEventListener("error", () => later());
  const lacks = picture.complete && picture.naturalWidth === 0;
  if (lacks || "drawNow" in form.dataset || !form.querySelector("[data-keep-note]").hidden) preview();
}
