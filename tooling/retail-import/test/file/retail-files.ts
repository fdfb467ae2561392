import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { madeUpFile } from '../../src/file/made-up-file.js';

const CHECKOUT = fileURLToPath(new URL('../../../../', import.meta.url));

export interface RetailFile {
  readonly name: string;
  /** Answers its path; writes it into the folder first if it is made up. */
  bring(folder: string): string;
}

/** Always there. */
export const MADE_UP: RetailFile = {
  name: 'a made-up file',
  bring: (folder) => {
    const path = join(folder, 'made-up.csv');
    writeFileSync(path, madeUpFile(1));
    return path;
  },
};

/** The made-up file; and the real one where it lies beside the checkout or where RETAIL_FILE names it. Says when it does not. */
export function retailFiles(): readonly RetailFile[] {
  const path = resolve(CHECKOUT, process.env.RETAIL_FILE ?? '../shared/data/online-retail.csv');
  if (existsSync(path)) return [MADE_UP, { name: 'the real file', bring: () => path }];
  process.stderr.write(
    `The real retail data is not at ${path}: the import is tested with a made-up file alone. Set RETAIL_FILE to test it with the real one.\n`,
  );
  return [MADE_UP];
}
