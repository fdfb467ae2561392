import { localservices } from '@shop/local-services';

export const used = localservices;
