// Counts the words of a text while it is typed: fields [data-count-words] name the sentence, whose data-words hold
// "%(count)s" and whose data-most is the limit. Nothing is blocked; saving checks the number.
const count = (text) => text.split(/\s+/).filter(Boolean).length;

for (const field of document.querySelectorAll("[data-count-words]")) {
  const sentence = document.getElementById(field.dataset.countWords);
  const show = () => {
    const words = count(field.value);
    sentence.hidden = false;
    sentence.textContent = sentence.dataset.words.replace("%(count)s", String(words));
    sentence.classList.toggle("field-error", words > Number(sentence.dataset.most));
  };
  field.addEventListener("input", show);
  show();
}
