import { describe, expect, it } from "vitest";
import { parseCall } from "../../generator/cli/arguments.ts";

describe("a call of the command line", () => {
  it("takes a first argument that is no command for the spec folder of generate", () => {
    expect(parseCall(["specs/", "--out", "repo"])).toMatchObject({ kind: "run", name: "generate", positionals: ["specs/"], options: { out: "repo", format: "text", quiet: false } });
    expect(parseCall(["generate", "specs/"])).toMatchObject({ kind: "run", name: "generate", positionals: ["specs/"] });
  });

  it("takes options before, between and after, short or with an equals sign", () => {
    expect(parseCall(["-q", "check", "--format=json", "specs", "-o", "x"])).toMatchObject({ kind: "run", name: "check", positionals: ["specs"], options: { quiet: true, format: "json", out: "x" } });
  });

  it("helps without arguments, and about one command", () => {
    expect(parseCall([])).toEqual({ kind: "help", command: null });
    expect(parseCall(["check", "--help"])).toEqual({ kind: "help", command: "check" });
    expect(parseCall(["help", "init"])).toEqual({ kind: "help", command: "init" });
    expect(parseCall(["--version"])).toEqual({ kind: "version" });
  });

  it.each([
    [["chekc", "specs"], "'chekc' is not a command. did you mean 'check'?"],
    [["generate"], "'generate' needs SPEC: dps-gen generate SPEC."],
    [["--quiet"], "'generate' needs SPEC: dps-gen generate SPEC."],
    [["specs", "more"], "'more' is one argument too many: dps-gen generate SPEC."],
    [["specs", "--ouT", "x"], "there is no option --ouT. did you mean '--out'?"],
    [["specs", "--zzz"], "there is no option --zzz."],
    [["specs", "-z"], "there is no option -z."],
    [["specs", "--out"], "--out needs a value: --out DIR."],
    [["specs", "--out="], "--out needs a value: --out DIR."],
    [["specs", "--quiet=yes"], "--quiet takes no value."],
    [["specs", "--format", "jsn"], "'jsn' is not a format. did you mean 'json'? One of text, json, github."],
    [["init", "--format", "json"], "'init' takes no --format; it takes --quiet."],
  ])("refuses %j with what to type instead", (argv, message) => {
    expect(parseCall(argv)).toEqual({ kind: "wrong", message });
  });
});
