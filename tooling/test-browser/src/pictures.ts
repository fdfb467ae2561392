import { join, sep } from 'node:path';

/** The folder for pictures of pages, of the package that is tested, with a slash at its end. Nothing reads them but people. */
export const PICTURES = join(process.cwd(), 'reports', 'screenshots') + sep;
