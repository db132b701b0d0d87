/** A node of a flowchart: an id of our own making, and a label of any text. */
export interface FlowNode {
  readonly id: string;
  readonly label: string;
}

/** A group of nodes with a title of our own. */
export interface FlowGroup {
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly FlowNode[];
}

/** The lines of a flowchart from left to right; groups without nodes are left out, edges keep their order. */
export function flowchart(
  groups: readonly FlowGroup[],
  edges: readonly { readonly from: string; readonly to: string }[],
): readonly string[] {
  const drawn = groups.filter((one) => one.nodes.length > 0);
  return [
    "flowchart LR",
    ...drawn.flatMap(({ id, title, nodes }) => [
      `    subgraph ${id}["${label(title)}"]`,
      ...nodes.map((one) => `        ${one.id}["${label(one.label)}"]`),
      "    end",
    ]),
    ...edges.map(({ from, to }) => `    ${from} --> ${to}`),
  ];
}

/** The id of a dbt model or source table (`source:shop.orders`): a valid Mermaid word that is no keyword. */
export function nodeId(name: string): string {
  return name.startsWith("source:") ? `raw_${name.slice("source:".length).replace(".", "__")}` : `n_${name}`;
}

/** A text as Mermaid shows it: letters, digits and signs inside words stay, all else becomes an entity (a label may not be empty). */
export function label(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  if (line === "") return "#160;";
  return line.replace(/[^\p{L}\p{M}\p{N} _,]/gu, (sign, at: number) => {
    const inWord = /[-./:]/.test(sign) && /[\p{L}\p{N}_]/u.test(line.charAt(at - 1)) && /[\p{L}_]/u.test(line.charAt(at + 1));
    return inWord && !line.slice(at, at + 3).includes("//") ? sign : `#${sign.codePointAt(0) ?? 32};`;
  });
}
