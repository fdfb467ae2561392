import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a running process was given for an option. */
export function argumentOf(pid: number, option: string): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const index = words.indexOf(option);
  if (index < 0) throw new Error(`Process ${pid} was started without ${option}: ${words.join(' ')}`);
  return words[index + 1]!;
}

/** The folder of its own that a disposable PostgreSQL has everything in. */
export const folderOfPostgres = (pid: number): string => dirname(argumentOf(pid, '-D'));

/** The same of a nats-server. */
export const folderOfNats = (pid: number): string => dirname(argumentOf(pid, '--pid'));
