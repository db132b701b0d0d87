import { defineDiagnostics } from "../diagnostics/define.ts";

/** What can be wrong with approvals. */
export const planDiagnostics = defineDiagnostics("plan", {
  "unused-approval": {
    severity: "error",
    message: "Nothing that changes is rule {rule} of '{object}' with the hash {hash}.",
    help: "Take the approval out, or copy rule, object, part and hash from the plan again.",
    docs: "An approval is tied to one change by its hash: of the object as it was and as it is. When the change is edited after the approval was given, somebody must look at it again.",
  },
  "spent-approval": {
    severity: "warning",
    message: "The change of '{object}' that this approval was for is merged.",
    help: "Take the approval out.",
    docs: "The approval stands in the earlier specs, too, and no change asks for it any more. git keeps who approved what, and why.",
  },
});
