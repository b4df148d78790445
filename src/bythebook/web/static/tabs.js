// On a phone the parts of a document are wider than the window: where one is stands in view.
const showTab = () => {
  const tab = document.querySelector(".tabs [aria-current]");
  const row = tab?.closest(".tabs");
  if (row) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
};
showTab();
document.addEventListener("htmx:after:swap", showTab);
