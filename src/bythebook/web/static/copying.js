// A button with data-copy puts the words of the element of that id on the clipboard; where it may not, it selects them.

const SHOWN_MS = 2_000;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const from = button && document.getElementById(button.dataset.copy);
  if (!from) return;
  try {
    await navigator.clipboard.writeText(from.value ?? from.textContent);
    button.dataset.label ??= button.textContent; // a second click finds "Copied" there
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = button.dataset.label; }, SHOWN_MS);
  } catch {
    if (from.select) from.select();
    else getSelection().selectAllChildren(from);
  }
});
