// htmx and its own server-sent events, as one module. The extension looks for the global that the first import sets.
import "htmx.org/dist/htmx.esm.js";
import "htmx.org/dist/ext/hx-sse.js";
