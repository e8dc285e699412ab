// Lists that can be dragged: [data-reorder] holds items with an input named "order" each, inside a form.
// Up and down buttons (name="move", value="up:ID" or "down:ID") are the same act without script;
// here they move at once. The form is sent after each move when it carries data-reorder-send.
for (const list of document.querySelectorAll("[data-reorder]")) {
  let lifted = null;
  const items = () => [...list.children].filter((item) => item.querySelector('[name="order"]'));

  const done = () => {
    list.dispatchEvent(new CustomEvent("reordered", { bubbles: true }));
    const form = list.closest("form");
    if (form?.hasAttribute("data-reorder-send")) send(form);
  };

  for (const item of items()) {
    item.draggable = true;
    item.classList.add("draggable");
  }

  list.addEventListener("dragstart", (event) => {
    lifted = event.target.closest("[draggable]");
    lifted?.classList.add("lifted");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    if (!lifted) return;
    event.preventDefault();
    const over = event.target.closest("[draggable]");
    if (!over || over === lifted || over.parentElement !== list) return;
    const box = over.getBoundingClientRect();
    list.insertBefore(lifted, event.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
  });
  list.addEventListener("dragend", () => {
    lifted?.classList.remove("lifted");
    if (lifted) done();
    lifted = null;
  });

  list.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="move"]');
    const item = button && items().find((each) => each.contains(button));
    if (!item || !list.closest("form")?.hasAttribute("data-reorder-send")) return;
    event.preventDefault();
    const up = button.value.startsWith("up");
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    list.insertBefore(up ? item : other, up ? other : item);
    button.focus();
    done();
  });
}

async function send(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) form.requestSubmit();
}
