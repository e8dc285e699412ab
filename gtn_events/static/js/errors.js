// Puts the focus on the summary of errors, so that the keyboard and a screen reader start there.
document.querySelector("[data-focus]")?.focus();
