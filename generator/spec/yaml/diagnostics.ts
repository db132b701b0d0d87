import { defineDiagnostics } from "../../diagnostics/define.ts";

/** What can be wrong with a spec folder or file before its meaning is looked at. */
export const yamlDiagnostics = defineDiagnostics("yaml", {
  "missing-folder": {
    severity: "error",
    message: "There is no spec folder '{folder}'.",
    help: "check the path, or write a first spec with 'dps-gen init {folder}'.",
    docs: "The first argument names the folder that holds the specs. Nothing stands at this path, or it is not a folder.",
  },
  "empty-folder": {
    severity: "error",
    message: "The spec folder '{folder}' holds no *.yaml or *.yml file.",
    help: "put specs there, or write a first one with 'dps-gen init {folder}'. Hidden folders, links and node_modules are not read.",
    docs: "A spec folder holds any number of *.yaml and *.yml files in any layout. Folders whose name starts with a dot, symbolic links and node_modules are skipped.",
  },
  "unreadable-file": {
    severity: "error",
    message: "{file} cannot be read ({reason}).",
    help: "a spec must be a regular file inside the spec folder that the compiler may read.",
    docs: "The operating system refused to read a file or folder of the spec folder, or the file is a symbolic link: links are not followed, so that a spec folder cannot pull in what lies outside of it.",
  },
  "file-too-large": {
    severity: "error",
    message: "{file} has {size} bytes; a spec file may have {limit}.",
    help: "split it: objects of one kind may stand in any number of files.",
    docs: "Specs are written by people and reviewed by people. The cap also keeps a hostile file from filling the memory.",
  },
  "invalid-encoding": {
    severity: "error",
    message: "{file} is not UTF-8 text.",
    help: "save it as UTF-8 (UTF-16 and Latin-1 are not read).",
    docs: "Specs are UTF-8, with or without a byte order mark, with LF or CRLF line ends.",
  },
  "control-character": {
    severity: "error",
    message: "The invisible character {character} is not allowed in a spec.",
    help: "delete it or type the text again; line feeds and tabs are fine.",
    docs: "Control characters, direction marks (bidi) and line separators can make a text look different from what it is, and break SQL comments. They are refused everywhere, also where they are written as escapes.",
  },
  "merge-conflict": {
    severity: "error",
    message: "A merge conflict is not resolved here.",
    help: "keep one side and delete the lines that start with <<<<<<<, ======= and >>>>>>>.",
    docs: "Git leaves conflict markers in a file that two branches changed. The file is not read until they are gone.",
  },
  syntax: {
    severity: "error",
    message: "This is not valid YAML: {reason}.",
    help: "{hint}",
    docs: "The file does not follow the grammar of YAML. Usual causes are a tab as indentation, a list item or key at the wrong column, a missing quote or bracket, and ': ' inside an unquoted text.",
  },
  "several-documents": {
    severity: "error",
    message: "A spec file holds one YAML document; a second one starts here.",
    help: "remove the '---' and '...' lines between them, or move the second document to a file of its own.",
    docs: "A file is one mapping whose top-level keys open kinds. Several documents in one file are refused, because tools disagree about them.",
  },
  anchor: {
    severity: "error",
    message: "Anchors and aliases ('{text}') are not read.",
    help: "write the value out where it is needed.",
    docs: "With YAML anchors a value stands elsewhere than where it acts, and a few lines can expand to gigabytes. Specs state things where they hold.",
  },
  "merge-key": {
    severity: "error",
    message: "The merge key '<<' is not read.",
    help: "write the keys out where they are needed.",
    docs: "Merge keys belong to YAML 1.1 only, and parsers differ in what they mean. Specs state things where they hold.",
  },
  tag: {
    severity: "error",
    message: "The tag '{text}' is not read.",
    help: "remove it; if you want text, quote the value.",
    docs: "YAML tags (!!str, !custom) change the type of a value behind the reader's back. A quoted value is text; which type a key takes is stated in the spec reference.",
  },
  "duplicate-key": {
    severity: "error",
    message: "The key '{key}' stands twice in this mapping.",
    help: "keep one of the two.",
    docs: "Of two equal keys in one mapping most YAML readers silently keep the last. Here it is an error.",
  },
  "forbidden-key": {
    severity: "error",
    message: "'{key}' cannot be used as a key.",
    help: "choose another name.",
    docs: "The names __proto__, constructor and prototype have a meaning in JavaScript and are refused as keys.",
  },
  "complex-key": {
    severity: "error",
    message: "A key must be text; this one is a list or a mapping.",
    help: "if the value starts with a brace or a bracket, put it in quotes.",
    docs: "YAML allows a list or a mapping as a key; specs do not.",
  },
  "unquoted-template": {
    severity: "error",
    message: "'{text}' without quotes is a mapping in YAML, not text.",
    help: "put the value in quotes. Note that Jinja is not evaluated in specs: it stays text.",
    docs: "In YAML {{ x }} opens a mapping inside a mapping. In quotes it is text, and dps-gen keeps it as text: no part of a spec is ever run as a template.",
  },
  "too-deep": {
    severity: "error",
    message: "Mappings and lists are nested deeper than {limit} levels.",
    help: "no kind of spec needs more than a dozen levels; check the indentation and the brackets.",
    docs: "Deep nesting is refused, so that a hostile file cannot exhaust the stack.",
  },
  "too-many-values": {
    severity: "error",
    message: "A file may hold {limit} lines and values.",
    help: "split it: objects of one kind may stand in any number of files.",
    docs: "The number of values in one file is capped, so that a hostile file cannot exhaust the memory.",
  },
});
