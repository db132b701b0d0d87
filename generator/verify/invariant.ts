/** A statement that must hold of the built warehouse. */
export interface Invariant {
  /** What it is called in the literature of this project, e.g. `D4` (ARCHITECTURE.md lists them). */
  readonly id: string;
  /** The table it is about. */
  readonly subject: string;
  /** What holds, as a sentence without its full stop. */
  readonly statement: string;
  /** A query for the rows that break it. */
  readonly offending: string;
  /** A query for the number of rows that were looked at (one column). */
  readonly looked: string;
}
