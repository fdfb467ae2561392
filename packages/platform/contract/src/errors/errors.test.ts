import { describe, expect, it, jest } from '@jest/globals';
import { PriceTooLow, ProductNotFound, Shop } from '../../test/shop.js';
import {
  DomainError,
  decodeError,
  defineError,
  encodeError,
  InvalidErrorFields,
  InvalidInput,
  InvalidOutput,
  InvalidValue,
  UnexpectedError,
  z,
} from '../index.js';

const tooLow = () => new PriceTooLow({ floorMinor: 900n, since: new Date('2026-01-01T00:00:00Z') });

/** This package as another copy of it would be: evaluated a second time. */
async function secondCopy(): Promise<typeof import('../index.js')> {
  jest.resetModules();
  return import('../index.js');
}

describe('A declared error', () => {
  it('has its fields, its message, its code and its kind', () => {
    const error = new ProductNotFound({ productId: 'p1' });
    expect(error).toMatchObject({ productId: 'p1', code: 'shop.product-not-found', kind: 'not-found' });
    expect(error.message).toBe('There is no product p1.');
    expect(error.name).toBe('ProductNotFound');
    expect([ProductNotFound.code, ProductNotFound.kind]).toEqual(['shop.product-not-found', 'not-found']);
  });

  it('is of kind rejected when nothing else is said', () => {
    expect(tooLow().kind).toBe('rejected');
  });

  it('is told from other errors with instanceof', () => {
    const error: unknown = tooLow();
    expect(error instanceof PriceTooLow).toBe(true);
    expect(error instanceof DomainError).toBe(true);
    expect(error instanceof Error).toBe(true);
    expect(error instanceof ProductNotFound).toBe(false);
    expect(new Error('no') instanceof DomainError).toBe(false);
    expect({ code: PriceTooLow.code } instanceof PriceTooLow).toBe(false);
    expect(Object.assign(new Error('no'), { code: PriceTooLow.code }) instanceof PriceTooLow).toBe(false);
    const nothing: unknown = null;
    expect(nothing instanceof PriceTooLow).toBe(false);
  });

  it('crosses a wire as the same class with the same fields', () => {
    const wire = JSON.parse(JSON.stringify(encodeError(Shop.op.reprice, tooLow())));
    expect(wire).toEqual({
      code: 'shop.price-too-low',
      message: 'The price must be at least 900.',
      fields: { floorMinor: '900', since: '2026-01-01T00:00:00.000Z' },
    });
    const error = decodeError(Shop.op.reprice, wire);
    expect(error).toBeInstanceOf(PriceTooLow);
    expect(error).toMatchObject({ floorMinor: 900n, since: new Date('2026-01-01T00:00:00Z'), message: wire.message });
  });

  it('does not cross where the operation does not declare it', () => {
    expect(encodeError(Shop.op.getProduct, tooLow())).toBeUndefined();
    expect(encodeError(Shop.op.getProduct, new Error('inside'))).toBeUndefined();
    expect(encodeError(Shop.op.getProduct, 'thrown text')).toBeUndefined();
    expect(decodeError(Shop.op.getProduct, { code: 'shop.price-too-low', fields: {} })).toBeUndefined();
  });

  it('is refused when its fields do not fit', () => {
    const wrong = new ProductNotFound({ productId: 7 } as never);
    expect(() => encodeError(Shop.op.getProduct, wrong)).toThrow(InvalidErrorFields);
    expect(() => decodeError(Shop.op.getProduct, { code: 'shop.product-not-found' })).toThrow(
      /is missing|not undefined/,
    );
  });

  it('cannot have a code that is no name, or a field that cannot cross a wire', () => {
    expect(() => defineError('NotFound', {}, () => '')).toThrow(/'NotFound' is no error code.*inventory\.out-of-stock/);
    expect(() => defineError('shop.bad', { at: z.date() }, () => '')).toThrow(/Error shop\.bad cannot cross a wire/);
  });

  it.each(['name', 'message', 'stack', 'cause', 'code', 'kind'])(
    'cannot have the field %s, which errors have',
    (field) => {
      const declare = () => defineError('shop.bad', { [field]: z.string() }, () => '');
      expect(declare).toThrow(`Error shop.bad cannot have a field '${field}', which every error has already`);
    },
  );

  it.each(['type', 'title', 'status', 'detail', 'instance', 'traceId', 'issues'])(
    'cannot have the field %s, which a problem document has',
    (field) => {
      const declare = () => defineError('shop.bad', { [field]: z.string() }, () => '');
      expect(declare).toThrow(`Error shop.bad cannot have a field '${field}', which its problem document needs`);
    },
  );
});

describe('Two copies of the package', () => {
  it('agree on declared errors', async () => {
    const other = await secondCopy();
    class Twin extends other.defineError('shop.price-too-low', { floorMinor: other.integer() }, () => 'Too low.') {}
    expect(Twin).not.toBe(PriceTooLow);
    expect(tooLow() instanceof Twin).toBe(true);
    expect(new Twin({ floorMinor: 1n }) instanceof PriceTooLow).toBe(true);
    expect(new Twin({ floorMinor: 1n }) instanceof DomainError).toBe(true);
    expect(tooLow() instanceof other.DomainError).toBe(true);
  });

  it('agree on the errors of the platform', async () => {
    const other = await secondCopy();
    expect(other.UnexpectedError).not.toBe(UnexpectedError);
    expect(new other.UnexpectedError() instanceof UnexpectedError).toBe(true);
    expect(new UnexpectedError() instanceof other.UnexpectedError).toBe(true);
    expect(new other.InvalidInput('shop.reprice', []) instanceof InvalidInput).toBe(true);
    expect(new other.InvalidInput('shop.reprice', []) instanceof InvalidValue).toBe(true);
    expect(new other.InvalidInput('shop.reprice', []) instanceof InvalidOutput).toBe(false);
  });

  it('agree on what is a port and what may extend one', async () => {
    const other = await secondCopy();
    class Bound extends Shop {}
    other.BINDINGS.add(Bound);
    expect(new Bound()).toBeInstanceOf(Shop);
    expect(other.isPort(Shop)).toBe(true);
  });
});

describe('An unexpected error', () => {
  it('tells where to look and nothing of the inside', () => {
    const cause = new Error('password is wrong');
    const error = new UnexpectedError({ operation: 'shop.count', traceId: '4bf92f', cause });
    expect(error.message).toBe('shop.count failed unexpectedly. The log has the reason under trace 4bf92f.');
    expect(error).toMatchObject({ code: 'unexpected', operation: 'shop.count', traceId: '4bf92f', cause });
    expect(new UnexpectedError().message).toBe('The operation failed unexpectedly.');
  });
});
