import { describe, expect, test } from '@jest/globals';
import { command, Port, query, task, z } from '@macrolith/contract';
import { InvalidRoute, routes } from '../index.js';
import { routesOf } from './routes.js';

abstract class Garage extends Port({
  name: 'garage',
  version: '1.0.0',
  operations: {
    getCar: query({ input: z.object({ carId: z.string() }), output: z.object({ carId: z.string() }) }),
    park: command({ input: z.object({ carId: z.string(), place: z.object({ row: z.int() }) }) }),
    wash: task({ input: z.object({ carId: z.string() }) }),
    find: query({ input: z.object({ place: z.object({ row: z.int() }) }), output: z.array(z.string()) }),
    count: query({ input: z.string(), output: z.int() }),
    enter: command({ output: z.object({ ticket: z.string() }) }),
    leave: command({}),
  },
}) {}

/** What the type checker refuses too, as somebody would write it in JavaScript. */
const untyped = routes as (port: unknown, paths: object) => unknown;

describe('Routes as they are defined', () => {
  test('know their operation, method and path below the module', () => {
    const controller = routes(Garage, {
      getCar: 'GET /cars/:carId',
      park: 'PUT /cars/:carId/place',
      wash: 'POST /washes',
    });
    expect(controller.name).toBe('GarageRoutes');
    expect(
      routesOf(controller).map(({ operation, path, url, status }) => [operation.id, path.method, url, status]),
    ).toEqual([
      ['garage.getCar', 'GET', '/api/garage/cars/:carId', 200],
      ['garage.park', 'PUT', '/api/garage/cars/:carId/place', 204],
      ['garage.wash', 'POST', '/api/garage/washes', 202],
    ]);
  });

  test('are checked by the compiler', () => {
    // @ts-expect-error a command cannot be a GET
    expect(() => routes(Garage, { park: 'GET /cars' })).toThrow(InvalidRoute);
    // @ts-expect-error the input has no such field
    expect(() => routes(Garage, { getCar: 'GET /cars/:id' })).toThrow(InvalidRoute);
    // @ts-expect-error the contract has no such operation
    expect(() => routes(Garage, { sell: 'POST /sales' })).toThrow(InvalidRoute);
    // @ts-expect-error a route is a method and a path
    expect(() => routes(Garage, { getCar: '/cars/:carId' })).toThrow(InvalidRoute);
    // @ts-expect-error a query has no status of its own
    expect(() => routes(Garage, { getCar: { route: 'GET /cars/:carId', status: 200 } })).toThrow(InvalidRoute);
    // @ts-expect-error the status of a success is 200 or 201
    expect(() => routes(Garage, { enter: { route: 'POST /gate', status: 202 } })).toThrow(InvalidRoute);
    // @ts-expect-error the input has no such field, in this form either
    expect(() => routes(Garage, { park: { route: 'PUT /cars/:id', status: 201 } })).toThrow(InvalidRoute);
  });

  test.each([
    ['a method that is none', { getCar: 'FETCH /cars' }, "is not 'METHOD /path'"],
    ['a path with a pattern', { getCar: 'GET /cars/*' }, "has the segment '*'"],
    ['a parameter twice', { getCar: 'GET /:carId/:carId' }, "names the parameter 'carId' twice"],
    ['a parameter that is an object', { find: 'GET /places/:place' }, 'is not a single text, number or boolean'],
    ['an object in a query string', { find: 'GET /places' }, "would need 'place' in a query string"],
    ['an input that has no names', { count: 'POST /count' }, 'needs an input that is an object'],
    ['a parameter for no input', { leave: 'POST /:gate' }, 'which the input does not have'],
    ['a query that claims to change something', { getCar: 'DELETE /cars/:carId' }, 'a query changes something'],
    ['a task behind a link', { wash: 'GET /washes' }, 'would let a link or a prefetch run a task'],
    ['a status of its own for a query', { getCar: { route: 'GET /:carId', status: 200 } }, 'Leave it out'],
    ['a status of its own for no answer', { leave: { route: 'POST /exit', status: 200 } }, 'Leave it out'],
    ['a status that is no success', { enter: { route: 'POST /gate', status: 500 } }, 'gives the status 500'],
    [
      'two operations in one place',
      { park: 'POST /cars/:carId', wash: 'POST /cars/:carId' },
      "the same as 'POST /cars/:carId' of garage.park",
    ],
  ])('refuse %s, with the reason', (_what, paths, reason) => {
    expect(() => untyped(Garage, paths)).toThrow(reason);
  });

  test('may carry a query with an object as a POST', () => {
    expect(routesOf(routes(Garage, { find: 'POST /searches' }))[0]?.status).toBe(200);
  });

  test('say when a command makes nothing new, or does so by another method than POST', () => {
    const statusOf = (controller: ReturnType<typeof routes>) => routesOf(controller)[0]?.status;
    expect(statusOf(routes(Garage, { enter: 'POST /gate' }))).toBe(201);
    expect(statusOf(routes(Garage, { enter: { route: 'POST /gate', status: 200 } }))).toBe(200);
    expect(statusOf(routes(Garage, { enter: 'PUT /gate' }))).toBe(200);
    expect(statusOf(routes(Garage, { enter: { route: 'PUT /gate', status: 201 } }))).toBe(201);
  });
});
