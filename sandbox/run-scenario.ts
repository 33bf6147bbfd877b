import type { Scenario, ScenarioResult } from "./scenarios/scenario";
import { ScenarioContext, type ScenarioContextOptions } from "./scenarios/context";

/** Options of a scenario run. */
export interface ScenarioRunOptions extends ScenarioContextOptions {
  readonly scenario: Scenario;
}

/** Runs a scenario in a sandbox where everything is deployed. */
export async function runScenario({ scenario, ...options }: ScenarioRunOptions): Promise<ScenarioResult> {
  const { print } = options;
  print(`\nScenario '${scenario.id}': ${scenario.title}.\n`);
  const context = new ScenarioContext({ ...options, scenario });
  try {
    const end = await scenario.run(context);
    context.print("");
    for (const line of end.lines) context.print(line);
    context.print(
      end.succeeded ? `\nScenario '${scenario.id}' had the expected result.` : `\nScenario '${scenario.id}' FAILED.`,
    );
    return end;
  } finally {
    context.close();
  }
}
