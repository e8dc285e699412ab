// A page that shows nobody signed in: what a door kept about people in this browser goes.
if (localStorage.getItem("gtn-door") && !document.querySelector("form[data-forget]")) {
  import("./door-store.js").then(({ wipe }) => wipe()).catch(() => {}); // the lists expire by themselves
}
