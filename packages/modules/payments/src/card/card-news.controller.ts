import { rawBodyOf } from '@macrolith/http';
import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Payments } from '../index.js';

/** Where the card network sends its news. Whoever provides payments has the secret, and checks who signed. */
@Controller('api/payments/card-network')
export class CardNewsController {
  constructor(private readonly payments: Payments) {}

  @Post('events')
  @HttpCode(204)
  async hear(@Req() request: FastifyRequest): Promise<void> {
    const header = (name: string): string => String(request.headers[`webhook-${name}`] ?? '');
    await this.payments.hearCardNetwork({
      id: header('id').slice(0, 256),
      timestamp: header('timestamp').slice(0, 20),
      signature: header('signature').slice(0, 1024),
      body: rawBodyOf(request) ?? '',
    });
  }
}
