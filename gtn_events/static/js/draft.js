// Saves form[data-draft] to the server while the person types, and says when. Without it the draft is
// saved with every step. Files are saved with the step only. What could not be sent is sent again.
const PAUSE = 1500;
const AGAIN = 15000;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const note = form.querySelector("[data-draft-note]");
  const seen = form.querySelector("input[name='seen']");
  let timer;
  let under_way = null;
  let waits = false;

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const send = async () => {
    const data = new FormData(form);
    for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json", "X-CSRFToken": data.get("csrf_token") },
      });
      if (answer.ok && !answer.redirected) {
        const saved = await answer.json();
        seen.value = saved.seen;
        note.textContent = note.dataset.saved.replace("%", new Date(saved.at).toTimeString().slice(0, 5));
      } else {
        note.textContent = note.dataset.refused;
      }
    } catch {
      note.textContent = note.dataset.failed;
      waits = true;
      later(AGAIN);
    }
  };

  const save = async () => {
    if (form.dataset.sent) return;
    if (under_way) {
      later(PAUSE);
      return;
    }
    waits = false;
    under_way = send();
    await under_way;
    under_way = null;
  };

  form.addEventListener("input", () => later(PAUSE));
  // A point that a key chose is no input of the person's own, but a change.
  form.addEventListener("change", () => later(PAUSE));
  addEventListener("online", () => waits && save());
  // A step that overtakes its own draft would look like a change from another tab.
  form.addEventListener(
    "submit",
    async (event) => {
      if (!under_way) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      await under_way;
      under_way = null;
      form.requestSubmit(event.submitter);
    },
    { capture: true },
  );
}
