import type { ModulePlan } from '../start-up/synthetic/module-plan.js';

/** A file's content by its path in the package. */
export type Files = Readonly<Record<string, string>>;

export const SCOPE = '@bench';

/** The sources of one generated module, as a team would write them. */
export function moduleFiles({ name }: ModulePlan, uses: readonly string[]): Files {
  const Port = portName(name);
  return {
    'package.json': packageJson(name, uses),
    'src/index.ts': index(name, Port),
    'src/manifest.ts': manifest(name, Port, uses),
    'src/local.ts': local(name, Port),
    [`src/${name}.service.ts`]: service(name, Port, uses),
    'src/item.entity.ts': entity(name),
    'src/views.ts': VIEWS,
    'src/statements/totals.ts': statement(name),
    'src/migrations/1764547200000-create-item.ts': migration(name),
    'src/testing.ts': fake(Port),
  };
}

export function portName(module: string): string {
  return `${module.charAt(0).toUpperCase()}${module.slice(1)}`;
}

function packageJson(name: string, uses: readonly string[]): string {
  const entry = (file: string) => ({ '@macrolith/source': `./src/${file}.ts`, default: `./dist/${file}.js` });
  const workspace = ['contract', 'core', 'data', ...uses].map((used) => [`${SCOPE}/${used}`, 'workspace:^']);
  const libraries = ['@nestjs/common', '@nestjs/typeorm', 'typeorm'].map((library) => [library, '*']);
  return JSON.stringify({
    name: `${SCOPE}/${name}`,
    version: '1.0.0',
    type: 'module',
    exports: { '.': entry('index'), './local': entry('local'), './testing': entry('testing') },
    peerDependencies: Object.fromEntries([...workspace, ...libraries]),
  });
}

function index(name: string, Port: string): string {
  return `/** Items of ${name}. */
import { command, defineError, Port, query, z } from '${SCOPE}/contract';

export const Item = z.object({ itemId: z.uuid(), name: z.string(), amountMinor: z.int(), active: z.boolean() });
export type Item = z.output<typeof Item>;

/** No item has this id. */
export class ItemNotFound extends defineError('${name}.item-not-found', { itemId: z.uuid() }, (e) => \`No item \${e.itemId}.\`) {}

/** What ${name} offers. */
export abstract class ${Port} extends Port({
  name: '${name}',
  version: '1.0.0',
  operations: {
    getItem: query({ input: z.object({ itemId: z.uuid() }), output: Item, errors: [ItemNotFound] }),
    totals: query({ input: z.object({ active: z.boolean() }), output: z.object({ amountMinor: z.int() }) }),
    addItem: command({ input: Item, output: Item }),
    removeItem: command({ input: z.object({ itemId: z.uuid() }), errors: [ItemNotFound] }),
  },
}) {}
`;
}

function manifest(name: string, Port: string, uses: readonly string[]): string {
  return `${uses.map((used) => `import { ${portName(used)} } from '${SCOPE}/${used}';\n`).join('')}import { defineModule } from '${SCOPE}/core';
import { ${Port} } from './index.js';

export const ${name} = defineModule(${Port}, { owner: 'team-bench', uses: [${uses.map(portName).join(', ')}] });
`;
}

function local(name: string, Port: string): string {
  return `import { LocalModule } from '${SCOPE}/core';
import { database } from '${SCOPE}/data';
import { ItemRow } from './item.entity.js';
import { ${name} } from './manifest.js';
import { CreateItem1764547200000 } from './migrations/1764547200000-create-item.js';
import { ${Port}Service } from './${name}.service.js';

@LocalModule(${name}, {
  provider: ${Port}Service,
  features: [database({ entities: [ItemRow], migrations: [CreateItem1764547200000] })],
})
export class ${Port}Module {}
`;
}

