import type { Scenario } from "./scenarios/scenario";
import { ScenarioContext, type ScenarioContextOptions } from "./scenarios/context";

/** Options of a scenario run. */
export interface ScenarioRunOptions extends ScenarioContextOptions {
  readonly scenario: Scenario;
}

/** Runs a scenario in a sandbox where everything is deployed. Resolves with whether it had the expected result. */
export async function runScenario({ scenario, ...options }: ScenarioRunOptions): Promise<boolean> {
  const { print } = options;
  print(`\nScenario '${scenario.id}': ${scenario.title}.\n`);
  const context = new ScenarioContext(options);
  try {
    const { succeeded, lines } = await scenario.run(context);
    print("");
    for (const line of lines) print(line);
    print(succeeded ? `\nScenario '${scenario.id}' had the expected result.` : `\nScenario '${scenario.id}' FAILED.`);
    return succeeded;
  } finally {
    context.close();
  }
}
