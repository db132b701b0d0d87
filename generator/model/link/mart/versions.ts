import { within } from "../../../diagnostics/origin.ts";
import { martDiagnostics } from "../../diagnostics/marts.ts";
import type { MartSpec, Spec } from "../../../spec/types.ts";
import type { Mart } from "../../fact.ts";
import { earlierMart, martModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";

/** The earlier versions of a mart as marts of their own; numbers that cannot be are reported. */
export function earlierVersions(spec: MartSpec, context: LinkContext): readonly MartSpec[] {
  const mart = martModel(spec.name);
  if (spec.version === null && spec.earlier_versions.length > 0) {
    const parameters = { version: spec.earlier_versions[0]?.version ?? 1, mart, problem: "is earlier than a version without a number", help: "state version: of the mart itself." };
    context.log.add(martDiagnostics.report("mart-version", { origin: within(spec.origin, "earlier_versions"), pointer: "key" }, parameters));
    return [];
  }
  return spec.earlier_versions.map((one, index): MartSpec => {
    const origin = within(spec.origin, "earlier_versions", index);
    const problem = one.version >= (spec.version ?? 0) ? `is not earlier than the mart, version ${spec.version ?? ""}` : spec.earlier_versions.findIndex(({ version }) => version === one.version) < index ? "is there twice" : null;
    if (problem !== null) context.log.add(martDiagnostics.report("mart-version", { origin: within(origin, "version") }, { version: one.version, mart, problem, help: "give each version a number of its own, the mart the highest." }));
    const from = one.from.length > 0 ? one.from : spec.from;
    return { ...spec, ...one, from, origin, name: earlierMart(spec.name, one.version), version: null, exposures: [], earlier_versions: [], renamed_from: null };
  });
}

/** Says of a linked mart which earlier version of which mart it is. */
export function withVersion({ marts }: Spec): (mart: Mart) => Mart {
  const known = new Map(marts.flatMap((spec) => spec.earlier_versions.map((one) => [earlierMart(spec.name, one.version), { of: martModel(spec.name), number: one.version, latest: false, deprecated: one.deprecation_date }] as const)));
  return (mart) => {
    const version = known.get(mart.name);
    if (version === undefined) return mart;
    const gone = `Version ${version.number} of ${version.of}, which takes its place: this one may go from ${version.deprecated} on.`;
    return { ...mart, version, description: [mart.description, gone].filter((one) => one !== "").join(" ") };
  };
}
