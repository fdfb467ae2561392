/** Two versions of one module, 1.1 and 1.2, as two releases of its package would have them. */
import { type AnyMethod, command, defineError, type InputOf, Port, query, task, z } from '@macrolith/contract';
import { defineModule, LocalModule, RemoteModule } from '@macrolith/core';
import { Injectable } from '@nestjs/common';

const Show = z.object({ show: z.string() });
const Ticket = z.object({ ticket: z.string() });

/** One place for both: in a product no process has two. */
function planetarium<Methods extends Record<string, AnyMethod>>(version: string, operations: Methods) {
  return Port({ name: 'planetarium', version, operations });
}

export abstract class Planetarium1 extends planetarium('1.1.0', {
  seats: query({ input: Show, output: z.object({ free: z.int() }) }),
  book: command({ input: Show, output: Ticket }),
}) {}

export class SoldOut extends defineError(
  'planetarium.sold-out',
  { show: z.string() },
  (e) => `No seat is left for ${e.show}.`,
) {}

/** Adds optional members, members with a default, an error that `book` may end with, and two operations. */
export abstract class Planetarium2 extends planetarium('1.2.0', {
  seats: query({
    input: Show.extend({ dome: z.string().default('large') }),
    output: z.object({ free: z.int(), wheelchairs: z.int().default(0) }),
  }),
  book: command({
    input: Show.extend({ guest: z.string().optional(), seats: z.int().default(1) }),
    output: Ticket.extend({ row: z.int().default(0) }),
    errors: [SoldOut],
  }),
  programme: query({ output: z.array(z.string()) }),
  dim: task({ input: z.object({ percent: z.int() }) }),
}) {}

/** Remembers the arguments that it got. */
@Injectable()
export class Planetarium1Service implements Planetarium1 {
  readonly got: object[] = [];

  async seats(input: InputOf<Planetarium1['seats']>) {
    this.got.push(input);
    return { free: 100 };
  }

  async book(input: InputOf<Planetarium1['book']>) {
    this.got.push(input);
    return { ticket: `${input.show} 1` };
  }
}

@Injectable()
export class Planetarium2Service implements Planetarium2 {
  readonly got: object[] = [];

  async seats(input: InputOf<Planetarium2['seats']>) {
    this.got.push(input);
    return { free: 100, wheelchairs: 4 };
  }

  async book(input: InputOf<Planetarium2['book']>) {
    this.got.push(input);
    if (input.show === 'eclipse') throw new SoldOut({ show: input.show });
    return { ticket: `${input.show} 1`, row: 3 };
  }

  async programme() {
    return ['eclipse', 'comets'];
  }

  async dim(input: InputOf<Planetarium2['dim']>) {
    this.got.push(input);
  }
}

const [one, two] = [Planetarium1, Planetarium2].map((port) => defineModule(port, { owner: 'team-sky' })) as [
  ReturnType<typeof defineModule>,
  ReturnType<typeof defineModule>,
];

@LocalModule(one, { provider: Planetarium1Service })
export class LocalPlanetarium1 {}
@RemoteModule(one)
export class RemotePlanetarium1 {}

@LocalModule(two, { provider: Planetarium2Service })
export class LocalPlanetarium2 {}
@RemoteModule(two)
export class RemotePlanetarium2 {}
