// A form whose buttons are all acts on a board: [data-board]. The answer is the board anew, so nothing else is
// loaded. Items ([data-item]) can be dragged within and between lists ([data-list]); a drop sends the whole order as
// "ID", or "LIST:ID" where lists have names. Without this file every button sends the form and the page comes anew.
const board = () => document.querySelector("form[data-board]");
let lifted = null;
let plain = false;
// One act after the other: each is sent with the board that the one before has brought.
let acts = Promise.resolve();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-board]") || plain || !event.submitter?.name || event.submitter.hasAttribute("formaction")) return;
  event.preventDefault();
  const { name, value } = event.submitter;
  act((data) => data.set(name, value), event.submitter);
}, true);

document.addEventListener("pointerover", (event) => {
  const item = event.target.closest?.("[data-board] [data-item]");
  if (item && !item.draggable) item.draggable = true;
});
document.addEventListener("dragstart", (event) => {
  lifted = event.target.closest?.("[data-board] [data-item]");
  if (!lifted) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", lifted.dataset.item);
  requestAnimationFrame(() => lifted?.classList.add("lifted"));
});
document.addEventListener("dragover", (event) => {
  const list = lifted && event.target.closest("[data-list]");
  if (!list) return;
  event.preventDefault();
  const over = event.target.closest("[data-item]");
  if (over === lifted) return;
  if (!over) {
    list.append(lifted);
    return;
  }
  const box = over.getBoundingClientRect();
  over.parentElement.insertBefore(lifted, event.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
});
document.addEventListener("drop", (event) => {
  if (lifted) event.preventDefault();
});
document.addEventListener("dragend", () => {
  if (!lifted) return;
  lifted.classList.remove("lifted");
  lifted = null;
  const order = [];
  for (const list of board().querySelectorAll("[data-list]")) {
    for (const item of list.querySelectorAll("[data-item]")) {
      order.push(list.dataset.list ? `${list.dataset.list}:${item.dataset.item}` : item.dataset.item);
    }
  }
  act((data) => {
    data.set("act", "order");
    for (const each of order) data.append("order", each);
  }, null);
});

function act(fill, button) {
  acts = acts.then(() => send(fill, button));
}

async function send(fill, button) {
  const form = board();
  const data = new FormData(form);
  fill(data);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-board]");
    if (!answer.ok || !fresh) throw new Error("no board came back");
    const name = button?.value;
    const again = name && [...fresh.querySelectorAll("button")].find((each) => each.value === name && !each.disabled);
    const item = name && fresh.querySelector(`[data-item="${CSS.escape(name.split(":")[1] ?? "")}"]`);
    form.replaceWith(fresh);
    (again || item?.querySelector("button:not([disabled])") || (name && fresh.querySelector("button")))?.focus();
  } catch {
    form.removeAttribute("aria-busy");
    const same = [...form.querySelectorAll("button")].find((each) => each.name === button?.name && each.value === button?.value);
    if (!same) return location.reload();
    plain = true;
    form.requestSubmit(same);
  }
}
