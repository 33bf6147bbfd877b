/** Majors of the AWS provider that stacks work with: they use only arguments that all of them have. */
export const AWS_PROVIDER_MAJORS = [5, 6] as const;

export type AwsProviderMajor = (typeof AWS_PROVIDER_MAJORS)[number];

/** The first version of each major that has what stacks use; 5.100.0 is the last release of its major. */
const FIRST: Readonly<Record<AwsProviderMajor, string>> = { 5: "5.100.0", 6: "6.0.0" };

/**
 * The versions of `hashicorp/aws` that Terraform may choose from, as a version constraint.
 *
 * @param major only this major. @default - each of them
 */
export function awsProviderRange(major?: AwsProviderMajor): string {
  const [lowest, highest] = [major ?? Math.min(...AWS_PROVIDER_MAJORS), major ?? Math.max(...AWS_PROVIDER_MAJORS)];
  return `>= ${FIRST[lowest as AwsProviderMajor]}, < ${String(highest + 1)}.0.0`;
}

/** Whether stacks accept the version. In Terraform, a range does not include pre-releases. */
export function isAwsProviderSupported(version: string): boolean {
  const [major = 0, minor = 0] = /^\d+\.\d+\.\d+$/.test(version) ? version.split(".").map(Number) : [];
  const first = AWS_PROVIDER_MAJORS.find((one) => one === major);
  return first !== undefined && minor >= Number(FIRST[first].split(".")[1]);
}
