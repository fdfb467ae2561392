import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { mend } from './shop.js';

const sent: (string | undefined)[] = [];
let server: Server;
let url: URL;
beforeAll(async () => {
  server = createServer(({ headers }, response) => {
    sent.push(headers.authorization);
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => void server.close());
afterEach(() => void jest.restoreAllMocks());

test('Whoever mends says who they are by the token of the environment, where there is one', async () => {
  await mend(url, 'orders', 60);
  jest.replaceProperty(process, 'env', { ...process.env, MACROLITH_TOKEN: 'abc.def' });
  await mend(url, 'orders', 60);
  expect(sent).toEqual([undefined, 'Bearer abc.def']);
});
