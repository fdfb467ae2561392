import { afterEach, expect, jest, test } from '@jest/globals';
import { DevelopmentKeyInProduction, developmentKey } from '@macrolith/identity';

afterEach(() => {
  jest.restoreAllMocks();
});

test('the key of development is the same in every process, and is refused in production', async () => {
  const [one, other] = [await developmentKey(), await developmentKey()];
  expect(one.publicKey).toEqual(other.publicKey);

  jest.replaceProperty(process, 'env', { ...process.env, NODE_ENV: 'production' });
  await expect(developmentKey()).rejects.toBeInstanceOf(DevelopmentKeyInProduction);
});
