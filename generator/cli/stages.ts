import type { Stage } from "../compile.ts";

/** What the progress line says during a stage. */
export const stageTexts: Readonly<Record<Stage, string>> = {
  read: "reading the specs",
  validate: "checking the specs",
  link: "linking the model",
  decide: "applying the rules",
  render: "printing the files",
  write: "comparing with the output folder",
};
