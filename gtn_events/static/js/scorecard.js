// The scorecard: one criterion is open and shows every level, the others are folded to their points. Numbers choose,
// J and K move, Enter goes on. Without it every criterion is a plain group of radios, and everything works.
const form = document.querySelector("form[data-scorecard]");
const PAUSE = 700;
const SWITCH = "gtn-keys-off";

if (form) start(form);

function start(form) {
  const criteria = [...form.querySelectorAll("[data-criterion]")];
  const submit = form.querySelector("[data-submit]");
  const disabled = form.querySelector("fieldset:disabled") !== null;

  form.addEventListener("change", refresh);
  form.addEventListener("input", refresh);
  for (const criterion of criteria) criterion.addEventListener("focusin", () => open(criterion));
  submit?.addEventListener("click", (event) => {
    const gap = firstGap();
    if (!gap) return;
    event.preventDefault();
    goTo(gap);
  });
  if (!disabled) keys();
  refresh();

  function keys() {
    let typed = "";
    let timer;
    const hint = form.querySelector("[data-keys]");
    const button = form.querySelector("[data-keys-switch]");
    const off = () => localStorage.getItem(SWITCH) !== null;
    const tell = () => {
      button.textContent = off() ? button.dataset.off : button.dataset.on;
    };
    hint.hidden = false;
    tell();
    button.addEventListener("click", () => {
      if (off()) localStorage.removeItem(SWITCH);
      else localStorage.setItem(SWITCH, "yes");
      tell();
    });
    document.addEventListener("keydown", (event) => {
      if (off() || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      const key = event.key.toLowerCase();
      if (/^[0-9]$/.test(key)) {
        // Two digits within a moment are one number, on scales that go beyond nine.
        clearTimeout(timer);
        timer = setTimeout(() => (typed = ""), PAUSE);
        typed = radio(current(), typed + key) ? typed + key : key;
        choose(current(), typed);
        event.preventDefault();
        return;
      }
      typed = "";
      if (key === "j" || (key === "enter" && isRadio(event.target))) goTo(beside(1));
      else if (key === "k") goTo(beside(-1));
      else return;
      event.preventDefault();
    });
  }

  function current() {
    return form.querySelector(".criterion-open") || criteria[0];
  }

  function beside(step) {
    const at = criteria.indexOf(current()) + step;
    return criteria[at] || (step > 0 ? submit || criteria.at(-1) : criteria[0]);
  }

  function open(criterion) {
    if (criterion.classList.contains("criterion-open")) return;
    // What the person looks at stays where it is while the one above folds.
    const before = criterion.getBoundingClientRect().top;
    for (const each of criteria) each.classList.toggle("criterion-open", each === criterion);
    const moved = criterion.getBoundingClientRect().top - before;
    const scroller = form.scrollHeight > form.clientHeight + 1 && getComputedStyle(form).overflowY !== "visible" ? form : window;
    scroller.scrollBy({ top: moved, behavior: "instant" });
  }

  function goTo(target) {
    const radios = target.matches("[data-criterion]") ? [...target.querySelectorAll("input[type=radio]")] : [];
    if (radios.length) open(target);
    const missing = radios.length && chosen(target) && needsComment(target) && target.querySelector("textarea");
    const control = missing || radios.find((each) => each.checked) || radios[0] || target;
    control.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }

  function choose(criterion, point) {
    const wanted = radio(criterion, point);
    if (!wanted) return;
    wanted.focus();
    wanted.checked = true;
    wanted.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function firstGap() {
    return criteria.find((each) => !chosen(each)) || criteria.find((each) => needsComment(each));
  }

  function refresh() {
    let total = 0;
    let weight = 0;
    for (const criterion of criteria) {
      const { lowest, highest } = criterion.dataset;
      const point = chosen(criterion);
      const base = Math.min(Number(lowest), 0);
      const words = criterion.querySelector("[data-words]");
      words.textContent = point
        ? point.closest("label").querySelector(".level-words").textContent
        : words.dataset.none;
      if (point) {
        weight += Number(criterion.dataset.weight);
        total += (Number(criterion.dataset.weight) * (Number(point.value) - base)) / (Number(highest) - base);
      }
      const said = criterion.querySelector("[data-said]");
      if (!said) continue;
      const comment = criterion.querySelector("textarea").value.trim();
      said.querySelector("span").textContent = comment;
      said.hidden = comment === "";
    }
    const open = criteria.filter((each) => !chosen(each)).length;
    form.querySelector("[data-total]").textContent = total.toFixed(1);
    const of = form.querySelector("[data-of]");
    of.textContent = open ? of.dataset.words.replace("%", Number(weight.toFixed(2))) : of.dataset.whole;
    if (submit) tellSubmit(open);
  }

  function tellSubmit(open) {
    const { words, one, many, comment } = submit.dataset;
    const gap = firstGap();
    if (gap) submit.setAttribute("aria-disabled", "true");
    else submit.removeAttribute("aria-disabled");
    if (!gap) submit.textContent = words;
    else if (open === 0) submit.textContent = comment;
    else submit.textContent = open === 1 ? one : many.replace("%", open);
  }
}

function chosen(criterion) {
  return criterion.querySelector("input[type=radio]:checked");
}

function radio(criterion, point) {
  return criterion.querySelector(`input[type=radio][value="${point}"]`);
}

function needsComment(criterion) {
  const point = chosen(criterion);
  const { below, above } = criterion.dataset;
  if (!point || criterion.querySelector("textarea")?.value.trim()) return false;
  return (below !== undefined && Number(point.value) < Number(below)) || (above !== undefined && Number(point.value) > Number(above));
}

function isRadio(target) {
  return target instanceof HTMLInputElement && target.type === "radio";
}

function isElsewhere(target) {
  return !isRadio(target) && target instanceof HTMLElement && target.closest("input, textarea, select, summary, a, button") !== null
    && !(target.closest("[data-scorecard]") && target.matches("[data-submit]") && target.getAttribute("aria-disabled"));
}
