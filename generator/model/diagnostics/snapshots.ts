import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of periodic snapshots: what is followed, over which periods, and what a balance is made of. */
export const snapshotDiagnostics = defineDiagnostics("model", {
  "snapshot-incomplete": {
    severity: "error",
    message: "'{name}' is a periodic snapshot, but something is missing.",
    help: "add {missing}.",
    docs: "A periodic snapshot has one row for each thing that is followed and each period (Kimball, chapter 4). It says what it follows (`entity`, or `grain_key` where that is more than one thing), in which `period`, and by which `event_time` a row of the source falls into one. Over a source of periodic extracts, the extract date is the event time.",
  },
  "snapshot-part-unused": {
    severity: "error",
    message: "{part} has no use in '{name}': it is no periodic snapshot.",
    help: "remove it, or add fact_type: periodic_snapshot.",
    docs: "`period`, `entity`, `through`, `absent` and a measure's `balance` say how a periodic snapshot is made. No other kind of fact has periods.",
  },
  "snapshot-source": {
    severity: "error",
    message: "'{source}' cannot be the source of a periodic snapshot.",
    help: "name a contract or a hand-written model (ref.<name>) as its source: {instead}.",
    docs: "A periodic snapshot is made of the rows of a contract or of a hand-written model, which says what its rows are and what makes them unique: transactions, readings, or periodic extracts. Sums and counts of a change log take its rows as they are now; readings take all its changes, and of a log with deletions they are not generated yet.",
  },
  "snapshot-time-nullable": {
    severity: "error",
    message: "'{column}' may be empty, and such rows fall into no period of '{name}'.",
    help: "write nullable: false in the contract of {source}, or give event_time: an expression that is never NULL.",
    docs: "Every row of the source counts in one period, so that balances agree with their movements. A row without a time would be lost.",
  },
  "unknown-entity": {
    severity: "error",
    message: "There is no dimension '{name}' to follow.",
    help: "known: {known}. Where no dimension holds it, state grain_key: [columns] instead.",
    docs: "`entity` names the dimension whose members a periodic snapshot follows, one row for each of them and each period.",
  },
  "run-without-date": {
    severity: "error",
    message: "through: run needs to know which day a run stands for.",
    help: "add settings: as_of_run: logical_date, or write through: latest_row.",
    docs: "The last period of a periodic snapshot is closed by a row of a later period (`latest_row`), or by the day that the run stands for (`run`). That day is the variable `as_of_run`, which DAGs pass on with `settings.as_of_run: logical_date`; the clock of the warehouse would give another table for every rerun.",
  },
  "balance-unstated": {
    severity: "error",
    message: "'{name}' is semi-additive, but nothing says what it is worked out from.",
    help: "add balance: movements (the sum of all up to the period's end) or balance: readings (the last value in the period).",
    docs: "A balance at the end of a period is the sum of all movements so far (`movements`), or the last level that was read in it (`readings`). Which of them a column holds cannot be seen from it.",
  },
  "balance-additive": {
    severity: "error",
    message: "'{name}' is additive, so it has no balance.",
    help: "remove balance, or write type: semi-additive and over:.",
    docs: "An additive measure of a periodic snapshot is what happened within the period. A level at the end of the period may not be summed over periods, so it is semi-additive.",
  },
  "absent-unstated": {
    severity: "error",
    message: "Nothing says what '{name}' is in a period without a reading.",
    help: "add absent: carry_forward (the last reading still holds) or absent: zero, to the measure or the fact.",
    docs: "A periodic snapshot has a row for every period. Where none of the source falls into it, a reading is carried forward or zero (`absent`); sums and counts are zero, and a balance of movements stays as it was.",
  },
  "absent-unused": {
    severity: "warning",
    message: "absent has no effect on '{name}': it is no reading.",
    help: "remove it.",
    docs: "Sums and counts of a period without a row are zero, other aggregates are NULL, and a balance of movements stays as it was. Only readings leave a choice.",
  },
  "extract-summed": {
    severity: "error",
    message: "'{name}' would count each row of '{source}' once for every extract.",
    help: "write type: semi-additive, balance: readings and over:.",
    docs: "Every extract of a `periodic_extract` holds the whole table, so its values are readings of that day. Summing them over a week would count them several times.",
  },
  "log-summed": {
    severity: "error",
    message: "'{name}' would count each row of '{source}' once for every change of it.",
    help: "put it into a periodic snapshot of its own, without readings: there the rows count as they are now.",
    docs: "A change log tells a row anew whenever it changes. What is summed or counted takes each row once, as it is now; a level that was read stays true of its time, so readings take all changes. One fact cannot do both.",
  },
});
