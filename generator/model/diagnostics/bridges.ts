import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of bridges, and of marts that go through them. */
export const bridgeDiagnostics = defineDiagnostics("model", {
  "duplicate-bridge": {
    severity: "error",
    message: "There are two bridges named '{name}'.",
    help: "rename one: the prefix bridge_ does not tell names apart.",
    docs: "A bridge is one table, and its name may be given once in a spec folder.",
  },
  "bridge-form": {
    severity: "error",
    message: "The bridge '{name}' {why}.",
    help: "{help}",
    docs: "A bridge is one of two things. A many-to-many relation has `group` (the dimension that facts point to), `member` (of which a group has several) and a `source` with a row per membership. A hierarchy of any depth has `hierarchy` (a dimension) and `parent` (its attributes that name the member above); its rows are worked out from the dimension, so it has no source, filter or weight of its own.",
  },
  "unknown-bridge-dimension": {
    severity: "error",
    message: "The bridge '{name}' names '{dimension}', which is no dimension with members of its own.",
    help: "{suggestion}Known: {known}.",
    docs: "A bridge leads from the members of one dimension to those of another, or of the same one. Both are found by their natural keys, so neither can be built in (`dim_date`), a junk dimension or a mini-dimension.",
  },
  "weight-not-a-number": {
    severity: "error",
    message: "The weight of '{name}' is {type}, not a number.",
    help: "give a number from 0 to 1, such as share / 100, or leave weight out for equal shares.",
    docs: "`weight` is the share of the group that is a member's (Kimball's weighting factor). Measures are multiplied by it, and the shares of a group add up to 1, so that no total changes. A generated test holds the data to that.",
  },
  "bridge-opened": {
    severity: "error",
    message: "The bridge '{name}' is made of '{dimension}', whose first versions are opened to the beginning: everyone would always have belonged.",
    help: "add first_version_from: first_seen to '{dimension}'.",
    docs: "A bridge whose source is a Type 2 dimension of memberships tells who belonged when. A membership that came later must not be opened to the beginning of time, or the shares of the group would add up to more than 1 before it came. The bridge itself opens the first known members of each group to the beginning.",
  },
  "bridge-untracked": {
    severity: "error",
    message: "The hierarchy '{name}' is to be followed over time, but '{dimension}' does not remember '{attribute}'.",
    help: "give '{attribute}' scd_type: 2 in '{dimension}', or remove over_time: the bridge then tells of today.",
    docs: "With `over_time` a hierarchy tells who lay above whom when. It is worked out from the versions of its dimension, so a version must begin wherever a member comes under another one: the attributes that `parent` names are of Type 2 or 6.",
  },
  "bridge-without-time": {
    severity: "error",
    message: "'{fact}' has no event time, so nothing says who of '{bridge}' belonged when.",
    help: "add event_time to the fact, or make the bridge of a contract (of a hierarchy: remove over_time): it then tells of today.",
    docs: "A bridge that is made of a Type 2 dimension tells who belonged when, and rows of a fact are shared among those who belonged at the time of the event; a hierarchy with `over_time` leads to those who lay above at that time. So the fact must have an `event_time`.",
  },
  "bridge-parent": {
    severity: "error",
    message: "'{dimension}' is known by {key}, but parent says {given}.",
    help: "name one attribute of '{dimension}' for each part of its natural key, of the same type. Its attributes: {known}.",
    docs: "In a hierarchy of any depth each member names the one above by its natural key: `parent` holds the attributes of the dimension in which it does so, one for each part of the natural key, in its order. They are attributes, so that the plan, the tests and the readers of the dimension see them. A member whose parent is empty, or is itself, is a top.",
  },
  "unknown-bridge": {
    severity: "error",
    message: "There is no bridge '{name}'.",
    help: "{suggestion}Known: {known}.",
    docs: "`through` of a mart names bridges that the specs define; the prefix may be written or left off.",
  },
  "bridge-unreached": {
    severity: "error",
    message: "'{fact}' cannot go through '{bridge}': {why}.",
    help: "{help}",
    docs: "A fact goes through a bridge by its key to the bridge's group (in a hierarchy: to its dimension). Where it has several keys to that dimension, `through: {bridge, role}` says which.",
  },
  "bridge-level": {
    severity: "error",
    message: "'{bridge}' is a many-to-many relation, which has no levels.",
    help: "remove level; every member counts with its share.",
    docs: "`level` belongs to a hierarchy: rows then count once, for the one above them at that level, or for themselves where they lie higher.",
  },
  "weighted-without-bridge": {
    severity: "error",
    message: "'{name}' says weighted, but {why}.",
    help: "{help}",
    docs: "`weighted: false` makes an impact figure of a measure in a mart that goes through a many-to-many bridge: every member counts the whole row. Elsewhere a row counts once, or, for a hierarchy without `level`, for everyone above it.",
  },
  "distinct-share": {
    severity: "error",
    message: "'{name}' {what}, which cannot be shared out among members.",
    help: "add weighted: false: each member then counts all that it has a part in.",
    docs: "Through a many-to-many bridge sums, counts and averages take every row by the member's share. A distinct count has no shares: one account of two holders is one account for each, and the figures of the members add up to more than there are. Nor has a median. State `weighted: false` to say that this is meant.",
  },
});
