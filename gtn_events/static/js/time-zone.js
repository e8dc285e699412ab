// Tells the browser's time zone: writes it into <input data-zone="fill">, and offers it beside
// <select data-zone="offer"> by a button with the words of data-offer ("{zone}" is replaced).
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const input of document.querySelectorAll("input[data-zone=fill]")) input.value = zone;

for (const select of document.querySelectorAll("select[data-zone=offer]")) {
  const known = [...select.options].some((option) => option.value === zone);
  if (known && select.value !== zone) offer(select);
}

function offer(select) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet zone-offer";
  button.textContent = select.dataset.offer.replace("{zone}", zone);
  button.addEventListener("click", () => {
    select.value = zone;
    select.focus();
    button.remove();
  });
  select.after(button);
}
