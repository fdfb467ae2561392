/** What a line of turbo's grouped log tells about the run as a whole. */
export type TurboNews =
  | { readonly kind: 'scope'; readonly packages: number }
  /** The output of a task begins, which in a grouped log is when the task has ended. */
  | { readonly kind: 'task-ended'; readonly task: string; readonly cached: boolean }
  | { readonly kind: 'task-failed'; readonly task: string };

const SCOPE = /^\s*• Running \S+ in (\d+) packages?$/;
const TASK = /^(\S+:\S+): cache (hit|miss|bypass)\b/;
const FAILED = /^(\S+)#(\S+):\s+ERROR\b/;

export function newsIn(line: string): TurboNews | undefined {
  const scope = SCOPE.exec(line);
  if (scope !== null) return { kind: 'scope', packages: Number(scope[1]) };
  const task = TASK.exec(line);
  if (task !== null) return { kind: 'task-ended', task: task[1] as string, cached: task[2] === 'hit' };
  const failed = FAILED.exec(line);
  if (failed !== null) return { kind: 'task-failed', task: `${failed[1]}:${failed[2]}` };
  return undefined;
}

/** The lines of one task, without the prefix that names it. */
export function outputOf(task: string, lines: readonly string[]): string[] {
  const prefix = `${task}: `;
  return lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
}
