import { readFileSync } from 'node:fs';
import { identityOf, type ProcessIdentity } from '@macrolith/local-services';

const PACKAGE_MANAGER = /(^|[\s/])(pnpm|npm|npx)(\s|\.|$)/;
const SCRIPT_SHELL = /^(\S*\/)?(sh|bash|dash) -c /;

/**
 * The processes between this one and the person: `npx`, `pnpm` and the shells that they run scripts with. Empty when
 * the command was not run by a package manager.
 */
export function wrapperProcesses(): ProcessIdentity[] {
  const wrappers: ProcessIdentity[] = [];
  let shells: ProcessIdentity[] = [];
  for (let pid = process.ppid; pid > 1; pid = parentOf(pid)) {
    const identity = identityOf(pid);
    const commandLine = commandLineOf(pid);
    if (identity === undefined) break;
    if (PACKAGE_MANAGER.test(commandLine) && !SCRIPT_SHELL.test(commandLine)) {
      wrappers.push(...shells, identity);
      shells = [];
    } else if (SCRIPT_SHELL.test(commandLine)) {
      // Counts only when a package manager turns out to stand behind it.
      shells.push(identity);
    } else {
      break;
    }
  }
  return wrappers;
}

function commandLineOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
