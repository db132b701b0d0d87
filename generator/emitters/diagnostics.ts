import { defineDiagnostics } from "../diagnostics/define.ts";

/** What can be wrong with what is to be generated. */
export const emitterDiagnostics = defineDiagnostics("emitters", {
  "unknown-emitter": {
    severity: "error",
    message: "'{name}' is not an emitter.",
    help: "{near}One of {known}.",
    docs: "settings.emitters switches families of generated files on and off (dbt: false) and holds their options. All of them are on where nothing is said.",
  },
  "same-path": {
    severity: "error",
    message: "two files would bear one name: '{first}' and '{second}'.",
    help: "rename one of the two objects.",
    docs: "Generated files are named after the objects they are made from. Names that are equal, or differ in upper and lower case only, would overwrite each other on some file systems, so such a run writes nothing.",
  },
  "bad-path": {
    severity: "error",
    message: "'{path}' is no file name that every system takes.",
    help: "choose another name: not con, prn, aux, nul, com1 or lpt1, and short enough.",
    docs: "Generated repositories are checked out on Linux, macOS and Windows. Windows refuses the names of its devices (con, prn, aux, nul, com0-9, lpt0-9) with any extension, and paths of more than about 250 characters.",
  },
});
