import { defineDiagnostics } from "../diagnostics/define.ts";

/** What can be wrong with the output folder; none of these ever costs a byte of the user's. */
export const outputDiagnostics = defineDiagnostics("output", {
  "unmanaged": {
    severity: "error",
    message: "'{path}' exists, and was not generated.",
    help: "Move or delete it, or choose another --out; nothing was written.",
    docs: "A file stands where a generated file belongs, and the manifest does not know it. dps-gen never writes over a file that it did not write. A file with exactly the generated content is adopted instead.",
  },
  "edited": {
    severity: "error",
    message: "'{path}' was edited by hand, and the specs now ask for another content.",
    help: "Keep the edit elsewhere (see docs/ of the generated project) or discard it with git checkout; nothing was written.",
    docs: "The file differs from what the last run wrote, and this run would write a third text. An edit is never lost and never silently kept, so the run stops before anything is written.",
  },
  "edit-kept": {
    severity: "warning",
    message: "'{path}' was edited by hand.",
    help: "The edit stays until the specs change this file; 'dps-gen check' fails on it. Delete the file to have it generated again.",
    docs: "The file differs from what the last run wrote, while the specs still ask for that text. The edit stays. As soon as the specs ask for another text the run will stop (output/edited).",
  },
  "orphan-edited": {
    severity: "error",
    message: "'{path}' is no longer generated, but was edited by hand.",
    help: "Delete it, or move it to a name of your own; nothing was written.",
    docs: "No spec asks for this file any more. Unedited it would have been deleted; as it holds an edit, the run stops before anything is written.",
  },
  "not-a-file": {
    severity: "error",
    message: "'{path}' is no ordinary file or folder.",
    help: "Replace the link, folder or device by what belongs there; nothing was written.",
    docs: "dps-gen writes and deletes ordinary files in ordinary folders only. It never goes through a link: what lies behind one is not ours.",
  },
  "manifest-unreadable": {
    severity: "error",
    message: "'{path}' cannot be read as a manifest.",
    help: "Restore it from git; nothing was written.",
    docs: "The manifest says which files of the output folder are ours. Without it no file may be overwritten or deleted. Restore the committed version; if it is lost, delete it: files with exactly the generated content are adopted again.",
  },
  "manifest-newer": {
    severity: "error",
    message: "'{path}' has format {format}; this version knows {known}.",
    help: "Run the version of dps-gen that wrote it, or a newer one; nothing was written.",
    docs: "Another version of dps-gen wrote the output folder. An older one does not know what the newer one meant.",
  },
  "manifest-conflict": {
    severity: "error",
    message: "'{path}' holds git's conflict markers.",
    help: "Take either side and run again: the manifest holds one line a file; nothing was written.",
    docs: "Two branches changed the manifest. Take either side; the next run brings files and manifest to what the merged specs ask for.",
  },
  "manifest-path": {
    severity: "error",
    message: "'{path}' names {entry}, which is no path of a generated file.",
    help: "Restore the manifest from git; nothing was written.",
    docs: "The manifest is input that anyone may have edited. A path that is absolute, steps up, lies in .git or is no portable name is refused with the whole manifest.",
  },
  "locked": {
    severity: "error",
    message: "Another run is writing to this folder.",
    help: "Wait for it; if there is none, delete '{path}'.",
    docs: "One run at a time writes to an output folder. A lock left behind by a process that is gone on this machine is taken over; one of another machine must be deleted by hand.",
  },
  "no-folder": {
    severity: "error",
    message: "'{path}' is {found}, so the output cannot lie there.",
    help: "Choose another --out, or move away what stands there; nothing was written.",
    docs: "The output folder, and every folder above it, must be a folder, a link to one, or not exist yet. A file, a device or a link that leads nowhere stands in its place.",
  },
  "no-access": {
    severity: "error",
    message: "The system refuses access to '{path}' ({reason}).",
    help: "Mend the permissions or make room, then run again: what is written already is recognised.",
    docs: "The operating system refused to read or write below the output folder, for example for want of permission (EACCES) or of room (ENOSPC). The run stopped there. Every file that was written is whole, and the next run goes on where this one stopped.",
  },
  "inside-specs": {
    severity: "error",
    message: "The output folder lies in the spec folder.",
    help: "Choose another --out: generated YAML would be read as specs.",
    docs: "All YAML files below the spec folder are read as specs, so the output folder must not be the spec folder or lie in it. The other way round is fine: specs/ beside dbt/ in one repository.",
  },
});
