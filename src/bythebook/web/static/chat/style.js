// How the chat looks. The document's own words are set in a book face; everything that is not the document in the
// system's. Sizes hang on the reader's own text size, not on the page around: `all: initial` keeps that out.

export const STYLE = `
:host {
  all: initial;
  display: block;
  color-scheme: light dark;
  --paper: var(--by-the-book-paper, light-dark(#f6f4ee, #131715));
  --card: var(--by-the-book-card, light-dark(#fffefb, #1c2220));
  --ink: var(--by-the-book-ink, light-dark(#1c2320, #e9e7df));
  --muted: var(--by-the-book-muted, light-dark(#5b635e, #a2aaa4));
  --line: var(--by-the-book-line, light-dark(#dcd8cc, #333b37));
  --accent: var(--by-the-book-accent, light-dark(#1d4d45, #94cdbd));
  --accent-ink: var(--by-the-book-accent-ink, light-dark(#fff, #0f1a17));
  --mine: var(--by-the-book-mine, light-dark(#e3ebe5, #24352f));
  --human: var(--by-the-book-human, light-dark(#f4e8d3, #362c1b));
  --human-line: var(--by-the-book-human-line, light-dark(#d9c093, #6b5732));
  --trouble: var(--by-the-book-trouble, light-dark(#8a2f1d, #f0a592));
  --radius: var(--by-the-book-radius, 14px);
  --book: var(--by-the-book-book-face, "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Charter, Georgia, "Liberation Serif", serif);
  --plain: var(--by-the-book-plain-face, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif);
  --gap: 20px;
}
:host([hidden]) { display: none; }
:host([scheme=light]) { color-scheme: light; }
:host([scheme=dark]) { color-scheme: dark; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

#panel, #ask, #launcher { font: 1em/1.5 var(--plain); color: var(--ink); }
#panel { display: flex; flex-direction: column; background: var(--paper); container-type: inline-size; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
.page { position: fixed; inset: 0 0 auto; height: var(--height, 100dvh); }
#panel.bubble:not([open]) { display: none; }
.bubble {
  position: fixed; inset: auto; inset-block-end: 92px; inset-inline-end: 20px; z-index: 2147483000;
  width: min(400px, 100vw - 40px); height: min(660px, 100dvh - 112px); max-width: none; max-height: none;
  margin: 0; padding: 0; overflow: hidden; border: 1px solid var(--line); border-radius: var(--radius);
  box-shadow: 0 12px 40px rgb(0 0 0 / 0.22);
}
:host([position=start]) .bubble, :host([position=start]) #launcher { inset-inline: 20px auto; }
#launcher {
  position: fixed; inset-block-end: 20px; inset-inline-end: 20px; z-index: 2147483000; display: grid; place-items: center;
  width: 56px; height: 56px; padding: 0; border: 0; border-radius: 50%; background: var(--accent); color: var(--accent-ink);
  box-shadow: 0 4px 16px rgb(0 0 0 / 0.25); cursor: pointer;
}
.badge { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-width: 22px; padding: 0 6px; border-radius: 11px; background: #a8321b; color: #fff; font: 600 13px/22px var(--plain); }
svg { width: 1.4em; height: 1.4em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
#launcher svg { width: 26px; height: 26px; }
.column { width: 100%; max-width: 46em; margin: 0 auto; padding-inline: max(16px, env(safe-area-inset-left)) max(16px, env(safe-area-inset-right)); }

/* head */
.head { flex: none; border-bottom: 1px solid var(--line); padding-top: env(safe-area-inset-top); }
.bar { display: flex; align-items: center; gap: 12px; padding-block: 11px; }
.name { flex: 1; min-width: 0; }
#heading { margin: 0; font: 600 1.125em/1.25 var(--book); letter-spacing: 0.005em; text-wrap: balance; overflow-wrap: anywhere; }
.name p { margin: 2px 0 0; font-size: 0.8125em; line-height: 1.3; color: var(--muted); }

/* conversation */
#scroller { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
#scroller .column { display: flex; flex-direction: column; min-height: 100%; padding-block: var(--gap) 24px; }
.hello { margin: 0 0 14px; font: 1.5em/1.25 var(--book); text-wrap: balance; }
#scroller:not(:has(#log:empty + #outbox:empty)) .hello { display: none; }
#scroller:has(#log:empty + #outbox:empty) .column { justify-content: center; }
.notice { margin: 0 0 var(--gap); padding-inline-start: 14px; border-inline-start: 2px solid var(--line); font-size: 0.875em; color: var(--muted); max-width: 36em; }
.notice p { margin: 0; text-wrap: pretty; }
#log { outline: none; }
#log, #outbox { display: flex; flex-direction: column; gap: var(--gap); }
#outbox:not(:empty) { margin-top: var(--gap); }
#log:empty + #outbox { margin-top: 0; }

.turn { max-width: min(100%, 38em); }
.speaker { margin: 0 0 5px; font-size: 0.8125em; line-height: 1.3; color: var(--muted); }
.speaker time { opacity: 0; transition: opacity 0.15s; font-variant-numeric: tabular-nums; }
.turn:hover .speaker time { opacity: 1; }
.said { padding: 14px 18px; border: 1px solid var(--line); border-radius: var(--radius); border-start-start-radius: 3px; background: var(--card); }
.said p { margin-block: 0; overflow-wrap: anywhere; white-space: pre-wrap; text-wrap: pretty; }
.said > :is(p, a, details) + :is(p, a, details) { margin-top: 11px; }
.assistant .said { font: 1.0625em/1.55 var(--book); font-variant-numeric: lining-nums; }
.said .aside { font: 0.875em/1.5 var(--plain); color: var(--muted); }
.said > .aside + .aside.aside.aside { margin-top: 3px; }
.human .said { background: var(--human); border-color: var(--human-line); }
.said a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }

.customer { align-self: flex-end; max-width: min(85%, 32em); display: flex; flex-direction: column; align-items: flex-end; }
.customer .speaker { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.customer .said { max-width: 100%; padding: 10px 16px; border-color: transparent; border-radius: var(--radius); border-end-end-radius: 3px; background: var(--mine); }
.delivery { margin: 4px 2px 0; font-size: 0.75em; line-height: 1.3; color: var(--muted); font-variant-numeric: tabular-nums; text-align: end; }
.customer:is([data-state=stored], [data-state=answered]):has(~ .customer) .delivery { display: none; }
.customer[data-state=sending] .delivery { animation: late 0s 0.6s both; }
.customer:is([data-state=failed], [data-state=refused]) .delivery { color: var(--trouble); }
.customer:is([data-state=waiting], [data-state=failed], [data-state=refused]) .said { background: transparent; border: 1px dashed var(--muted); }
@keyframes late { from { visibility: hidden; } to { visibility: visible; } }

.rule { display: flex; align-items: center; gap: 13px; margin: 6px 0; font-size: 0.8125em; color: var(--muted); }
.rule::before, .rule::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.working { margin: 0; font-size: 0.875em; color: var(--muted); }
.working:not(:empty) { margin-top: 14px; }
.working:not(:empty)::before { content: ""; display: inline-block; width: 0.55em; height: 0.55em; margin-inline-end: 0.6em; border-radius: 50%; background: var(--accent); animation: working 1.2s ease-in-out infinite alternate; }
@keyframes working { from { opacity: 0.25; } to { opacity: 1; } }

/* The line of the document that a paragraph rests on. */
cite { visibility: hidden; margin-inline-start: 0.5em; font: 500 0.6875em/1 var(--plain); letter-spacing: 0.02em; color: var(--muted); white-space: nowrap; user-select: none; cursor: help; }
p:hover > cite, .sources cite { visibility: visible; }
.sources cite { padding: 0.1em 0.4em; border: 1px solid var(--line); border-radius: 0.3em; }

summary { display: inline-flex; align-items: center; gap: 7px; padding: 5px 0; cursor: pointer; color: var(--accent); font: 500 0.9em/1.4 var(--plain); list-style: none; border-radius: 5px; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; width: 7px; height: 7px; border: solid currentColor; border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); transition: transform 0.15s; }
details[open] > summary::before { transform: rotate(45deg) translate(-1px, -1px); }
details ul { margin: 6px 0 0; padding-inline: 18px 0; font: 0.9em/1.5 var(--plain); overflow-wrap: anywhere; }
details li { padding: 2px 0; }
details li::marker { color: var(--muted); }

/* controls */
button { font: inherit; color: inherit; cursor: pointer; }
:is(button, summary, a, #scroller):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
#scroller:focus-visible { outline-offset: -2px; }
#launcher:focus-visible { outline-offset: 3px; }
.quiet { flex: none; padding: 8px 14px; min-height: 44px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); font-size: 0.9375em; line-height: 1.3; }
.quiet:hover:enabled { border-color: var(--accent); }
.quiet:disabled { color: var(--muted); background: transparent; cursor: default; }
.mark { flex: none; display: grid; place-items: center; width: 44px; height: 44px; margin-inline: -6px -10px; padding: 0; border: 0; border-radius: 10px; background: none; }
.mark:hover { background: var(--mine); }
.plain { padding: 6px 0; border: 0; background: none; font-size: 0.8125em; line-height: 1.3; color: var(--muted); text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 0.25em; }
.plain:hover { color: var(--ink); text-decoration-color: currentColor; }
.delivery .plain { padding: 0; font-size: 1em; color: inherit; text-decoration-color: currentColor; }

#answers { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 14px; }
.answer { display: inline-block; padding: 8px 16px; min-height: 44px; max-width: 100%; border: 1px solid var(--accent); border-radius: 10px; background: transparent; color: var(--accent); font-size: 0.9375em; font-weight: 500; line-height: 1.3; text-align: start; overflow-wrap: anywhere; }
.answer::first-letter { text-transform: uppercase; }
.answer:hover { background: var(--accent); color: var(--accent-ink); }
.said a.mail { padding-block: 11px; font: 500 0.9em/1.3 var(--plain); color: var(--accent); text-decoration: none; }
.said a.mail:hover { color: var(--accent-ink); }

.foot { flex: none; border-top: 1px solid var(--line); padding-bottom: max(6px, env(safe-area-inset-bottom)); }
#status { display: flex; align-items: center; justify-content: space-between; flex-wrap: wrap; gap: 8px 16px; padding-top: 11px; font-size: 0.9375em; }
#status:has(p:empty):has(#again[hidden]) { padding: 0; }
#status p { margin: 0; flex: 1 1 16em; text-wrap: pretty; overflow-wrap: anywhere; }
#status p:not(:empty)::before { content: ""; display: inline-block; width: 8px; height: 8px; margin-inline-end: 9px; border-radius: 50%; background: var(--accent); vertical-align: 0.08em; }
#status[data-kind=trouble] p:not(:empty)::before { background: var(--trouble); }
#status[data-kind=handed_off] p:not(:empty)::before { background: var(--human-line); }
form { display: flex; align-items: flex-end; gap: 8px; margin-top: 11px; padding: 5px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--card); }
form:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
textarea { flex: 1; min-width: 0; max-height: 9.5em; padding: 10px 11px; border: 0; background: none; color: inherit; font: inherit; font-size: max(16px, 1em); line-height: 1.5; resize: none; }
textarea:focus-visible { outline: none; }
textarea::placeholder { color: var(--muted); opacity: 1; }
#send { flex: none; display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 0; border-radius: 10px; background: var(--accent); color: var(--accent-ink); }
#send:disabled { opacity: 0.4; cursor: default; }
.small { display: flex; flex-wrap: wrap; gap: 0 14px; min-height: 30px; padding-top: 2px; }
.small #fresh { margin-inline-start: auto; }

#ask { max-width: min(24em, 100vw - 40px); padding: 20px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--card); }
#ask p { margin: 0 0 16px; }
#ask::backdrop { background: rgb(0 0 0 / 0.35); }
.choices { display: flex; flex-wrap: wrap; gap: 8px; }

@container (min-width: 34.01em) { .page #scroller, #scroller { scrollbar-gutter: stable both-edges; } }
@container (max-width: 34em) {
  .assistant.turn, .human.turn { max-width: 100%; }
  .said { padding: 13px 16px; }
  .speaker time { opacity: 1; }
  .column { --gap: 16px; }
  #person { padding-inline: 12px; }
}
@media (max-width: 30rem) {
  .bubble { inset: 0 0 auto; width: 100%; height: var(--height, 100dvh); border: 0; border-radius: 0; }
  :host([position=start]) .bubble { inset-inline: 0; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation-duration: 0s !important; animation-iteration-count: 1 !important; } }
@media print {
  .page { position: static; height: auto; }
  .page :is(#scroller, .column) { overflow: visible; }
  .page :is(.foot, #person, #answers, .mail, .notice) { display: none; }
}
`;
