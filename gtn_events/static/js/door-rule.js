// What a checkpoint says to one person: the same rule as in forum/domain/door_rule.py.
const LOOK_ALIKES = { O: "0", I: "1", L: "1", U: "V" };

// What passes are counted by: the venue's date where it is once a day, otherwise nothing.
export function slotOf(rule, at, zone) {
  if (rule !== "daily") return "";
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

export function decide(rule, { state, belongs, passes }, way) {
  if (state !== "confirmed") return "not-registered";
  if (!belongs) return "not-here";
  const inside = passes % 2 === 1;
  if (rule === "in-and-out" && way === "out") return inside ? "out" : "already-out";
  return inside ? "already-in" : "in";
}

// The number somebody meant: any case, with or without dashes and prefix, O for 0 (core/references.py).
export function readReference(typed, prefix) {
  const code = typed.split("/").pop().trim().toUpperCase();
  const plain = code.replace(/[\s-]+/g, "");
  const start = prefix.toUpperCase().replaceAll("-", "");
  const bare = plain.startsWith(start) ? plain.slice(start.length) : plain;
  const letters = [...bare].map((letter) => LOOK_ALIKES[letter] ?? letter).join("");
  return letters.length === 8 ? `${prefix}-${letters.slice(0, 4)}-${letters.slice(4)}` : code;
}
