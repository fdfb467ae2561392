import { readInvoices } from './file/read-invoices.js';
import { Replay, type Replayed } from './replay/replay.js';
import { progressBar } from './report/progress-bar.js';
import { requireWritable, writeRejects } from './report/rejects.js';
import { type Summary, summarise } from './report/summary.js';
import { Shop } from './shop/shop.js';
import { ShopClient } from './shop/shop-client.js';

export interface ImportOptions {
  readonly file: string;
  /** Where the shell serves, e.g. `http://127.0.0.1:3000`. */
  readonly url: URL;
  /** Where the refused lines go. */
  readonly rejects: string;
  /** Draws a progress bar there when it is a terminal. */
  readonly progress: NodeJS.WriteStream;
}

/** Replays the whole file, writes the reject file and answers what came of it. @throws ImportProblem */
export async function importRetail({ file, url, rejects, progress }: ImportOptions): Promise<Summary> {
  const invoices = readInvoices(file);
  requireWritable(rejects);
  const client = new ShopClient(url.origin);
  const bar = progressBar(progress);
  const replayed: Replayed[] = [];
  try {
    await client.greet();
    bar.start(invoices.length);
    for await (const each of new Replay(new Shop(client)).run(invoices)) {
      replayed.push(each);
      bar.increment();
    }
  } finally {
    bar.stop();
    client.close();
  }
  writeRejects(
    rejects,
    replayed.flatMap(({ refusals }) => refusals),
  );
  return summarise(replayed);
}
