/** The version of this package; a test keeps it equal to package.json. */
export const version = "0.1.0";

declare const DPS_GEN_BUILD: string | undefined;

/** A hash of the sources that this build was made from, or null when run from sources: a cache of another build is not used. */
export const build: string | null = typeof DPS_GEN_BUILD === "string" ? DPS_GEN_BUILD : null;
