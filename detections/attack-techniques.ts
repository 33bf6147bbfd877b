/** Tactics of MITRE ATT&CK (Enterprise, version 16), in the order of its matrix. */
export const TACTICS = [
  "Resource Development",
  "Initial Access",
  "Execution",
  "Persistence",
  "Privilege Escalation",
  "Defense Evasion",
  "Credential Access",
  "Discovery",
  "Lateral Movement",
  "Collection",
  "Exfiltration",
  "Impact",
] as const;

export type Tactic = (typeof TACTICS)[number];

/** A technique of ATT&CK, or a sub-technique, and the tactics that it serves. */
export interface AttackTechnique {
  readonly name: string;
  readonly tactics: readonly Tactic[];
}

const VALID_ACCOUNTS: readonly Tactic[] = ["Initial Access", "Persistence", "Privilege Escalation", "Defense Evasion"];
const ACCOUNT_MANIPULATION: readonly Tactic[] = ["Persistence", "Privilege Escalation"];
const TENANT_POLICY: readonly Tactic[] = ["Privilege Escalation", "Defense Evasion"];
const AUTHENTICATION: readonly Tactic[] = ["Persistence", "Defense Evasion", "Credential Access"];

/**
 * The techniques of ATT&CK that apply to an AWS account: its matrix for IaaS, and what else detections refer to. A
 * detection can refer to no other.
 *
 * Source: https://attack.mitre.org/matrices/enterprise/cloud/iaas/
 */
