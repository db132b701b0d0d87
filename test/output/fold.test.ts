import { describe, expect, it } from "vitest";
import { fold } from "../../generator/output/fold.ts";

describe("folded SQL", () => {
  it("opens the widest parentheses of a line that is too long, term by term", () => {
    expect(fold("cast(date_diff('day', cast(lent as date), cast(returned as date)) as integer) as days_out", 40)).toBe(
      [
        "cast(",
        "    date_diff(",
        "        'day',",
        "        cast(lent as date),",
        "        cast(returned as date)",
        "    ) as integer",
        ") as days_out",
      ].join("\n"),
    );
    expect(fold("f(aaaaaaaaaa, b) - g(cccccccccccc, d)", 20)).toBe("f(aaaaaaaaaa, b) - g(\n    cccccccccccc,\n    d\n)");
  });

  it("leaves texts, names and Jinja whole, and lines that fit", () => {
    for (const sql of ["a = 'f(x, y) is a long text'", '"a (long, odd) name of a column"', '{{ surrogate_key(["a", "b", "c"]) }}', "now() + current_something_long"]) expect(fold(sql, 10)).toBe(sql);
    expect(fold("case\n    when f(a, b) then 'aaaaaaaaaaa'\nend", 40)).toBe("case\n    when f(a, b) then 'aaaaaaaaaaa'\nend");
    expect(fold("case\n    when f(a, b) then 'aaaaaaaaaaa'\nend", 30)).toBe("case\n    when f(\n        a,\n        b\n    ) then 'aaaaaaaaaaa'\nend");
  });

  it("takes a line of a hundred thousand parentheses", () => {
    expect(fold(`(${Array.from({ length: 100_000 }, () => "chr(10)").join(" || ")})`, 100).split("\n").length).toBeGreaterThan(100_000);
  });

  it("changes nothing but white space", () => {
    const sql = "coalesce(replace(x, ',)(', '.'), concat(a, b, cast(\"odd, (name\" as varchar)), upper('(') || lower(y)) as z";
    for (let width = 5; width < 110; width += 7) expect(fold(sql, width).replace(/\s+/g, "")).toBe(sql.replace(/\s+/g, ""));
  });
});
