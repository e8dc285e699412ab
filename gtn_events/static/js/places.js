// The bar under a delegation: says for which categories more people are chosen than places are free.
// Only people who wait for the economy count. Without script the effect page says the same.
for (const bar of document.querySelectorAll("[data-bulk]")) {
  const form = bar.closest("form");
  const fits = [...bar.querySelectorAll("[data-fit]")];

  const show = () => {
    for (const fit of fits) {
      const chosen = form.querySelectorAll(`input[name="ids"][data-waits][data-category="${fit.dataset.fit}"]:checked`);
      fit.hidden = chosen.length <= Number(fit.dataset.free);
    }
  };

  form.addEventListener("change", show);
  bar.querySelector("[data-clear]")?.addEventListener("click", show);
  addEventListener("pageshow", show);
}
