import type { ConfigurationVersion, WorkspaceRecord } from "../records";
import type { PhaseStatus, RunRecord } from "./run-record";
import type { Store } from "../store";
import type { Agent, PhaseResult, RunningPhase } from "./agent";
import { isFinal, moveRun, newRun, PLAIN_RUN, type RequestedRun, takesLock, unfinished } from "./run-states";

/**
 * Runs of all workspaces. Of each workspace, one run at a time holds the lock, from its plan until it is applied or
 * discarded; plans that change nothing run beside it. Source: HCP Terraform, "Run states and stages".
 */
export class RunQueue {
  private readonly active = new Map<string, RunningPhase>();
  private isStopped = false;

  constructor(
    private readonly store: Store,
    private readonly agent: Agent,
    /** How many runs plan or apply at once. */
    private readonly concurrency: number,
  ) {
    // Their Terraform ended with the process that ran it.
    for (const run of store.all("runs")) {
      if (["plan_queued", "planning"].includes(run.status)) this.end(run.id, "errored", "plan", "unreachable");
      if (["confirmed", "apply_queued", "applying"].includes(run.status))
        this.end(run.id, "errored", "apply", "unreachable");
    }
  }

  public get running(): number {
    return this.active.size;
  }

  public create(workspace: WorkspaceRecord, version: ConfigurationVersion, options: RequestedRun): RunRecord {
    const run = newRun(this.store, workspace.id, version.id, options);
    this.advance();
    return this.store.find("runs", run.id) ?? run;
  }

  /** An archive arrived: it becomes the workspace's configuration, and starts a run if it was created so. */
  public configurationUploaded({ id, workspaceId, ...version }: ConfigurationVersion): void {
    const { store } = this;
    const uploaded = store.change("configurationVersions", id, { status: "uploaded" });
    const workspace = store.find("workspaces", workspaceId);
    if (workspace === undefined) return;
    if (!version.speculative && !version.provisional)
      store.change("workspaces", workspaceId, { configurationVersionId: id });
    if (!version.autoQueueRuns) return;
    const message = version.commit?.message ?? "Queued automatically by the upload of a configuration";
    const autoApply = workspace.settings["auto-apply"];
    const options = { ...PLAIN_RUN, message, autoApply, planOnly: version.speculative };
    this.create(workspace, uploaded, { ...options, source: "tfe-configuration-version" });
  }

  public confirm(id: string): void {
    moveRun(this.store, id, "confirmed");
    this.advance();
  }

  public discard(id: string): void {
    this.end(id, "discarded");
  }

  /** Interrupts Terraform, which ends in order; a run that waits ends at once. */
  public cancel(id: string): void {
    this.store.change("runs", id, { isCanceling: true });
    const phase = this.active.get(id);
    if (phase === undefined) this.end(id, "canceled");
    else phase.interrupt();
  }

  /** Kills Terraform. Its state may be incomplete. */
  public forceCancel(id: string): void {
    this.active.get(id)?.kill();
    this.end(id, "force_canceled");
  }

  /** The plan of a run as JSON; undefined when it has none. */
  public planJson(run: RunRecord): Promise<Buffer | undefined> {
    return this.agent.planJson(run);
  }

  /** Starts every run that can start. */
  public advance(): void {
    for (const run of unfinished(this.store)) {
      if (this.isStopped || this.active.size >= this.concurrency) return;
      if (this.active.has(run.id) || (run.status !== "pending" && run.status !== "confirmed")) continue;
      if (!takesLock(run) || this.lock(run)) void this.perform(run);
    }
  }

  /** Ends what is running, and waits for it. */
  public async stop(): Promise<void> {
    this.isStopped = true;
    const phases = [...this.active.values()];
    for (const phase of phases) phase.interrupt();
    await Promise.all(phases.map(({ ended }) => ended));
  }

  /** Whether the run holds its workspace's lock now. */
  private lock({ id, workspaceId }: RunRecord): boolean {
    const { lock } = this.store.find("workspaces", workspaceId) ?? {};
    if (lock !== undefined) return lock.id === id;
    this.store.change("workspaces", workspaceId, { lock: { by: "runs", id, reason: `Locked by Run ${id}` } });
    return true;
  }

  private async perform(run: RunRecord): Promise<void> {
    const phase = run.status === "confirmed" ? "apply" : "plan";
    const running = this.agent.start(moveRun(this.store, run.id, `${phase}_queued`), phase);
    this.active.set(run.id, running);
    moveRun(this.store, run.id, phase === "plan" ? "planning" : "applying", {
      [phase]: { ...run[phase], status: "running" },
    });
    const result = await running.ended;
    this.active.delete(run.id);
    const now = this.store.find("runs", run.id);
    if (now !== undefined && !isFinal(now)) this.settle(now, phase, result);
    this.advance();
  }

  private settle(run: RunRecord, phase: "plan" | "apply", { outcome, ...counts }: PhaseResult): void {
    if (outcome === "failed") {
      if (run.isCanceling) this.end(run.id, "canceled", phase, "canceled");
      else this.end(run.id, "errored", phase, "errored");
      return;
    }
    const finished = { [phase]: { ...run[phase], ...counts, status: "finished" } } as Partial<RunRecord>;
    const hasChanges = phase === "plan" ? outcome === "changes" : run.hasChanges;
    this.store.change("runs", run.id, { ...finished, hasChanges });
    if (phase === "apply") this.end(run.id, "applied");
    else if (run.planOnly || (!hasChanges && !run.allowEmptyApply)) this.end(run.id, "planned_and_finished");
    else if (run.savePlan) moveRun(this.store, run.id, "planned_and_saved");
    else {
      moveRun(this.store, run.id, "planned");
      if (run.autoApply) moveRun(this.store, run.id, "confirmed");
    }
  }

  /** Ends a run in a final state and returns the lock. */
  private end(id: string, status: RunRecord["status"], phase?: "plan" | "apply", phaseStatus?: PhaseStatus): void {
    const run = this.store.find("runs", id);
    if (run === undefined) return;
    const changes = phase && phaseStatus ? { [phase]: { ...run[phase], status: phaseStatus } } : {};
    moveRun(this.store, id, status, changes);
    const workspace = this.store.find("workspaces", run.workspaceId);
    if (workspace?.lock?.id === id) this.store.change("workspaces", run.workspaceId, { lock: undefined });
    this.advance();
  }
}
