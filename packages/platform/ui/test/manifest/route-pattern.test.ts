import { describe, expect, test } from '@jest/globals';
import { compareSpecificity, matchPattern, parsePattern } from '@macrolith/ui/manifest';

const match = (pattern: string, address: string) => matchPattern(parsePattern(pattern), address);

describe('A route', () => {
  test('gives the decoded values of its parameters', () => {
    expect(match('/catalog/:productId/prices/:year', '/catalog/85%2F123%20A/prices/2026')).toEqual({
      productId: '85/123 A',
      year: '2026',
    });
  });

  test.each([
    ['/catalog', '/catalog/1'],
    ['/catalog/:id', '/catalog'],
    ['/catalog/new', '/catalog/old'],
    ['/catalog/:id', '/catalog/%E0%A4%A'],
  ])('%s does not fit %s', (pattern, address) => {
    expect(match(pattern, address)).toBeUndefined();
  });

  test('fits with a slash at the end', () => {
    expect(match('/catalog', '/catalog/')).toEqual({});
  });

  test('wins over one that says less', () => {
    const patterns = ['/a/:x/:y', '/a/:x', '/a/b/:y', '/a/b', '/a/:x/c'].map(parsePattern);

    const sorted = patterns.sort(compareSpecificity);

    expect(sorted).toEqual(['/a/b/:y', '/a/:x/c', '/a/:x/:y', '/a/b', '/a/:x'].map(parsePattern));
  });
});
