import { all, type ScriptRow, type State } from "./script.ts";

/** What happens to members in a change log: each rule of versions has rows on its edges. Rows that only their values tell apart are there where values may decide. */
export function changeScript(groups: number, hasDeletes: boolean, hasTies: boolean): readonly ScriptRow[] {
  const deletes = (rows: readonly ScriptRow[]): readonly ScriptRow[] => (hasDeletes ? rows : []);
  return [
    ...steps(groups).map((state, at) => ({ member: 0, at, sequence: 1, state })),
    // Several at one instant: the last of the sequence counts, then the greatest in order.
    { member: 1, at: 0, sequence: 2, state: all(0) },
    { member: 1, at: 0, sequence: 1, state: all(1) },
    { member: 1, at: 1, sequence: 1, state: all(0) },
    { member: 1, at: 1, sequence: 2, state: all(1) },
    ...tied(hasTies).map((state) => ({ member: 1, at: 2, sequence: 1, state })),
    { member: 1, at: 3, sequence: 1, state: all(0) },
    // Gone, though something else is said at the same instant; back as it was; never there before it is deleted; gone for good.
    ...deletes([{ member: 1, at: 4, sequence: 1, isDelete: true, state: all(0) }, { member: 1, at: 4, sequence: 1, state: all(1) }, { member: 1, at: 6, sequence: 1, state: all(0) }]),
    ...deletes([{ member: 2, at: 0, sequence: 1, isDelete: true, state: all(0) }]),
    { member: 2, at: 1, sequence: 1, state: all(1) },
    ...deletes([{ member: 2, at: 5, sequence: 1, isDelete: true, state: all(null) }]),
    // Nobody, never, and left out.
    { member: null, at: 1, sequence: 1, state: all(1) },
    { member: 1, at: null, sequence: 3, state: all(2) },
    { member: 1, at: 5, sequence: 1, isFiltered: true, state: all(2) },
  ];
}

/** What is said of members last: the later, the last of the sequence, the greatest in order; gone at the same instant, back again, at an unknown time. */
export function currentScript(hasDeletes: boolean): readonly ScriptRow[] {
  const deletes = (rows: readonly ScriptRow[]): readonly ScriptRow[] => (hasDeletes ? rows : []);
  return [
    { member: 0, at: 1, sequence: 1, state: all(1) },
    { member: 0, at: 0, sequence: 2, state: all(0) },
    { member: 1, at: 1, sequence: 2, state: all(0) },
    { member: 1, at: 1, sequence: 1, state: all(1) },
    { member: 2, at: 1, sequence: 1, state: all(0) },
    { member: 2, at: 1, sequence: 2, state: all(1) },
    ...[1, 2, null].map((state) => ({ member: 3, at: 1, sequence: 1, state: all(state) })),
    ...deletes([{ member: 4, at: 1, sequence: 1, isDelete: true, state: all(0) }, { member: 4, at: 1, sequence: 1, state: all(1) }, { member: 5, at: 0, sequence: 1, isDelete: true, state: all(0) }]),
    { member: 5, at: 1, sequence: 1, state: all(0) },
    { member: 6, at: null, sequence: 1, state: all(0) },
    { member: 6, at: 0, sequence: 1, state: all(1) },
  ];
}

/** Members of one row each: with values, without any, left out. */
export function memberScript(): readonly ScriptRow[] {
  return [...[0, 1, 2, null].map((state, member) => ({ member, at: null, state: all(state) })), { member: 4, at: null, isFiltered: true, state: all(1) }];
}

/** What the last of two lists says: the later, the greatest in order; who is only in the first is gone. */
export function currentExtractScript(): readonly ScriptRow[] {
  return [
    { member: 0, at: 0, state: all(0) },
    { member: 0, at: 1, state: all(1) },
    { member: 1, at: 0, state: all(0) },
    ...[1, 2, null].map((state) => ({ member: 2, at: 1, state: all(state) })),
  ];
}

/** What daily lists say of members: there all the time, away and back, late and gone. */
export function extractScript(groups: number, hasTies: boolean): readonly ScriptRow[] {
  return [
    ...steps(groups).map((state, at) => ({ member: 0, at, state })),
    ...tied(hasTies).map((state) => ({ member: 1, at: 0, state })),
    { member: 1, at: 2, state: all(1) },
    { member: 1, at: 3, state: all(1) },
    { member: 2, at: 1, state: all(0) },
    { member: null, at: 1, state: all(1) },
    { member: 1, at: null, state: all(2) },
    { member: 1, at: 1, isFiltered: true, state: all(1) },
  ];
}

/** Rows of a dbt snapshot: one after the other, one without length (a day that ran twice), away and back, gone. */
export function snapshotScript(groups: number): readonly ScriptRow[] {
  const states = steps(groups);
  return [
    ...states.map((state, at) => ({ member: 0, at, until: at === states.length - 1 ? null : at + 1, state })),
    { member: 0, at: 1, until: 1, state: all(2) },
    { member: 1, at: 0, until: 2, state: all(0) },
    { member: 1, at: 4, until: null, state: all(0) },
    { member: 2, at: 1, until: 3, state: all(1) },
  ];
}

/** Rows that share a key: told apart by the order, by its last term alone, by its first against the last, by nothing but their values. */
export function collapseScript(): readonly ScriptRow[] {
  return [
    { member: 0, at: null, sequence: 1, state: all(0) },
    { member: 0, at: null, sequence: 2, state: all(1) },
    { member: 0, at: null, sequence: null, state: all(2) },
    { member: 1, at: null, sequence: 1, last: 2, state: all(0) },
    { member: 1, at: null, sequence: 1, last: 1, state: all(1) },
    { member: 3, at: null, sequence: 1, last: 2, state: all(0) },
    { member: 3, at: null, sequence: 2, last: 1, state: all(1) },
    { member: 2, at: null, sequence: 1, state: all(1) },
    { member: 2, at: null, sequence: 1, state: all(2) },
    { member: 2, at: null, sequence: 1, state: all(null) },
    { member: null, at: null, sequence: 1, state: all(0) },
    { member: 0, at: null, sequence: 3, isFiltered: true, state: all(2) },
  ];
}

/** Rows that are the same wherever they share a key. */
export function distinctScript(): readonly ScriptRow[] {
  return [
    { member: 0, at: null, state: all(0) },
    { member: 0, at: null, state: all(0) },
    { member: 1, at: null, state: all(1) },
    { member: 2, at: null, state: all(null) },
    { member: null, at: null, state: all(0) },
  ];
}

/** Combinations of values: one that two had, others that differ from it in one group each, and one of nothing. */
export function profileScript(groups: number): readonly ScriptRow[] {
  const changes = Array.from({ length: groups }, (_, index) => (group: number): State => (group === index ? 1 : 0));
  return [all(0), all(0), ...changes, all(null)].map((state) => ({ member: null, at: null, state }));
}

/** States of rows that share key, time and sequence. */
function tied(hasTies: boolean): readonly ((group: number) => State)[] {
  return hasTies ? [all(1), all(2), all(null)] : [all(1)];
}

/** First as it stays; then one group after the other changes; then all is NULL, and then something again. */
function steps(groups: number): readonly ((group: number) => State)[] {
  const changes = Array.from({ length: groups }, (_, index) => (group: number): State => (group <= index ? 1 : 0));
  return [all(0), all(0), ...changes, all(null), all(2)];
}
