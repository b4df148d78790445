// The graph beside the text: larger and smaller, pulled about, and each way between a place in it and its line.

const STEP = 1.25;
const SMALLEST = 0.3;
const LARGEST = 3;

function begin(graph) {
  const room = graph.querySelector(".graph-room");
  const views = [...room.querySelectorAll("svg.bythebook-graph")];
  const sizes = views.map((view) => [Number(view.getAttribute("width")), Number(view.getAttribute("height"))]);
  let scale = 1;

  const shown = () => Math.max(views.findIndex((view) => view.getBoundingClientRect().width > 0), 0);
  const show = (wanted) => {
    scale = Math.min(Math.max(wanted, SMALLEST), LARGEST);
    views.forEach((view, at) => {
      view.setAttribute("width", String(sizes[at][0] * scale));
      view.setAttribute("height", String(sizes[at][1] * scale));
    });
  };
  const fit = () => show(Math.min(1, (room.clientWidth - 4) / sizes[shown()][0]));

  const keys = graph.querySelector(".graph-keys");
  keys.hidden = false;
  keys.addEventListener("click", (event) => {
    const way = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (way === "in") show(scale * STEP);
    if (way === "out") show(scale / STEP);
    if (way === "fit") fit();
    if (way === "columns") {
      const columns = room.classList.toggle("columns");
      event.target.closest("[data-zoom]").setAttribute("aria-pressed", String(columns));
      fit();
    }
  });
  room.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    show(event.deltaY < 0 ? scale * STEP : scale / STEP);
  }, { passive: false });

  pull(room);
  fit();
  return { room, views, shown };
}

// A mouse pulls the picture; a finger scrolls it anyway.
function pull(room) {
  let from = null;
  room.classList.add("grab");
  room.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || event.target.closest("a")) return;
    from = { x: event.clientX + room.scrollLeft, y: event.clientY + room.scrollTop };
    room.classList.add("drags");
    room.setPointerCapture(event.pointerId);
  });
  room.addEventListener("pointermove", (event) => {
    if (from) room.scrollTo(from.x - event.clientX, from.y - event.clientY);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    room.addEventListener(end, () => {
      from = null;
      room.classList.remove("drags");
    });
  }
}

function lead(found) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const only = (chosen, all) => all.forEach((one) => one.classList.toggle("led", one === chosen));
  const places = [...document.querySelectorAll("svg.bythebook-graph a.leads")];
  document.querySelector(".sheet")?.addEventListener("click", (event) => {
    const cite = event.target.closest("a.cite");
    if (!cite) return;
    event.preventDefault();
    const view = found.views[found.shown()];
    const place = [...view.querySelectorAll("a.leads")].find((one) => one.dataset.label === cite.dataset.label);
    if (!place) return;
    only(place, places);
    const box = place.getBoundingClientRect();
    const room = found.room.getBoundingClientRect();
    found.room.scrollBy({
      left: box.left - room.left - room.width / 3,
      top: box.top - room.top - room.height / 3,
      behavior: calm ? "auto" : "smooth",
    });
    found.room.scrollIntoView({ block: "nearest" });
    place.focus({ preventScroll: true });
  });
}

const graph = document.getElementById("graph");
if (graph) lead(begin(graph));
