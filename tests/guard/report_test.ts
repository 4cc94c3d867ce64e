import assert from "node:assert/strict";
import { documentedReport, guardReport, reportText, type Tally, totalOf, unpadded } from "./report.ts";

const REPORT = guardReport();

Deno.test("the guard sees and blocks as much of the corpus as it ever did", () => {
  const attacks = totalOf(REPORT, "attacks"), secrets = totalOf(REPORT, "secrets");
  const seen = (attacks.blocked + attacks.warned) / attacks.all;
  assert.ok(seen >= 0.95, `${seen} of attacks`);
  assert.ok(secrets.blocked / secrets.all >= 0.99, `${secrets.blocked} of ${secrets.all} secrets`);
});

Deno.test("of sound units, one in two hundred is blocked at most and one in twenty warned", () => {
  const clean = totalOf(REPORT, "clean");
  assert.ok(clean.blocked / clean.all <= 0.005, `${clean.blocked} of ${clean.all} blocked`);
  assert.ok(clean.warned / clean.all <= 0.05, `${clean.warned} of ${clean.all} warned`);
});

Deno.test("of the half that nothing was learned from it sees as much, and warns of as little", () => {
  const tallyOf = (name: string): Tally =>
    REPORT.rows.find((row) => row.name === name && row.half === "held_out")!.tally;
  const attacks = tallyOf("attacks"), clean = tallyOf("clean");
  assert.ok((attacks.blocked + attacks.warned) / attacks.all >= 0.95, `${attacks.warned} of ${attacks.all}`);
  assert.ok(clean.blocked / clean.all <= 0.005, `${clean.blocked} of ${clean.all} blocked`);
  assert.ok(clean.warned / clean.all <= 0.05, `${clean.warned} of ${clean.all} warned`);
});

Deno.test("the documentation holds the figures of this guard", () => {
  assert.equal(documentedReport(), unpadded(reportText(REPORT)), "run `deno task guard:report --write`");
});
