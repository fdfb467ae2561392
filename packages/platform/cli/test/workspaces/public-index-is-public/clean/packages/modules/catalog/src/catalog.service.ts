import { Injectable } from '@nestjs/common';
import { ProductRow } from './product.entity.js';

@Injectable()
export class CatalogService {
  readonly row = new ProductRow();
}
