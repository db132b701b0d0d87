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
    message: "'{path}' was edited by hand where the specs now ask for another text ({lines}).",
    help: "Run again with --conflict=inline to have both between markers, or --conflict=rej to keep yours and read ours in {path}.rej; nothing was written.",
    docs: "The file differs from what the last run wrote, and this run would change the same lines. Edits elsewhere in a file are merged; here a person must choose. The run stops before anything is written.",
  },
  "range-lost": {
    severity: "error",
    message: "'{path}' is shared, and our keys cannot be found in it exactly.",
    help: "Write it as a plain YAML mapping with each top-level key once, beginning in the first column; nothing was written.",
    docs: "In a shared file the top-level keys that dps-gen writes are replaced as they stand, and nothing else is touched. Where the file is no valid YAML, a flow mapping, or names a key twice, nobody can say where such a key begins and ends.",
  },
  "generator-newer": {
    severity: "error",
    message: "dps-gen {before} wrote this folder; this is {now}.",
    help: "Install dps-gen {before} or newer; nothing was written.",
    docs: "An older version would take back what the newer one improved, file by file. Everybody who generates into a repository, CI included, should use one version: pin it in package.json.",
  },
  "upgraded": {
    severity: "warning",
    message: "dps-gen {before} wrote this folder, and {now} prints {count} of its files anew: a change of template where the specs are as they were.",
    help: "Read the diff; 'dps-gen plan' names what the specs changed, and all else is the template's.",
    docs: "A new version of dps-gen may print a file otherwise while the specs are the same. Edits are merged as always.",
  },
  "no-base": {
    severity: "error",
    message: "'{path}' was edited by hand, the specs now ask for another text, and the text it was edited from is found nowhere.",
    help: "Commit generated files before editing them. Now: --conflict=inline to have both texts between markers, or --conflict=rej to keep yours; nothing was written.",
    docs: "An edit is merged by comparing it with the text that was generated last. That text is looked for in git's object store and in .dps-gen/base. Without it nobody can tell an edit from a line of ours, so the whole file is a conflict.",
  },
  "conflict-written": {
    severity: "warning",
    message: "'{path}' holds an edit that conflicts with what the specs ask for: see '{where}'.",
    help: "Choose between the two in {where}, and remove what is left over.",
    docs: "The run was asked to write conflicts (--conflict). With inline both texts stand in the file between markers; with rej the file keeps the edit, and both texts stand in a file beside it. The exit code is 4 all the same.",
  },
  "conflict-left": {
    severity: "error",
    message: "'{path}' holds conflict markers, and one of the sides was edited by hand.",
    help: "Choose between the sides (or take git's: git checkout --ours or --theirs), remove the markers and run again; nothing was written.",
    docs: "Markers that git or --conflict=inline left in a file are settled by a run where both sides are generated text, or where the edits of both can be merged into what the specs ask for now. Here they lead to two texts, so a person must choose.",
  },
  "edit-kept": {
    severity: "warning",
    message: "'{path}' was edited by hand.",
    help: "The edit stays, and is merged when the specs change this file; 'dps-gen check' fails on it. 'dps-gen eject' makes the file yours.",
    docs: "The file differs from what the last run wrote, while the specs still ask for that text. The edit stays. When the specs ask for another text, the two are merged.",
  },
  "deleted": {
    severity: "warning",
    message: "'{path}' was deleted by hand.",
    help: "Run 'generate --restore' to have it back, or take it out of the specs.",
    docs: "The last run wrote this file, the specs still ask for it, and it is gone. It is not written again unbidden.",
  },
  "ejected-behind": {
    severity: "warning",
    message: "'{path}' is yours, and what would be generated there has changed since you took it over.",
    help: "Run 'dps-gen adopt' on it to have your text merged with ours, or leave it as it is.",
    docs: "An ejected file is never written. What would be generated in its place moves on, though, and the file may have to follow.",
  },
  "not-ours": {
    severity: "error",
    message: "'{path}' is no file that dps-gen generated there.",
    help: "Give the path as the manifest has it, relative to the output folder (--out); nothing was changed.",
    docs: "Only a generated file can be ejected, and only an ejected one adopted. Files that you added, and scaffold files such as a README, are yours already.",
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
  "unfinished": {
    severity: "error",
    message: "A run that writes to this folder has not ended.",
    help: "Wait for it; if it was stopped, run 'dps-gen generate': it carries on where that one stopped.",
    docs: "Before a run changes files it notes what it will do in .dps-gen/journal.json. While that file is there, some files may be new and others old, so commands that only read have nothing true to say. The next run that writes carries on from it first.",
  },
  "journal-unreadable": {
    severity: "error",
    message: "'{path}' cannot be read, so what an earlier run left undone is not known.",
    help: "Delete it and run again: files that are new already are recognised.",
    docs: "A run that was stopped is carried on from its journal. This one is damaged, or of another version. Without it files of the stopped run look like edits where the specs have changed since; none is overwritten.",
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
