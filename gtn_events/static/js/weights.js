// Says what the weights of all criteria add up to while they are typed: inputs [data-weight], and a sentence
// [data-weight-sum] whose data-words hold "%(sum)s". Nothing is blocked; saving checks the sum.
const sentence = document.querySelector("[data-weight-sum]");
const weights = () => [...document.querySelectorAll("[data-weight]")];

function show() {
  // In hundredths: 0.1 + 0.2 would not be 0.3.
  const hundredths = weights().reduce((sum, field) => sum + Math.round(Number(field.value.replace(",", ".") || 0) * 100), 0);
  const sum = Number.isNaN(hundredths) ? "?" : String(hundredths / 100);
  sentence.textContent = sentence.dataset.words.replace("%(sum)s", sum);
}

if (sentence) {
  for (const field of weights()) field.addEventListener("input", show);
  show();
}
