import type { TemplateArtifact } from "../../artifact.ts";
import type { Design } from "../../rules/types.ts";
import { domainsOf, type Domain } from "./domains.ts";

/** A page of the docs. It has no single place in the specs. */
export function page(path: string, blueprint: string, from: readonly string[], view: TemplateArtifact["view"]): TemplateArtifact {
  return { kind: "template", path, blueprint, from, origin: null, mode: "generated", view };
}

/** Where the page of a domain lies: one page for all where there is one domain, else a page each below an index of this name. */
export function domainPath(name: string, domain: Domain, { domains }: Pick<Design, "domains">): string {
  return domains.length < 2 ? `docs/${name}.md` : `docs/${name}/${domain.name}.md`;
}

/** The pages of a kind: one per domain, and an index where there are several. A domain's page changes only with its own objects. */
export function pagesPerDomain(
  name: string,
  title: string,
  design: Design,
  toPage: (domain: Domain, path: string, heading: string) => TemplateArtifact,
): readonly TemplateArtifact[] {
  const domains = domainsOf(design);
  const single = design.domains.length < 2;
  const pages = domains.map((domain) => toPage(domain, domainPath(name, domain, design), single ? title : `${title}: ${domain.name}`));
  if (single) return pages;
  const entries = domains.map((domain) => ({
    name: domain.name,
    link: `${name}/${domain.name}.md`,
    dimensions: domain.dimensions.length,
    facts: domain.facts.length,
    marts: domain.marts.length,
  }));
  return [page(`docs/${name}.md`, "docs/index.md", [], { title, entries }), ...pages];
}
