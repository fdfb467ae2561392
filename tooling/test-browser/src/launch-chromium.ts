import { findChromium } from '@macrolith/local-services';
import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The Chromium of this machine, or a newly installed one, that asks nobody but the pages for anything.
 * @throws LocalServiceError `no-chromium`
 */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium({ install: true }), args: FLAGS });
}
