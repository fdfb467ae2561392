import { describe, expect, test } from '@jest/globals';
import { checkDefinition, defineUi, type UiOptions } from '@macrolith/ui/manifest';

const page = { path: '/catalog', element: 'catalog-page', title: 'Products' };
const problemsOf = (options: Partial<UiOptions>) =>
  checkDefinition(defineUi({ module: 'catalog', routes: [page], ...options })).join(' ');

describe('The definition of a UI', () => {
  test('is accepted with routes, navigation and slots of its own', () => {
    const problems = problemsOf({
      routes: [page, { path: '/catalog/:productId', element: 'catalog-product-page', title: 'Product' }],
      navigation: [{ label: 'Products', icon: 'tags', path: '/catalog' }],
      slots: [{ slot: 'orders.order-actions', element: 'catalog-reorder' }],
    });

    expect(problems).toBe('');
  });

  test.each([
    ['a relative path', { ...page, path: 'catalog' }, /no path of segments/],
    ['a slash at the end', { ...page, path: '/catalog/' }, /no path of segments/],
    ['another module’s address', { ...page, path: '/orders' }, /must begin with '\/catalog'/],
    ['a parameter twice', { ...page, path: '/catalog/:a/:a' }, /two parameters of one name/],
    ['another module’s element', { ...page, element: 'orders-page' }, /must be 'catalog-'/],
    ['an element in capitals', { ...page, element: 'catalog-Page' }, /must be 'catalog-'/],
    ['no title', { ...page, title: ' ' }, /no title/],
  ])('is refused with a route with %s', (_case, route, expected) => {
    expect(problemsOf({ routes: [route] })).toMatch(expected);
  });

  test('is refused with two routes that differ in the names of parameters only', () => {
    const routes = [
      { ...page, path: '/catalog/:a' },
      { ...page, path: '/catalog/:b' },
    ];

    expect(problemsOf({ routes })).toMatch(/Two routes have the path '\/catalog\/:…'/);
  });

  test.each([
    ['to no route', { label: 'X', icon: 'tags', path: '/catalog/x' } as const, /no route of the module/],
    [
      'to a route with parameters',
      { label: 'X', icon: 'tags', path: '/catalog/:id' } as const,
      /no route of the module/,
    ],
    ['with an unknown icon', { label: 'X', icon: 'unicorn' as 'tags', path: '/catalog' }, /icon 'unicorn'/],
  ])('is refused with navigation %s', (_case, entry, expected) => {
    expect(problemsOf({ navigation: [entry] })).toMatch(expected);
  });

  test('is refused with a slot that is named after no module', () => {
    expect(problemsOf({ slots: [{ slot: 'actions', element: 'catalog-x' }] })).toMatch(/not named like/);
  });

  test('is refused for a module that would hide an address of the server', () => {
    expect(problemsOf({ module: 'api' })).toMatch(/address of the server's own/);
  });

  test('tells all problems at once', () => {
    const routes = [{ path: '/x', element: 'y', title: '' }];

    expect(checkDefinition(defineUi({ module: 'catalog', routes }))).toHaveLength(3);
  });
});
