import { defineDiagnostics } from "../diagnostics/define.ts";

/** What can be wrong with the shape of a spec: its keys, its words, its types. References are the linker's. */
export const specDiagnostics = defineDiagnostics("spec", {
  "not-a-mapping": {
    severity: "error",
    message: "A spec file is one mapping; this one holds {found}.",
    help: "start the file with a key that opens a kind: {kinds}.",
    docs: "Each top-level key of a file opens a kind of spec, for example contract, dimensions, fact_table, marts, pipeline or settings. A file may hold several of them.",
  },
  "nothing-to-compile": {
    severity: "error",
    message: "The specs describe nothing yet.",
    help: "add a contract and a dimension or fact table; 'dps-gen init' writes a small example.",
    docs: "All files were read, but every key in them is empty. Empty texts, lists and mappings, and null, mean 'not filled in', as in the templates.",
  },
  "unknown-kind": {
    severity: "error",
    message: "'{key}' opens no kind of spec.",
    help: "{near}A file may hold {kinds}.",
    docs: "A spec is a closed world: a key that is not known is an error, because a misspelt key would be ignored in silence. Top-level keys open kinds of spec; the spec reference lists them.",
  },
  "not-yet": {
    severity: "error",
    message: "'{key}' is not supported yet.",
    help: "take it out of the spec folder for now. {instead}",
    docs: "The key belongs to the spec language, but this version does not compile it. It is refused rather than ignored, so that nothing is lost in silence.",
  },
  "foreign-format": {
    severity: "error",
    message: "This file is {format}, which dps-gen does not read.",
    help: "{instead}",
    docs: "The file follows another standard. Standards that will be read later are named as such; for the others, write the source tables as contracts.",
  },
  "defined-twice": {
    severity: "error",
    message: "{kind} may be given once in a spec folder; this is the second time.",
    help: "move its keys to the first one.",
    docs: "The architecture brief and the settings hold for the whole folder, so each may stand there only once.",
  },
  "unknown-key": {
    severity: "error",
    message: "'{key}' is not a key of {parent}.",
    help: "{near}Known keys: {known}.",
    docs: "A spec is a closed world: a key that is not known is an error, because a misspelt key would be ignored in silence.",
  },
  "cut-text": {
    severity: "error",
    message: "The text '{text}' ends at a comma, which inside braces starts the next key.",
    help: "put the whole value of '{key}' in quotes: {quoted}.",
    docs: "In YAML a comma inside braces ends a value, so an unquoted decimal(12,2) or coalesce(a, b) is cut in pieces. Quote such values, or write the mapping over several lines.",
  },
  "same-key-twice": {
    severity: "error",
    message: "'{key}' and '{other}' are two spellings of one key.",
    help: "keep one of them; '{canonical}' is the usual one.",
    docs: "Some keys have several spellings, such as natural_key, natural_keys and business_key. Two of them in one mapping would contradict or repeat each other.",
  },
  "missing-key": {
    severity: "error",
    message: "'{key}' of {parent} is not filled in.",
    help: "add '{key}: {example}'. {meaning}",
    docs: "The key is needed to compile. An empty text, list or mapping, and null, count as not filled in.",
  },
  "wrong-type": {
    severity: "error",
    message: "'{key}' takes {expected}, not {found}.",
    help: "write {example}.",
    docs: "The value has another shape than the key takes: text, a number, true or false, a list, or a mapping. The spec reference shows an example for every key.",
  },
  "invalid-value": {
    severity: "error",
    message: "'{value}' is not a value of '{key}'.",
    help: "{near}One of {known}.",
    docs: "The key takes one of a few words. Case, spaces, hyphens, underscores and a remark in parentheses do not matter.",
  },
  "ambiguous-scalar": {
    severity: "error",
    message: "{value} without quotes is read differently by different YAML readers; '{key}' takes {expected}.",
    help: 'quote it: "{value}".',
    docs: "Without quotes, no is false in YAML 1.1 and text in 1.2, 0123 is 83 or 123, 1.10 is 1.1, 12:30 is 750, and a date may become a timestamp. Where text is wanted, such values must be quoted.",
  },
  "invalid-name": {
    severity: "error",
    message: "'{value}' is not a valid name.",
    help: "{near}Use {rule}.",
    docs: "Names of what dps-gen creates become tables, columns, files and tasks. They hold lower-case ASCII letters, digits and underscores and start with a letter. Source columns may bear any name; rename gives them a valid one. So may source tables: `physical: {table: OrderDetails}` in the contract of `shop.order_details`.",
  },
  "invalid-text": {
    severity: "error",
    message: "'{value}' cannot stand under '{key}'.",
    help: "{rule}.",
    docs: "Some texts become identifiers, tags, schedules or addresses in generated files. They may not hold characters that could end a quoted name or open a template.",
  },
  "out-of-range": {
    severity: "error",
    message: "{value} is out of range for '{key}'.",
    help: "{rule}.",
    docs: "The number, or the length of the text or list, lies outside of what the key can mean.",
  },
});
