// Sends a form once: a second press while the first is under way does nothing.
// The server keeps its own guard; this one only spares the person a puzzling second answer. What opens a tab of its own
// leaves the form where it is, to be sent again.
const LOOK_AGAIN = 8000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || event.submitter?.formTarget === "_blank") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), LOOK_AGAIN);
});

// A page that comes back by the Back button must be able to send again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}
