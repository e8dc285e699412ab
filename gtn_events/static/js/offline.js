// Without a connection a form stays where it is and says so, instead of giving way to the browser's own error page.
// The browser may be wrong (the site can run on the same machine), so the site is asked before anything is said.
const note = document.querySelector("[data-offline-note]");
const reached = new WeakSet();

document.addEventListener(
  "submit",
  async (event) => {
    const { target: form, submitter } = event;
    if (navigator.onLine || reached.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await answers()) {
      reached.add(form);
      form.requestSubmit(submitter);
    } else if (note) {
      note.hidden = false;
    }
  },
  { capture: true },
);

addEventListener("online", () => {
  if (note) note.hidden = true;
});

async function answers() {
  try {
    await fetch(note?.dataset.offlineNote ?? location.origin, { method: "HEAD", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}
