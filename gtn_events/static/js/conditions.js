// Questions that depend on another one: [data-when-field] is shown while the answer of that field compares
// ([data-when-is]: is, is-not, includes, answered) with [data-when-value]. The server decides again and
// drops what was not asked; a hidden question's own answer opens nothing, as on the server.
const dependants = [...document.querySelectorAll("[data-when-field]")];

function answersTo(form, name) {
  const fields = [...form.elements].filter((field) => field.name === name && !field.closest(".question[hidden]"));
  return fields
    .filter((field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : true))
    .map((field) => field.value.trim())
    .filter((value) => value !== "");
}

function holds({ whenField, whenIs, whenValue }, form) {
  const answers = answersTo(form, whenField);
  if (answers.length === 0) return answered(form, whenField, whenIs);
  if (whenIs === "answered") return true;
  return whenIs === "is-not" ? !answers.includes(whenValue) : answers.includes(whenValue);
}

// A file that is stored already counts as an answer, though its field is empty.
function answered(form, name, comparison) {
  const field = form.elements[name];
  const question = field instanceof Element ? field.closest(".question") : null;
  return comparison === "answered" && question !== null && !question.hidden && question.querySelector(".kept-file") !== null;
}

function refresh() {
  // In the order of the page: a question that goes takes those that depend on it along.
  for (const question of dependants) {
    const form = question.closest("form");
    if (form) question.hidden = !holds(question.dataset, form);
  }
}

for (const question of dependants) question.classList.add("question-live");
document.addEventListener("input", refresh);
document.addEventListener("change", refresh);
refresh();
