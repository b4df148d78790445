// The chat as an element of any page: <by-the-book routine="..."></by-the-book>. docs/widget.md says what it takes.

import { ByTheBook } from "./element.js";

if (!customElements.get("by-the-book")) customElements.define("by-the-book", ByTheBook);
