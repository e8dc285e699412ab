// Offers the browser's time zone beside <select data-zone>: "fill" chooses it while the form
// still says UTC, "offer" shows a button with the words of data-offer ("{zone}" is replaced).
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const select of document.querySelectorAll("select[data-zone]")) {
  const known = [...select.options].some((option) => option.value === zone);
  if (!known || select.value === zone) continue;
  if (select.dataset.zone === "fill" && select.value === "UTC") select.value = zone;
  else if (select.dataset.zone === "offer") offer(select);
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
