import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Summary } from '../../src/report/summary.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly complaints: string;
}

/** A row of the reject file. */
export interface Reject {
  readonly Line: string;
  readonly InvoiceNo: string;
  readonly StockCode: string;
  readonly Description: string;
  readonly Quantity: string;
  readonly UnitPrice: string;
  readonly Code: string;
  readonly Reason: string;
}

/** The built importer as a process of its own, in an empty folder. */
export class Importer implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'retail-import-'));

  /** Starts it. `ended` resolves when it is gone; `kill` ends it as a power cut would. */
  start(...options: readonly string[]): { readonly ended: Promise<Ended>; kill(): void } {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: build it with 'pnpm build' first.`);
    const child = spawn(process.execPath, [MAIN, ...options], { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
      ([[code], output, complaints]) => ({ code, output, complaints }),
    );
    return { ended, kill: () => child.kill('SIGKILL') };
  }

  run(...options: readonly string[]): Promise<Ended> {
    return this.start(...options).ended;
  }

  /** A run that must succeed. */
  async import(file: string, url: string): Promise<Summary> {
    const { code, output, complaints } = await this.run(file, '--url', url, '--json');
    if (code !== 0) throw new Error(`The import ended with ${code}: ${complaints}`);
    return JSON.parse(output);
  }

  rejects(file = 'retail-rejects.csv'): Reject[] {
    return parse(readFileSync(join(this.folder, file)), { columns: true });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
