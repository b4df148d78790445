// What is copied from a word processor or a web page keeps its headings and lists: the server makes Markdown of it.

const STRUCTURE = /<(h[1-6]|li|table)\b|mso-list/i;
const CHARACTERS_MAX = 2_000_000;

document.addEventListener("paste", async (event) => {
  const area = event.target;
  if (!(area instanceof HTMLTextAreaElement) || area.dataset.rich !== "yes") return;
  const html = event.clipboardData?.getData("text/html") ?? "";
  const plain = event.clipboardData?.getData("text/plain") ?? "";
  // What has no headings and lists is pasted as it is: an editor that only colours its text, say.
  if (!STRUCTURE.test(html) || html.length > CHARACTERS_MAX) return;
  event.preventDefault();
  const [start, end] = [area.selectionStart, area.selectionEnd];
  let words = plain;
  try {
    const answer = await fetch("/new-document/pasted", { method: "POST", body: new URLSearchParams({ text: html }) });
    if (answer.ok && !answer.redirected) words = (await answer.text()) || plain;
  } catch {
    // Without a connection the plain words are pasted.
  }
  area.focus();
  area.setSelectionRange(start, end);
  // So that the browser's own undo takes it back.
  if (!document.execCommand("insertText", false, words)) {
    area.setRangeText(words, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
