// The sandbox: the conversation stays in view while the text beside it is read, and each sentence leads to its line.

const WIDE = matchMedia("(min-width: 64rem)"); // here the two stand beside each other
const MARGIN = 16;

/** A conversation that is longer than the window stays with its end in view, where one writes; else with its top. */
function stay() {
  const talk = document.querySelector(".stays");
  if (talk) talk.style.top = `${Math.min(MARGIN, innerHeight - talk.offsetHeight - MARGIN)}px`;
}

/** Whoever has a keyboard writes on at once; on a phone it would come up over the page. */
function takeUp() {
  const focused = document.activeElement;
  if (focused && focused !== document.body) return;
  if (matchMedia("(pointer: fine)").matches) document.querySelector(".say input[name=text]:not([type=hidden])")?.focus({ preventScroll: true });
}

/** What was done last: where one writes on is in view, and beside it the line that the case came to. */
function follow() {
  stay();
  takeUp();
  const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  if (!document.querySelector(".turn")) return;
  if (WIDE.matches) document.querySelector(".walked tr.last")?.scrollIntoView({ block: "nearest", behavior: smooth });
  else document.querySelector(".say, .asks")?.scrollIntoView({ block: "nearest", behavior: smooth });
}

const main = document.getElementById("main");
new MutationObserver(follow).observe(main, { childList: true, subtree: true });
addEventListener("resize", stay);
main.addEventListener("toggle", stay, true);
main.addEventListener("click", (event) => {
  const cite = event.target.closest("a[href^='#t']");
  const line = cite && document.getElementById(cite.hash.slice(1));
  if (!line) return;
  event.preventDefault();
  document.querySelectorAll(".walked tr.led").forEach((one) => one.classList.remove("led"));
  line.classList.add("led");
  line.scrollIntoView({ block: "center" });
});
stay();
takeUp();
