import { describe, expect, test } from '@jest/globals';
import { ModuleMisconfigured } from '@macrolith/core';
import { describeStartFailure } from './start-failure.js';

describe('why a process did not start is one sentence', () => {
  test.each([
    [{ code: 'EADDRINUSE', port: 3000, address: '127.0.0.1' }, /^Port 3000 of 127\.0\.0\.1 is taken\. [^\n]+$/],
    [{ code: 'EACCES', port: 80, address: '127.0.0.1' }, /^Port 80 of 127\.0\.0\.1 may not be used[^\n]+$/],
    [{ code: 'EADDRNOTAVAIL', address: '10.9.8.7' }, /^The address 10\.9\.8\.7 is none of this machine's\.[^\n]+$/],
  ])('for %j', (properties, sentence) => {
    expect(describeStartFailure(Object.assign(new Error('listen'), properties))).toMatch(sentence);
  });

  test('for a module that cannot use its settings', () => {
    const failure = new ModuleMisconfigured('notifications', 'SMTP_URL is not a mail server: write smtp://host:port.');
    expect(describeStartFailure(failure)).toBe('SMTP_URL is not a mail server: write smtp://host:port.');
  });

  test('but the whole error where the cause is not known', () => {
    expect(describeStartFailure(new TypeError('a defect'))).toMatch(/TypeError: a defect\n\s+at /);
  });
});
