import { describe, expect, test } from '@jest/globals';
import { assetAddress, type BuiltUi, parseBuiltUi } from '@macrolith/ui/manifest';

const built: BuiltUi = {
  format: 1,
  version: '1.2.0',
  module: 'catalog',
  navigation: [],
  routes: [{ path: '/catalog', element: 'catalog-page', title: 'Products' }],
  slots: [],
  entry: 'index-abc.js',
  files: [{ path: 'index-abc.js', bytes: 3, integrity: `sha384-${'A'.repeat(64)}`, encodings: ['br'] }],
};
const withFile = (changes: object) => ({ ...built, files: [{ ...built.files[0], ...changes }] });

describe('The manifest of a built UI', () => {
  test('is read as it was written', () => {
    expect(parseBuiltUi(JSON.parse(JSON.stringify(built)), 'catalog')).toEqual(built);
  });

  test.each([
    ['of a later format', { ...built, format: 2 }, /format 2/],
    ['of another module', built, /is of the module 'catalog'/, 'orders'],
    ['without a version', { ...built, version: undefined }, /names no version/],
    ['whose entry is no file', { ...built, entry: 'other.js' }, /entry is none of its files/],
    ['that climbs out of its folder', withFile({ path: '../secret.js' }), /list of files is damaged/],
    ['with an absolute path', withFile({ path: '/etc/passwd' }), /list of files is damaged/],
    ['with a path of another system', withFile({ path: '..\\secret.js' }), /list of files is damaged/],
    ['with a hidden file', withFile({ path: '.env' }), /list of files is damaged/],
    ['without integrity', withFile({ integrity: '' }), /list of files is damaged/],
    ['with routes that are none', { ...built, routes: [null] }, /damaged/],
    [
      'with an invalid route',
      { ...built, routes: [{ path: '/x', element: 'catalog-x', title: 'X' }] },
      /must begin with/,
    ],
    ['that is no object', 'catalog', /no object/],
  ])('is refused when it is one %s', (_case, json, expected, module = 'catalog') => {
    expect(() => parseBuiltUi(json, module)).toThrow(expected);
  });

  test('leads to addresses that name the version', () => {
    expect(assetAddress('catalog', '1.2.0-beta.1+5', 'index-abc.js')).toBe(
      '/assets/catalog/1.2.0-beta.1%2B5/index-abc.js',
    );
  });
});
