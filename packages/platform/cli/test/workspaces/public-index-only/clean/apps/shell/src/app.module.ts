import asset from '@shop/catalog/ui/index.js';

export const assets = [asset];
