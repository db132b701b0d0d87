/**
 * Prose of a spec as one line of Markdown in which every character stands for itself: nothing becomes a tag, a link, a
 * table cell, a list or a heading.
 */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*[\]<>|~#]/g, "\\$&")
    .replace(/^([-+=])/, "\\$1")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}
