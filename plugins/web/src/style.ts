/** What all elements share. Colours have a contrast of 4.5 to 1 and more on a light page; a dark one gives its own. */
const SHARED = `
:host{display:block;--accent:var(--regulars-accent,#a61b1b);--on-accent:var(--regulars-on-accent,#fff);--muted:var(--regulars-muted,#595959);--line:var(--regulars-line,#d9d9d9);--surface:var(--regulars-surface,transparent);--radius:var(--regulars-radius,.625rem);--gap:var(--regulars-gap,.75rem)}
:host([hidden]){display:none}
[part=frame]{display:flow-root}
.hold{min-block-size:var(--regulars-reserve,var(--space,0))}
.heard{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
p,ul{margin:0;padding:0;list-style:none}
.muted{color:var(--muted);font-size:.875em}
.card{box-sizing:border-box;border:1px solid var(--line);border-radius:var(--radius);background:var(--surface);padding:var(--gap)}
.strip{overflow-x:auto;scrollbar-width:thin}
.strip>ul{display:flex;gap:var(--gap)}
.strip .card{flex:0 0 var(--regulars-card-width,15.5rem);display:flex;flex-direction:column;gap:.25rem}
.end{margin-block-start:auto;padding-block-start:.5rem;display:flex;gap:.5rem;align-items:center;justify-content:space-between}
button{font:inherit;font-size:.875em;line-height:1.5;padding:.3em 1em;min-block-size:24px;border:1px solid var(--accent);border-radius:var(--radius);background:var(--accent);color:var(--on-accent);cursor:pointer;white-space:nowrap}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
[role=status]{min-block-size:1.5em}
s{color:var(--muted)}
`

const sheets = new Map<string, CSSStyleSheet>()

/** Each style is read once, however many elements wear it. */
export const sheetsOf = (own: string): CSSStyleSheet[] => [SHARED, own].map(sheetOf)

function sheetOf(css: string): CSSStyleSheet {
  let sheet = sheets.get(css)
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    sheets.set(css, sheet)
  }
  return sheet
}
