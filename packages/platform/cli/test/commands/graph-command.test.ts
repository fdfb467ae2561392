import { expect, test } from '@jest/globals';
import { miniature } from '../rules/miniature.js';
import { macro } from './macro.js';

const graph = ['graph', '--root', miniature('graph')];

test('json tells modules, owners, schemas, uses, what is heard, workflows and their modes, platform and bindings', async () => {
  const { code, out } = await macro([...graph, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    modules: [
      {
        name: 'catalog',
        package: '@shop/catalog',
        owner: 'team-shelf',
        schema: 'catalog',
        uses: [],
        hears: ['orders.order-placed'],
        workflows: [
          { name: 'catalog.proof', participants: [], external: [] },
          { name: 'catalog.print', participants: [], external: ['Press.print'] },
        ],
      },
      {
        name: 'orders',
        package: '@shop/orders',
        owner: 'team-checkout',
        schema: 'orders',
        uses: ['@shop/catalog'],
        hears: [],
        workflows: [],
      },
    ],
    platform: [
      { package: '@shop/contract', uses: [] },
      { package: '@shop/core', uses: ['@shop/contract'] },
    ],
    apps: [
      {
        package: '@shop/shell',
        binds: [
          { package: '@shop/catalog', binding: 'local' },
          { package: '@shop/orders', binding: 'remote' },
        ],
        workflows: [
          { name: 'catalog.proof', mode: 'collapsed' },
          { name: 'catalog.print', mode: 'durable' },
        ],
      },
    ],
  });
});

test('mermaid draws the same as a flowchart, a remote binding and what is heard as dotted lines', async () => {
  expect((await macro(graph)).out).toBe(`flowchart TD
  subgraph apps
    shop_shell["@shop/shell"]
  end
  subgraph modules
    shop_catalog["catalog<br/>team-shelf"]
    shop_orders["orders<br/>team-checkout"]
  end
  subgraph workflows
    shop_shell_catalog_proof["catalog.proof<br/>collapsed in @shop/shell"]
    shop_shell_catalog_print["catalog.print<br/>durable in @shop/shell"]
  end
  subgraph platform
    shop_contract["@shop/contract"]
    shop_core["@shop/core"]
  end
  shop_shell -->|local| shop_catalog
  shop_shell -.->|remote| shop_orders
  shop_orders --> shop_catalog
  shop_orders -. order-placed .-> shop_catalog
  shop_core --> shop_contract
`);
});
