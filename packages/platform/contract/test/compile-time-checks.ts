/** What the compiler accepts and refuses. Nothing here runs: `types.test.ts` has the compiler check it. */
import {
  type AnyPort,
  command,
  type DataOf,
  type ErrorsOf,
  event,
  type InputOf,
  instant,
  named,
  type Operation,
  type OutputOf,
  query,
  task,
  z,
} from '../src/index.js';
import { PriceTooLow, type Product, ProductNotFound, Shop } from './shop.js';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_Claim extends true>() => undefined;

// A port's methods carry the types of their schemas.
holds<Same<InputOf<Shop['getProduct']>, { productId: string }>>();
holds<Same<OutputOf<Shop['getProduct']>, Product>>();
holds<Same<InputOf<Shop['count']>, void>>();
holds<Same<OutputOf<Shop['charge']>, void>>();
holds<Same<ErrorsOf<Shop['reprice']>['code'], 'shop.product-not-found' | 'shop.price-too-low'>>();
holds<Same<ErrorsOf<Shop['count']>, never>>();
holds<Same<DataOf<typeof Shop.event.priceChanged>['at'], Date>>();
holds<typeof Shop extends AnyPort<Shop> ? true : false>();
holds<typeof Shop.op.reprice extends Operation<'command', InputOf<Shop['reprice']>, Product> ? true : false>();

// @ts-expect-error a provider has to implement every operation
export class Forgetful implements Shop {
  async count(): Promise<number> {
    return 1;
  }
}

/** A provider is an ordinary class. */
export class ShopService implements Shop {
  async getProduct({ productId }: InputOf<Shop['getProduct']>): Promise<Product> {
    throw new ProductNotFound({ productId });
  }
  async reprice({ note }: InputOf<Shop['reprice']>): Promise<Product> {
    throw new PriceTooLow({ floorMinor: BigInt(note?.length ?? 0), since: new Date() });
  }
  async charge(): Promise<void> {}
  async reindex(): Promise<void> {}
  async count(): Promise<number> {
    return 1;
  }
}

export async function consumer(shop: Shop) {
  await shop.count();
  // @ts-expect-error the argument is a string
  await shop.getProduct({ productId: 1 });
  // @ts-expect-error the argument is needed
  await shop.getProduct();
  // @ts-expect-error a currency is needed
  await shop.charge({ amount: { amountMinor: 1n } });
}

// @ts-expect-error a field is needed
new ProductNotFound({});

// Schemas that cannot cross a wire do not compile.
// @ts-expect-error
query({ output: z.object({ at: z.date() }) });
// @ts-expect-error
query({ output: z.object({ amount: z.bigint() }) });
// @ts-expect-error
query({ output: z.any() });
// @ts-expect-error
query({ output: z.array(z.unknown()) });
// @ts-expect-error
command({ input: z.object({ tags: z.set(z.string()) }) });
// @ts-expect-error
command({ input: z.object({ prices: z.map(z.string(), z.int()) }) });
// @ts-expect-error
command({ input: z.object({ list: z.array(z.string().optional()) }) });
// @ts-expect-error
command({ output: z.record(z.string(), z.object({ call: z.custom<() => void>() })) });
// @ts-expect-error
task({ input: z.object({ bytes: z.instanceof(Uint8Array) }) });
// @ts-expect-error
event({ data: z.object({ at: z.date() }), key: () => '' });
// @ts-expect-error a query without an answer asks nothing
query({ input: z.object({}) });
// @ts-expect-error only a command acts outside
query({ output: z.int(), external: true });

// Every kind of operation may ask for a permission, which is text.
query({ output: z.int(), permission: 'shop.read' });
command({ permission: 'shop.write' });
task({ permission: 'shop.write' });
// @ts-expect-error
command({ permission: ['shop.write'] });

// Recursion compiles, inferred and annotated.
const Tree = z.object({
  at: instant(),
  get children() {
    return z.array(Tree);
  },
});
query({ output: Tree });
interface Folder {
  folders: Folder[];
}
const Folder: z.ZodType<Folder, Folder> = z.object({ folders: z.array(z.lazy(() => Folder)) });
query({ output: Folder });

// A schema's type can have a name of its own.
interface Stock {
  /** What may still be sold. */
  available: number;
}
const Stock = named<Stock>()(z.object({ available: z.int() }));
holds<Same<z.output<typeof Stock>, Stock>>();
// @ts-expect-error the schema has to fit the name
named<Stock>()(z.object({ available: z.string() }));
