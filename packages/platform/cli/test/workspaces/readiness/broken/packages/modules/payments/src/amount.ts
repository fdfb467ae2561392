import { z } from '@shop/contract';

export const Amount = z.object({ minor: z.bigint(), note: z.string().trim() });
