import cliProgress from 'cli-progress';
import { readInvoices } from './file/read-invoices.js';
import { ImportProblem } from './import-problem.js';
import { Replay, type Replayed } from './replay/replay.js';
import { writeRejects } from './report/rejects.js';
import { type Summary, summarise } from './report/summary.js';
import { Shop } from './shop/shop.js';
import { ShopClient } from './shop/shop-client.js';

export interface ImportOptions {
  readonly file: string;
  /** Where the shell serves, e.g. `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Where the refused lines go. */
  readonly rejects: string;
  /** Draws a progress bar there when it is a terminal. */
  readonly progress?: NodeJS.WriteStream;
}

/** Replays the whole file, writes the reject file and answers what came of it. */
export async function importRetail({ file, url, rejects, progress }: ImportOptions): Promise<Summary> {
  if (!URL.canParse(url)) throw new ImportProblem(`'${url}' is no address. Give one such as http://127.0.0.1:3000.`);
  const invoices = readInvoices(file);
  const replay = new Replay(new Shop(new ShopClient(new URL(url).origin)));
  const bar = progressBar(progress);
  bar.start(invoices.length, 0);
  const replayed: Replayed[] = [];
  try {
    for (const invoice of invoices) {
      replayed.push(await replay.replay(invoice));
      bar.increment();
    }
  } finally {
    bar.stop();
  }
  writeRejects(
    rejects,
    replayed.flatMap(({ refusals }) => refusals),
  );
  return summarise(replayed);
}

interface Bar {
  start(total: number, value: number): void;
  increment(): void;
  stop(): void;
}

function progressBar(stream: NodeJS.WriteStream | undefined): Bar {
  if (stream === undefined || !stream.isTTY) return { start: () => {}, increment: () => {}, stop: () => {} };
  const format = 'Invoices {bar} {value}/{total}  {percentage}%  {duration_formatted} gone, {eta_formatted} left';
  return new cliProgress.SingleBar(
    { format, stream, hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
}
