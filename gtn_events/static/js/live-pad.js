// The jury's pad: follows whoever is on stage. A scorecard that is begun is never taken away: a button leads on.
const PAUSE = 2500;
const pad = document.querySelector("[data-pad]");
const now = pad.querySelector("[data-pad-now]");
const link = now.querySelector("a");

async function look() {
  try {
    const answer = await fetch(pad.dataset.pad, { headers: { Accept: "application/json" } });
    const told = answer.ok && !answer.redirected ? await answer.json() : null;
    if (told && changed(told) && follow()) {
      location.assign(pad.dataset.padPage);
      return;
    }
    if (told) offer(told);
  } catch {
    // Without a connection the pad stays; drafts are kept in this browser.
  }
  setTimeout(look, PAUSE);
}

function changed(told) {
  return told.entry !== pad.dataset.padHere || told.open !== (pad.dataset.padOpen === "yes");
}

function follow() {
  return pad.dataset.padFree === "yes" || document.querySelector("form[data-scorecard] input[type=radio]:checked") === null;
}

function offer(told) {
  now.hidden = !told.entry || told.entry === pad.dataset.padEntry;
  if (!now.hidden) link.textContent = now.dataset.words.replace("%", told.title);
}

setTimeout(look, PAUSE);
