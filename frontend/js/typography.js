// French sets a space before some marks, inside guillemets and before units, and no line is broken there. Texts come from
// many places (pages, answers, what authorities write), so the spaces are made unbreakable where they are shown.

const RULES = [
  [/ (?=[:;!?»%])/g, "\u00a0"],
  [/« /g, "«\u00a0"],
  [/(\d) (?=(?:km|m|t|h|ko|Mo)(?![\p{L}\d]))/gu, "$1\u00a0"],
];
/** What is shown as it is, or typed. */
const VERBATIM = "textarea, pre, code, script, style";

function typeset(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const set = RULES.reduce((text, [loose, tight]) => text.replace(loose, tight), node.data);
    if (set !== node.data && !node.parentElement?.closest(VERBATIM)) node.data = set;
  } else {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) typeset(texts.currentNode);
  }
}

typeset(document.body);
new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    if (type === "characterData") typeset(target);
    else addedNodes.forEach(typeset);
  }
}).observe(document.body, { subtree: true, childList: true, characterData: true });

