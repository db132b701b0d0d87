import { within } from "../../diagnostics/origin.ts";
import { projectVolume, volumeText } from "../../model/volume.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";

/** Warns where the brief's volumes are those for which the guide says to avoid the warehouse of the settings. */
export const warehouseFit: Rule = {
  name: "warehouse-fit",
  apply({ model: { brief }, dialect }) {
    const mark = dialect.avoidAbove;
    if (brief === null || mark === null) return {};
    const gb = mark.what === "daily" ? brief.volume.gbPerDay : (projectVolume(brief.volume)?.storedGb ?? null);
    if (gb === null || gb <= mark.gb) return {};
    const fact =
      mark.what === "daily"
        ? `${volumeText(gb)} arrive per day (the mark is ${volumeText(mark.gb)})`
        : `${volumeText(gb)} will be held at the end of the retention (the mark is ${volumeText(mark.gb)})`;
    const origin = within(brief.origin, "current_state", "data_volume", "current_gb_per_day");
    return {
      diagnostics: [
        rulesDiagnostics.report("storage-unfit", { origin }, { warehouse: dialect.title, fact, field: "current_state.data_volume" }),
      ],
    };
  },
};
