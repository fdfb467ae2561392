import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, isPortFree, type TestDatabase } from '@macrolith/local-services';
import { Command } from './command.ts';

const START_SHELL = fileURLToPath(new URL('./programs/start-shell.ts', import.meta.url));

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(() => database.drop());

function startShell(form: 'built' | 'sources', environment: Record<string, string> = {}, folder?: string): Command {
  return new Command(START_SHELL, [form, ...(folder === undefined ? [] : [folder])], {
    PORT: '0',
    DATABASE_URL: database.url,
    ...environment,
  });
}

describe('The shell', () => {
  test.each(['built', 'sources'] as const)('(%s) serves a seeded shop, and is gone after Ctrl-C', async (form) => {
    const command = startShell(form);
    const url = await command.url();

    const products = await fetch(`${url}/api/catalog/products`);

    expect(products.status).toBe(200);
    expect(((await products.json()) as { items: unknown[] }).items.length).toBeGreaterThan(0);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    command.process.kill('SIGINT');
    expect(await command.ended()).toBe(0);
    expect(await isPortFree(Number(new URL(url).port))).toBe(true);
  });

  test('takes cards through a card network that runs beside it, and takes it along after Ctrl-C', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'start-cards-'));
    const command = startShell('built', {}, folder);
    const url = await command.url();
    const order = {
      customerId: 'ada',
      card: { token: 'tok_visa_4242' },
      lines: [{ productId: 'KIT-001', quantity: 1 }],
    };

    const placed = await fetch(`${url}/api/orders/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });

    expect(placed.status).toBe(201);
    expect(await (await fetch(`${url}/api/payments/cards`)).json()).toMatchObject({ taken: true });
    const store = join(folder, '.macrolith', 'payment-sandbox', 'cards.sqlite');
    const asked = () => new DatabaseSync(store, { readOnly: true }).prepare('SELECT status FROM authorisation').all();
    command.process.kill('SIGINT');
    expect(await command.ended()).toBe(0);
    // One process has the store at a time: it can be read because that one is gone.
    expect(asked()).toMatchObject([{ status: 'authorised' }]);
    rmSync(folder, { recursive: true });
  });

  test('keeps a bad setting to one sentence', async () => {
    const command = startShell('built', { LOG_LEVEL: 'chatty' });

    expect(await command.ended()).toBe(1);
    expect(command.output).toContain('LOG_LEVEL must be one of');
    expect(command.output).not.toContain('    at ');
  });

  test('is not started when its port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };

    const command = startShell('built', { PORT: `${port}` });

    expect(await command.ended()).toBe(1);
    expect(command.lines).toEqual([expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`)]);
    squatter.close();
  });
});
