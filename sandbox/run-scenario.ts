import type { Scenario } from "./scenarios/scenario";
import { Stage, type StageOptions } from "./scenarios/context";

/** How a scenario is played. */
export interface PlayOptions extends StageOptions {
  readonly scenario: Scenario;
}

/** Plays a scenario in a sandbox where everything is deployed. Resolves with whether it did what it should. */
export async function play({ scenario, ...options }: PlayOptions): Promise<boolean> {
  const { print } = options;
  print(`\nScenario '${scenario.id}': ${scenario.title}.\n`);
  const stage = new Stage(options);
  try {
    const { succeeded, lines } = await scenario.play(stage);
    print("");
    for (const line of lines) print(line);
    print(succeeded ? `\nScenario '${scenario.id}' did what it should.` : `\nScenario '${scenario.id}' FAILED.`);
    return succeeded;
  } finally {
    stage.close();
  }
}
