import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { madeUpFile } from '@macrolith/retail-import';

/** Real orders, where they lie beside the checkout. */
const REAL = fileURLToPath(new URL('../../../../../shared/data/online-retail.csv', import.meta.url));
const SEED = 1;

/** There is no file of that name. */
export class NoSuchFile extends Error {
  constructor(readonly path: string) {
    super(`There is no file ${path}: name one with --file, or leave the option out.`);
  }
}

/** A file of orders, as long as somebody needs it. */
export class OrdersFile implements Disposable {
  private constructor(
    readonly path: string,
    private readonly folder?: string,
  ) {}

  /** The one that is named, else the real one, else a made-up one. @throws NoSuchFile */
  static find(named: string | undefined): OrdersFile {
    if (named !== undefined) return OrdersFile.at(resolve(named));
    return existsSync(REAL) ? OrdersFile.at(REAL) : OrdersFile.madeUp();
  }

  private static at(path: string): OrdersFile {
    if (!existsSync(path)) throw new NoSuchFile(path);
    return new OrdersFile(path);
  }

  private static madeUp(): OrdersFile {
    const folder = mkdtempSync(join(tmpdir(), 'extraction-orders-'));
    const path = join(folder, 'made-up.csv');
    writeFileSync(path, madeUpFile(SEED));
    return new OrdersFile(path, folder);
  }

  [Symbol.dispose](): void {
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }
}
