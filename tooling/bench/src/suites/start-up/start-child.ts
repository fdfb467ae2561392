import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Start, Started } from './started.js';

/** The built one, also when this file is run from its source: Node cannot run decorators. */
const CHILD = fileURLToPath(new URL('../../../dist/suites/start-up/child.js', import.meta.url));

/** Starts an application in a process of its own. Its standard error goes into the error when it fails. */
export function startChild(start: Start): Promise<Started> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [JSON.stringify(start)], { execArgv: ['--expose-gc'], silent: true });
    let complaint = '';
    let started: Started | undefined;
    child.stderr!.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('utf8');
    });
    child.on('message', (message: Started) => {
      started = message;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (started !== undefined) resolve(started);
      else reject(new Error(`The ${start.side} ${start.composition} did not start (exit code ${code}):\n${complaint}`));
    });
  });
}
