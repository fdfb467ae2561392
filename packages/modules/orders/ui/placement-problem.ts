import { ApiProblem } from '@macrolith/ui';

/** A refusal that a field of the checkout can answer, said at that field; any other as it is. */
export function atItsField(problem: ApiProblem): ApiProblem {
  const name = fieldOf(problem);
  if (name === undefined) return problem;
  const { status, code, title, detail, traceId } = problem;
  return new ApiProblem(status, { code, title, detail, traceId, issues: [{ pointer: `/${name}`, message: detail }] });
}

/** What is wrong with one line of the basket, if the refusal is about one. */
export function lineProblem({ code, fields, detail }: ApiProblem): { productId: string; message: string } | undefined {
  if (typeof fields.productId !== 'string') return undefined;
  return { productId: fields.productId, message: code === 'inventory.out-of-stock' ? shortage(fields) : detail };
}

function fieldOf({ code }: ApiProblem): string | undefined {
  if (code.startsWith('payments.')) return 'payer';
  return code === 'orders.reference-taken' ? 'reference' : undefined;
}

function shortage({ available }: ApiProblem['fields']): string {
  const pieces = Number(available);
  return pieces === 0 ? 'Out of stock' : `Only ${pieces.toLocaleString()} available`;
}
