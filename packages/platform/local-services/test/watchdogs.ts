import { readdirSync } from 'node:fs';
import { commandLineOf } from '../src/process/identity.ts';

/** The ids of the watchdog processes that watch over this server. */
export function watchdogsOf(serverPid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      const commandLine = commandLineOf(pid) ?? [];
      return commandLine.includes('macrolith-watchdog') && commandLine.includes(`${serverPid}`);
    });
}
