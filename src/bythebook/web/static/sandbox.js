// The sandbox: the text beside the conversation stands at the line that the case came to last.

function follow() {
  const room = document.querySelector(".walked");
  const line = room?.querySelector("tr.last");
  if (line) room.scrollTop = line.offsetTop - room.clientHeight / 3;
}

const main = document.getElementById("main");
new MutationObserver(follow).observe(main, { childList: true, subtree: true });
main.addEventListener("click", (event) => {
  const cite = event.target.closest("a[href^='#t']");
  const line = cite && document.getElementById(cite.hash.slice(1));
  const room = line?.closest(".walked");
  if (!room) return;
  event.preventDefault();
  room.querySelectorAll("tr.led").forEach((one) => one.classList.remove("led"));
  line.classList.add("led");
  room.scrollTop = line.offsetTop - room.clientHeight / 3;
  room.scrollIntoView({ block: "nearest" });
});
follow();
