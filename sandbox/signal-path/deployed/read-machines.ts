import { DescribeStateMachineCommand, paginateListStateMachines } from "@aws-sdk/client-sfn";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import type { DeployedMachine } from "./deployed-account";

/** The state machines of an account's region. */
export async function readMachines({ sfn: client }: ServiceClients, region: string): Promise<DeployedMachine[]> {
  const machines: DeployedMachine[] = [];
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    for (const { stateMachineArn: arn = "", name = "" } of stateMachines) {
      const { definition = "" } = await client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
      machines.push({ arn, name, region, definition });
    }
  }
  return machines;
}
