const GLANCE_MILLISECONDS = 500;

/**
 * Calls back once the process that started this one has ended, even if it was killed and could not forward a signal.
 */
export function whenOrphaned(then: () => void): void {
  const { ppid } = process;
  const timer = setInterval(() => {
    // An orphan gets another parent.
    if (process.ppid === ppid) return;
    clearInterval(timer);
    then();
  }, GLANCE_MILLISECONDS);
  timer.unref();
}