export const ATTACK_TECHNIQUES = {
  "T1584.001": { name: "Compromise Infrastructure: Domains", tactics: ["Resource Development"] },
  T1190: { name: "Exploit Public-Facing Application", tactics: ["Initial Access"] },
  T1199: { name: "Trusted Relationship", tactics: ["Initial Access"] },
  T1078: { name: "Valid Accounts", tactics: VALID_ACCOUNTS },
  "T1078.004": { name: "Valid Accounts: Cloud Accounts", tactics: VALID_ACCOUNTS },
  T1651: { name: "Cloud Administration Command", tactics: ["Execution"] },
  T1059: { name: "Command and Scripting Interpreter", tactics: ["Execution"] },
  "T1059.009": { name: "Command and Scripting Interpreter: Cloud API", tactics: ["Execution"] },
  T1648: { name: "Serverless Execution", tactics: ["Execution"] },
  "T1204.003": { name: "User Execution: Malicious Image", tactics: ["Execution"] },
  T1098: { name: "Account Manipulation", tactics: ACCOUNT_MANIPULATION },
  "T1098.001": { name: "Account Manipulation: Additional Cloud Credentials", tactics: ACCOUNT_MANIPULATION },
  "T1098.003": { name: "Account Manipulation: Additional Cloud Roles", tactics: ACCOUNT_MANIPULATION },
  "T1098.004": { name: "Account Manipulation: SSH Authorized Keys", tactics: ACCOUNT_MANIPULATION },
  "T1098.005": { name: "Account Manipulation: Device Registration", tactics: ACCOUNT_MANIPULATION },
  "T1136.003": { name: "Create Account: Cloud Account", tactics: ["Persistence"] },
  T1525: { name: "Implant Internal Image", tactics: ["Persistence"] },
  T1546: { name: "Event Triggered Execution", tactics: ["Persistence", "Privilege Escalation"] },
  T1037: { name: "Boot or Logon Initialization Scripts", tactics: ["Persistence", "Privilege Escalation"] },
  "T1548.005": {
    name: "Abuse Elevation Control Mechanism: Temporary Elevated Cloud Access",
    tactics: ["Privilege Escalation", "Defense Evasion"],
  },
  T1484: { name: "Domain or Tenant Policy Modification", tactics: TENANT_POLICY },
  "T1484.002": { name: "Domain or Tenant Policy Modification: Trust Modification", tactics: TENANT_POLICY },
  T1562: { name: "Impair Defenses", tactics: ["Defense Evasion"] },
  "T1562.001": { name: "Impair Defenses: Disable or Modify Tools", tactics: ["Defense Evasion"] },
  "T1562.006": { name: "Impair Defenses: Indicator Blocking", tactics: ["Defense Evasion"] },
  "T1562.007": { name: "Impair Defenses: Disable or Modify Cloud Firewall", tactics: ["Defense Evasion"] },
  "T1562.008": { name: "Impair Defenses: Disable or Modify Cloud Logs", tactics: ["Defense Evasion"] },
  T1070: { name: "Indicator Removal", tactics: ["Defense Evasion"] },
  T1578: { name: "Modify Cloud Compute Infrastructure", tactics: ["Defense Evasion"] },
  "T1578.001": { name: "Modify Cloud Compute Infrastructure: Create Snapshot", tactics: ["Defense Evasion"] },
  "T1578.002": { name: "Modify Cloud Compute Infrastructure: Create Cloud Instance", tactics: ["Defense Evasion"] },
  "T1578.003": { name: "Modify Cloud Compute Infrastructure: Delete Cloud Instance", tactics: ["Defense Evasion"] },
  "T1578.005": {
    name: "Modify Cloud Compute Infrastructure: Modify Cloud Compute Configurations",
    tactics: ["Defense Evasion"],
  },
  T1666: { name: "Modify Cloud Resource Hierarchy", tactics: ["Defense Evasion"] },
  T1535: { name: "Unused/Unsupported Cloud Regions", tactics: ["Defense Evasion"] },
  T1211: { name: "Exploitation for Defense Evasion", tactics: ["Defense Evasion"] },
  T1550: { name: "Use Alternate Authentication Material", tactics: ["Defense Evasion", "Lateral Movement"] },
  "T1550.001": {
    name: "Use Alternate Authentication Material: Application Access Token",
    tactics: ["Defense Evasion", "Lateral Movement"],
  },
  T1556: { name: "Modify Authentication Process", tactics: AUTHENTICATION },
  "T1556.006": { name: "Modify Authentication Process: Multi-Factor Authentication", tactics: AUTHENTICATION },
  "T1556.009": { name: "Modify Authentication Process: Conditional Access Policies", tactics: AUTHENTICATION },
  T1110: { name: "Brute Force", tactics: ["Credential Access"] },
  T1528: { name: "Steal Application Access Token", tactics: ["Credential Access"] },
  T1552: { name: "Unsecured Credentials", tactics: ["Credential Access"] },
  "T1552.001": { name: "Unsecured Credentials: Credentials In Files", tactics: ["Credential Access"] },
  "T1552.004": { name: "Unsecured Credentials: Private Keys", tactics: ["Credential Access"] },
  "T1552.005": { name: "Unsecured Credentials: Cloud Instance Metadata API", tactics: ["Credential Access"] },
  T1555: { name: "Credentials from Password Stores", tactics: ["Credential Access"] },
  "T1555.006": {
    name: "Credentials from Password Stores: Cloud Secrets Management Stores",
    tactics: ["Credential Access"],
  },
  T1606: { name: "Forge Web Credentials", tactics: ["Credential Access"] },
  T1621: { name: "Multi-Factor Authentication Request Generation", tactics: ["Credential Access"] },
  T1040: { name: "Network Sniffing", tactics: ["Credential Access", "Discovery"] },
  "T1087.004": { name: "Account Discovery: Cloud Account", tactics: ["Discovery"] },
  "T1069.003": { name: "Permission Groups Discovery: Cloud Groups", tactics: ["Discovery"] },
  T1526: { name: "Cloud Service Discovery", tactics: ["Discovery"] },
  T1538: { name: "Cloud Service Dashboard", tactics: ["Discovery"] },
  T1580: { name: "Cloud Infrastructure Discovery", tactics: ["Discovery"] },
  T1619: { name: "Cloud Storage Object Discovery", tactics: ["Discovery"] },
  T1654: { name: "Log Enumeration", tactics: ["Discovery"] },
  T1021: { name: "Remote Services", tactics: ["Lateral Movement"] },
  "T1021.004": { name: "Remote Services: SSH", tactics: ["Lateral Movement"] },
  "T1021.007": { name: "Remote Services: Cloud Services", tactics: ["Lateral Movement"] },
  "T1021.008": { name: "Remote Services: Direct Cloud VM Connections", tactics: ["Lateral Movement"] },
  T1119: { name: "Automated Collection", tactics: ["Collection"] },
  T1213: { name: "Data from Information Repositories", tactics: ["Collection"] },
  T1530: { name: "Data from Cloud Storage", tactics: ["Collection"] },
  T1537: { name: "Transfer Data to Cloud Account", tactics: ["Exfiltration"] },
  T1567: { name: "Exfiltration Over Web Service", tactics: ["Exfiltration"] },
  T1485: { name: "Data Destruction", tactics: ["Impact"] },
  "T1485.001": { name: "Data Destruction: Lifecycle-Triggered Deletion", tactics: ["Impact"] },
  T1486: { name: "Data Encrypted for Impact", tactics: ["Impact"] },
  T1489: { name: "Service Stop", tactics: ["Impact"] },
  T1490: { name: "Inhibit System Recovery", tactics: ["Impact"] },
  T1491: { name: "Defacement", tactics: ["Impact"] },
  T1496: { name: "Resource Hijacking", tactics: ["Impact"] },
  "T1496.001": { name: "Resource Hijacking: Compute Hijacking", tactics: ["Impact"] },
  "T1496.004": { name: "Resource Hijacking: Cloud Service Hijacking", tactics: ["Impact"] },
  T1531: { name: "Account Access Removal", tactics: ["Impact"] },
  T1565: { name: "Data Manipulation", tactics: ["Impact"] },
  "T1565.001": { name: "Data Manipulation: Stored Data Manipulation", tactics: ["Impact"] },
  "T1565.002": { name: "Data Manipulation: Transmitted Data Manipulation", tactics: ["Impact"] },
  T1657: { name: "Financial Theft", tactics: ["Impact"] },
} as const satisfies Readonly<Record<string, AttackTechnique>>;

/** Id of a technique, such as `T1555.006`. */
export type TechniqueId = keyof typeof ATTACK_TECHNIQUES;