function service(name: string, Port: string, uses: readonly string[]): string {
  const injected = uses.map((used) => `    private readonly ${used}: ${portName(used)},\n`).join('');
  const asked = uses.map((used) => `    await this.${used}.getItem({ itemId: item.itemId });\n`).join('');
  return `import { Transactional } from '${SCOPE}/data';
${uses.map((used) => `import { ${portName(used)} } from '${SCOPE}/${used}';\n`).join('')}import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { type Item, ItemNotFound, ${Port} } from './index.js';
import { ItemRow } from './item.entity.js';
import { TOTALS } from './statements/totals.js';
import { toItem } from './views.js';

@Injectable()
export class ${Port}Service implements ${Port} {
  constructor(
    @InjectRepository(ItemRow) private readonly items: Repository<ItemRow>,
${injected}  ) {}

  async getItem({ itemId }: { itemId: string }): Promise<Item> {
    const row = await this.items.findOneBy({ itemId });
    if (row === null) throw new ItemNotFound({ itemId });
    return toItem(row);
  }

  async totals({ active }: { active: boolean }): Promise<{ amountMinor: number }> {
    const [total] = await this.items.query(TOTALS, [active]);
    return { amountMinor: Number(total.amount_minor) };
  }

  @Transactional()
  async addItem(item: Item): Promise<Item> {
${asked}    await this.items.query('INSERT INTO ${name}.item (item_id, name, amount_minor, active) VALUES ($1, $2, $3, $4)', [
      item.itemId, item.name, item.amountMinor, item.active,
    ]);
    return item;
  }

  async removeItem({ itemId }: { itemId: string }): Promise<void> {
    const { affected } = await this.items.createQueryBuilder().delete().where({ itemId }).execute();
    if (affected === 0) throw new ItemNotFound({ itemId });
  }
}
`;
}

function entity(name: string): string {
  return `import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: '${name}', name: 'item' })
export class ItemRow {
  @PrimaryColumn('uuid', { name: 'item_id' })
  itemId!: string;

  @Column('text')
  name!: string;

  @Column('int', { name: 'amount_minor' })
  amountMinor!: number;

  @Column('boolean')
  active!: boolean;
}
`;
}

const VIEWS = `import type { Item } from './index.js';
import type { ItemRow } from './item.entity.js';

export function toItem({ itemId, name, amountMinor, active }: ItemRow): Item {
  return { itemId, name, amountMinor, active };
}
`;

function statement(name: string): string {
  return `/** The sum of the items that are active, or of the others. */
export const TOTALS = \`
  SELECT coalesce(sum(item.amount_minor), 0) AS amount_minor
  FROM ${name}.item
  WHERE item.active = $1\`;
`;
}

function migration(name: string): string {
  return `import type { QueryRunner } from 'typeorm';

export class CreateItem1764547200000 {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`
      CREATE TABLE ${name}.item (
        item_id uuid PRIMARY KEY, name text NOT NULL, amount_minor int NOT NULL, active boolean NOT NULL
      )\`);
    await queryRunner.query('CREATE INDEX item_by_name ON ${name}.item (name)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE ${name}.item');
  }
}
`;
}

function fake(Port: string): string {
  return `import { type Item, ItemNotFound, ${Port} } from './index.js';

/** Keeps its items in memory. */
export class Fake${Port} implements ${Port} {
  private readonly items = new Map<string, Item>();

  async getItem({ itemId }: { itemId: string }): Promise<Item> {
    const item = this.items.get(itemId);
    if (item === undefined) throw new ItemNotFound({ itemId });
    return item;
  }

  async totals({ active }: { active: boolean }): Promise<{ amountMinor: number }> {
    const counted = [...this.items.values()].filter((item) => item.active === active);
    return { amountMinor: counted.reduce((sum, item) => sum + item.amountMinor, 0) };
  }

  async addItem(item: Item): Promise<Item> {
    this.items.set(item.itemId, item);
    return item;
  }

  async removeItem({ itemId }: { itemId: string }): Promise<void> {
    if (!this.items.delete(itemId)) throw new ItemNotFound({ itemId });
  }
}
`;
}
