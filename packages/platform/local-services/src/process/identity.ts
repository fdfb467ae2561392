import { readdirSync, readFileSync } from 'node:fs';

/**
 * A process, named so that a later process that reuses its id is not taken for it: `<pid>:<start time in clock ticks>`.
 * Source of the start time: field 22 of `/proc/<pid>/stat`, see proc(5). Where there is no `/proc`, the id alone.
 */
export type ProcessIdentity = string;

/** The identity of a running process, or undefined when there is none with this id. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  if (!isRunning(pid)) return undefined;
  const startTicks = startTicksOf(pid);
  return startTicks === undefined ? `${pid}` : `${pid}:${startTicks}`;
}

/** Whether the very process of this identity still runs. */
export function stillRuns(identity: ProcessIdentity): boolean {
  const pid = pidOf(identity);
  return pid > 0 && identityOf(pid) === identity;
}

export function pidOf(identity: ProcessIdentity): number {
  return Number.parseInt(identity, 10) || 0;
}

/** Whether a process of this id runs. A zombie, which only waits for its parent to notice its end, does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return statOf(pid)?.state !== 'Z';
}

/** Whether a thread of the process is neither stopped by a signal nor gone. Without `/proc`, all are taken for stopped. */
export function isGoing(pid: number): boolean {
  return threadsOf(pid).some((thread) => !STANDING.includes(statOf(`${pid}/task/${thread}`)?.state ?? 'X'));
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Process states of proc(5): stopped, zombie, dead. */
const STANDING = ['T', 'Z', 'X'];

/** The command line of a running process, or undefined where it cannot be known. */
export function commandLineOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return undefined;
  }
}

function startTicksOf(pid: number): string | undefined {
  return statOf(pid)?.startTicks;
}

function statOf(pid: number | string): { state: string | undefined; startTicks: string | undefined } | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the program's name in parentheses, and may hold spaces and parentheses itself.
  const fieldsFromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fieldsFromThird[0], startTicks: fieldsFromThird[22 - 3] };
}
