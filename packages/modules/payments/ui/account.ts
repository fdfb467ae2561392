import { html, type Money, path } from '@macrolith/ui';

/** An account as the API sends it. */
export interface Account {
  readonly accountId: string;
  readonly status: 'open' | 'closed';
  readonly balance: Money;
  readonly held: Money;
  readonly available: Money;
  readonly limit?: Money;
  /** ISO 8601. */
  readonly openedAt: string;
}

/** The account in the API; `below` leads to what belongs to it. */
export function accountUrl(accountId: string, below = ''): string {
  return path`/api/payments/accounts/${accountId}` + below;
}

/** The account's page. */
export function accountPage(accountId: string): string {
  return path`/payments/accounts/${accountId}`;
}

/** Whether it pays, as a badge. */
export function accountStatus({ status }: Account) {
  return status === 'open' ? html`<ml-status tone="success">Open</ml-status>` : html`<ml-status>Closed</ml-status>`;
}
