// Keeps the part of the design system's style sheet that the application uses: rules whose `fr-` classes all appear
// in the sources, and custom properties that something kept refers to.

/** Splits a style sheet into nodes: `{ prelude, body }` for a block, `{ text }` for a statement. */
function parse(css) {
  const nodes = [];
  let start = 0;
  let at = 0;
  while (at < css.length) {
    const character = css[at];
    if (css.startsWith("/*", at)) {
      const end = css.indexOf("*/", at + 2);
      if (start === at) start = end + 2;
      at = end + 2;
    } else if (character === '"' || character === "'") {
      at = skipString(css, at);
    } else if (character === "(") {
      at = skipParentheses(css, at);
    } else if (character === ";") {
      nodes.push({ text: css.slice(start, at + 1).trim() });
      start = at += 1;
    } else if (character === "{") {
      const end = closing(css, at);
      nodes.push({ prelude: css.slice(start, at).trim(), body: css.slice(at + 1, end) });
      start = at = end + 1;
    } else {
      at += 1;
    }
  }
  const rest = css.slice(start).trim();
  if (rest) nodes.push({ text: rest });
  return nodes;
}

function skipString(css, at) {
  const quote = css[at];
  for (at += 1; css[at] !== quote; at += 1) if (css[at] === "\\") at += 1;
  return at + 1;
}

function skipParentheses(css, at) {
  for (let depth = 0; ; ) {
    const character = css[at];
    if (character === '"' || character === "'") {
      at = skipString(css, at);
      continue;
    }
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
}

function closing(css, at) {
  for (let depth = 0; ; ) {
    const character = css[at];
    if (character === '"' || character === "'") {
      at = skipString(css, at);
      continue;
    }
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth === 0) return at;
    at += 1;
  }
}

/** Splits a selector list on its top-level commas. */
function selectors(prelude) {
  const parts = [];
  let start = 0;
  for (let at = 0; at < prelude.length; ) {
    const character = prelude[at];
    if (character === "(") at = skipParentheses(prelude, at);
    else if (character === "[") at = prelude.indexOf("]", at) + 1;
    else {
      if (character === ",") {
        parts.push(prelude.slice(start, at));
        start = at + 1;
      }
      at += 1;
    }
  }
  parts.push(prelude.slice(start));
  return parts;
}

function isUsed(selector, classes) {
  // What `:not()` excludes need not exist.
  let positive = selector;
  for (let at = positive.indexOf(":not("); at >= 0; at = positive.indexOf(":not(")) {
    positive = positive.slice(0, at) + positive.slice(skipParentheses(positive, at + 4));
  }
  return (positive.match(/\.fr-[a-zA-Z0-9_-]+/g) ?? []).every((name) => classes.has(name.slice(1)));
}

function purgeRules(css, classes) {
  let kept = "";
  for (const node of parse(css)) {
    if (node.text !== undefined) {
      kept += node.text;
    } else if (/^@(media|supports)/.test(node.prelude)) {
      const body = purgeRules(node.body, classes);
      if (body) kept += `${node.prelude}{${body}}`;
    } else if (node.prelude.startsWith("@")) {
      kept += `${node.prelude}{${node.body}}`;
    } else {
      const used = selectors(node.prelude).filter((selector) => isUsed(selector, classes));
      if (used.length > 0) kept += `${used.join(",")}{${node.body}}`;
    }
  }
  return kept;
}

function purgeProperties(css) {
  for (;;) {
    const used = new Set([...css.matchAll(/var\((--[a-zA-Z0-9-]+)/g)].map((match) => match[1]));
    const next = css.replace(
      /(^|[{;])(--[a-zA-Z0-9-]+):(?:[^;{}"'()]|"[^"]*"|'[^']*'|\((?:[^()]|\([^()]*\))*\))*(?=[;}])/g,
      (whole, before, name) => (used.has(name) ? whole : before === "{" ? "{" : ""),
    ).replace(/\{;+/g, "{");
    if (next === css) return css.replace(/[^{}]+\{\}/g, "");
    css = next;
  }
}

/** The part of `css` that `classes` need. `extra` is a style sheet that also refers to its custom properties. */
export function purge(css, classes, extra) {
  const mark = "/*extra*/";
  const whole = purgeProperties(purgeRules(css, classes) + mark + extra);
  return whole.slice(0, whole.indexOf(mark));
}
