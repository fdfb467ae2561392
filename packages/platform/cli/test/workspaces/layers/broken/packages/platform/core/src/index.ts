import { catalog } from '@shop/catalog';
import { DataSource } from 'typeorm';

export const known = [catalog, DataSource];
