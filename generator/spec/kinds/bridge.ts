import * as z from "zod";

import { key } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { orText, sql } from "../shape/forms.ts";
import { labels, list, name, optional, optionalLabel, optionalName, optionalProse } from "../shape/scalars.ts";
import { join } from "./rows.ts";

const OURS = "dps-gen";
const BRIDGE = "Kimball, chapter 8: multivalued dimension bridge";
const MAP = "Kimball, chapter 7: ragged hierarchy bridge";

/** One side of a many-to-many relation. */
const side = (meaning: string, example: string, column: string) =>
  orText(
    z.strictObject({
      dimension: key(name(), { meaning, source: BRIDGE, example }),
      on: key(labels(), {
        meaning: "Columns of the source that name it, in the order of its natural key.",
        source: OURS,
        example: column,
        fallback: "what the contract's references say, or the columns named like its natural key",
      }),
    }),
    "dimension",
    "the name of a dimension, or {dimension, on}",
  );

/** A bridge: who belongs to what in a many-to-many relation, or who lies below whom in a hierarchy of any depth. */
export const bridge = once(() => z.strictObject({
  name: key(name(), { meaning: "Name of the bridge; the prefix bridge_ may be left off. Marts go through it by this name.", source: BRIDGE, example: "account_holders" }),
  group: key(optional(side("The dimension that facts point to: what the members share.", "dim_account", "account_id")), {
    meaning: "What the members share; with member, a many-to-many relation.",
    source: BRIDGE,
    example: "dim_account",
  }),
  member: key(optional(side("The dimension of which a group has several members.", "dim_customer", "customer_id")), {
    meaning: "Of what a group has several.",
    source: BRIDGE,
    example: "{dimension: dim_customer, on: holder_id}",
  }),
  source: key(optionalLabel(), { meaning: "Contract with a row per membership, as of today; or a Type 2 dimension of memberships, which tells who belonged when.", source: "dps-gen; Kimball, chapter 8: time-varying bridge", example: "bank.account_holders" }),
  joins: key(list(join), { meaning: "Further contracts; a join is allowed only where it cannot multiply rows.", source: OURS, example: "[bank.roles]" }),
  where: key(optional(sql()), { meaning: "Which memberships count.", source: OURS, example: "role <> 'proxy'" }),
  weight: key(optional(sql()), {
    meaning: "Share of the group that is a member's: a number from 0 to 1. The shares of a group add up to 1, which a test holds them to.",
    source: "Kimball, chapter 8: weighting factor",
    example: "share / 100",
    fallback: "equal shares",
  }),
  hierarchy: key(optionalName(), {
    meaning: "The dimension whose members lie below each other; with parent, a hierarchy of any depth.",
    source: MAP,
    example: "dim_department",
  }),
  parent: key(labels(), {
    meaning: "Attributes of that dimension that name the member above, in the order of its natural key; empty at the top.",
    source: MAP,
    example: "parent_code",
  }),
  over_time: key(optional(z.boolean()), {
    meaning: "Whether a hierarchy tells who lay above whom when, instead of today: its dimension must keep versions, and cut them where a parent changes.",
    source: "dps-gen; Kimball, chapter 7: time-varying ragged hierarchy",
    example: "true",
    fallback: "false",
  }),
  description: key(optionalProse(), { meaning: "What it relates.", source: OURS, example: "Who holds which account, and how much of it." }),
  domain: key(optionalName(), { meaning: "Business domain; names the folder.", source: OURS, example: "retail", fallback: "core" }),
  owner: key(optionalLabel(), { meaning: "Team that answers for it.", source: OURS, example: "retail-analytics" }),
  renamed_from: key(optionalName(), { meaning: "Former name.", source: OURS, example: "account_owners" }),
}));
