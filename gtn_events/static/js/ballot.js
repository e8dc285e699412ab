// A ballot takes so many entries and no more: the other boxes wait until one is taken back. The server counts, too.
for (const form of document.querySelectorAll("form[data-ballot]")) {
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const refresh = () => {
    const full = boxes.filter((box) => box.checked).length >= Number(form.dataset.ballot);
    for (const box of boxes) box.disabled = full && !box.checked;
  };
  form.addEventListener("change", refresh);
  refresh();
}
