/** Our own texts, put into the code by scripts/embed.mjs. */
declare module "dps-gen:blueprints" {
  /** Compiled blueprints by name (`dbt/model.sql`). */
  export const blueprints: Readonly<Record<string, unknown>>;
}

declare module "dps-gen:template" {
  /** The spec folder that `init` writes: texts by relative path. */
  export const template: Readonly<Record<string, string>>;
}

/** Nunjucks without its compiler: it runs blueprints that the build compiled. */
declare module "nunjucks/browser/nunjucks-slim.js" {
  /** Templates compiled before, by name. */
  class PrecompiledLoader {
    constructor(templates: Readonly<Record<string, unknown>>);
  }
  /** A place where templates find each other, filters and options. */
  class Environment {
    constructor(loader: PrecompiledLoader, options: { readonly autoescape: boolean; readonly throwOnUndefined: boolean });
    addFilter(name: string, filter: (...values: never[]) => unknown): this;
    getTemplate(name: string, eager: boolean): Template;
  }
  /** One compiled template. */
  interface Template {
    render(view: object): string;
  }
  const nunjucks: { readonly Environment: typeof Environment; readonly PrecompiledLoader: typeof PrecompiledLoader };
  export default nunjucks;
}
