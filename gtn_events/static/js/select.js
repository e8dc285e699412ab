// Lists with checkboxes named "ids": a box [data-select-all], and a bar [data-bulk] that counts and appears
// when something is chosen; either may be missing. Without script the bar is simply always there, without what only a
// script can do.
const parts = [...document.querySelectorAll("[data-bulk], [data-select-all]")];
for (const form of new Set(parts.map((part) => part.closest("form") ?? document))) {
  const bar = form.querySelector("[data-bulk]");
  const all = form.querySelector("[data-select-all]");
  const count = bar?.querySelector("[data-count]");
  const clear = bar?.querySelector("[data-clear]");
  const boxes = () => [...form.querySelectorAll('input[type="checkbox"][name="ids"]')];

  const show = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    if (bar) bar.hidden = chosen === 0;
    if (count) count.textContent = chosen;
    if (all) {
      all.checked = chosen > 0 && chosen === boxes().length;
      all.indeterminate = chosen > 0 && chosen < boxes().length;
    }
  };

  all?.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  clear?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes()) box.checked = false;
    show();
  });
  for (const part of [all, clear, bar?.querySelector("[data-chosen]")]) if (part) part.hidden = boxes().length === 0;
  addEventListener("pageshow", show);
  show();
}
