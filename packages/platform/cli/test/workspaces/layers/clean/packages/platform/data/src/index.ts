import { core } from '@shop/core';
import { DataSource } from 'typeorm';

export const known = [core, DataSource];
