import type { InputOf, OutputOf, z } from '@macrolith/contract';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { CardNetwork, type NetworkAuthorisation, NetworkDeclined, NetworkRefused } from './card-network.js';
import { CardNetworkOptions } from './card-network-options.js';
import { CardNetworkUnavailable, type NetworkAnswer, requestNetwork } from './network-request.js';
import { reasonFrom, toAuthorisation, WireAuthorisation, WireAuthorisations, WireRefusal } from './network-wire.js';

/** The card network over HTTP. */
@Injectable()
export class HttpCardNetwork implements CardNetwork {
  private readonly options: CardNetworkOptions;

  constructor(@Optional() @Inject(CardNetworkOptions) options?: CardNetworkOptions) {
    this.options = options ?? CardNetworkOptions.fromEnvironment(process.env);
  }

  async isThere(): Promise<boolean> {
    return this.options.url !== undefined;
  }

  async authorise(request: InputOf<CardNetwork['authorise']>): Promise<OutputOf<CardNetwork['authorise']>> {
    const { key, reference, token, amount } = request;
    const { amountMinor, currency } = amount;
    const body = { reference, token, amountMinor: amountMinor.toString(), currency };
    const answer = await requestNetwork(this.options, { method: 'POST', path: '/v1/authorisations', body, key });
    if (answer.status === 201) return { networkId: read(WireAuthorisation, answer).id };
    const { error, message, reason, authorisation } = read(WireRefusal, answer);
    if (error === 'declined' && authorisation !== undefined) {
      throw new NetworkDeclined({ networkId: authorisation.id, reason: reasonFrom(reason) });
    }
    throw new Error(`The card network does not take the request for ${reference}: ${error}. ${message}`);
  }

  capture({ key, networkId, amountMinor }: InputOf<CardNetwork['capture']>): Promise<void> {
    return this.act(key, `${pathOf(networkId)}/capture`, { amountMinor: amountMinor.toString() });
  }

  void({ key, networkId }: InputOf<CardNetwork['void']>): Promise<void> {
    return this.act(key, `${pathOf(networkId)}/void`, {});
  }

  refund({ key, networkId, amountMinor }: InputOf<CardNetwork['refund']>): Promise<void> {
    return this.act(key, `${pathOf(networkId)}/refund`, { amountMinor: amountMinor.toString() });
  }

  list({ after, limit }: InputOf<CardNetwork['list']>): Promise<NetworkAuthorisation[]> {
    const query = new URLSearchParams({ limit: `${limit}`, ...(after === undefined ? {} : { after }) });
    return this.read(query);
  }

  find({ reference }: InputOf<CardNetwork['find']>): Promise<NetworkAuthorisation[]> {
    return this.read(new URLSearchParams({ reference }));
  }

  private async act(key: string, path: string, body: object): Promise<void> {
    const answer = await requestNetwork(this.options, { method: 'POST', path, body, key });
    if (answer.status === 200) return;
    const { error, message } = read(WireRefusal, answer);
    throw new NetworkRefused({ refusal: `${error}. ${message}` });
  }

  private async read(query: URLSearchParams): Promise<NetworkAuthorisation[]> {
    if (this.options.url === undefined) return [];
    const answer = await requestNetwork(this.options, { method: 'GET', path: `/v1/authorisations?${query}` });
    if (answer.status !== 200) throw new CardNetworkUnavailable(`it said ${answer.status}`);
    return read(WireAuthorisations, answer).items.map(toAuthorisation);
  }
}

function pathOf(networkId: string): string {
  return `/v1/authorisations/${encodeURIComponent(networkId)}`;
}

function read<S extends z.ZodType>(schema: S, { status, body }: NetworkAnswer): z.output<S> {
  const parsed = schema.safeDecode(body as never);
  if (parsed.success) return parsed.data;
  throw new CardNetworkUnavailable(`it said ${status}, and what follows cannot be read`, parsed.error);
}
