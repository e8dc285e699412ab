// Saves form[data-draft] to the server while the person types, and says when. Without it the draft is
// saved with every step. Files are saved with the step only.
const PAUSE = 1500;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const note = form.querySelector("[data-draft-note]");
  const seen = form.querySelector("input[name='seen']");
  let timer;
  let under_way = false;

  const save = async () => {
    if (under_way || form.dataset.sent) return;
    under_way = true;
    const data = new FormData(form);
    for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json", "X-CSRFToken": data.get("csrf_token") },
      });
      if (answer.ok) {
        const saved = await answer.json();
        seen.value = saved.seen;
        note.textContent = note.dataset.saved.replace("%", new Date(saved.at).toTimeString().slice(0, 5));
      } else {
        note.textContent = note.dataset.failed;
      }
    } catch {
      note.textContent = note.dataset.failed;
    }
    under_way = false;
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
}
