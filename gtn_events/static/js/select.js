// Lists with checkboxes named "ids": a box [data-select-all], and a bar [data-bulk] that counts and appears
// when something is chosen. Without script the bar is simply always there.
for (const bar of document.querySelectorAll("[data-bulk]")) {
  const form = bar.closest("form") ?? document;
  const all = form.querySelector("[data-select-all]");
  const count = bar.querySelector("[data-count]");
  const boxes = () => [...form.querySelectorAll('input[type="checkbox"][name="ids"]')];

  const show = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    bar.hidden = chosen === 0;
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
  bar.querySelector("[data-clear]")?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes()) box.checked = false;
    show();
  });
  addEventListener("pageshow", show);
  show();
}
